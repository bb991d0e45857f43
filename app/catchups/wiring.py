"""Puts the parts of this feature into the app."""

from flask import Flask

from app.catchups import cli
from app.catchups.slots import wiring as slots


def init_app(app: Flask) -> None:
    """Add slots and the commands."""
    slots.init_app(app)
    cli.init_app(app)
