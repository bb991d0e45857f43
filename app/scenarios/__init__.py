"""Scenarios: branching situations that a member plays from a pre-brief to a debrief.

`format` holds the source format and its checker and knows nothing of Flask or the database; the rest of this feature
plays what the format describes, keeps each run pinned to the source it began with, and scores nobody.
"""
