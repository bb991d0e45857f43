"""Puts the parts of this feature into the app."""

from flask import Flask

from app.moderation import cli
from app.moderation.aliases import wiring as aliases
from app.moderation.breaches import wiring as breaches
from app.moderation.cases import wiring as cases
from app.moderation.cases.seams import Seams
from app.moderation.cases.views.blueprint import waiting
from app.moderation.law import wiring as law
from app.moderation.screening import wiring as screening
from app.moderation.transparency import wiring as transparency

WAITING = {"moderation.index": waiting}  # counts for the navigation


def init_app(app: Flask, answers: Seams) -> None:
    """Add the parts and the commands. Features register their subjects afterwards, in their own wiring."""
    cli.init_app(app)
    screening.init_app(app)
    cases.init_app(app, answers)
    aliases.init_app(app)
    breaches.init_app(app)
    transparency.init_app(app)
    law.init_app(app)
