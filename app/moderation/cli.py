"""`flask moderation …`: the group; the parts of the feature add their commands to it."""

from flask import Flask
from flask.cli import AppGroup

moderation = AppGroup("moderation", help="Screening of texts, and the audit log.")


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(moderation)
