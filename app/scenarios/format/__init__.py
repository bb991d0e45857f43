"""The scenario source format: a Twee 3 file with a closed grammar, so that all of it is checked and none of it runs.

Pure Python: nothing here imports Flask, SQLAlchemy or the application. docs/scenario-format.md is the reference.
"""
