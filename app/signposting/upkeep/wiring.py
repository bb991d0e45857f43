"""Puts the keeping of the directory into the app."""

from flask import Flask

from app.signposting.upkeep import models as _tables  # noqa: F401


def init_app(app: Flask) -> None:
    """Make its tables known."""
