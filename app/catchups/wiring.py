"""Puts the parts of this feature into the app."""

from flask import Flask

from app.catchups import cli
from app.catchups.rounds import wiring as rounds
from app.catchups.rounds.operations import meeting
from app.catchups.slots import wiring as slots
from app.catchups.slots.operations import tending

DEPARTURES = (tending.release, meeting.release)  # what a member leaves behind who was suspended or removed


def init_app(app: Flask) -> None:
    """Add slots, rounds and the commands."""
    slots.init_app(app)
    rounds.init_app(app)
    cli.init_app(app)
