"""Puts the keeping of the directory, and its face to other systems, into the app."""

from flask import Flask

from app.signposting.openreferral import api
from app.signposting.upkeep import models as _tables  # noqa: F401


def init_app(app: Flask) -> None:
    """Add the addresses for other systems."""
    api.init_app(app)
