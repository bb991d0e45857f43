"""Puts the parts of this feature into the app."""

from flask import Flask

from app.catchups import cli
from app.catchups.slots import wiring as slots
from app.catchups.slots.operations.tending import release

DEPARTURES = (release,)  # what a member leaves behind who was suspended or removed


def init_app(app: Flask) -> None:
    """Add slots and the commands."""
    slots.init_app(app)
    cli.init_app(app)
