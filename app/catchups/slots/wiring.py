"""Puts slots into the app."""

from flask import Flask
from huey import crontab

from app.catchups.slots import jobs
from app.catchups.slots.operations.telling import KINDS
from app.catchups.slots.views import bp, hosting, lists, places, stories
from app.core.jobs import timetable
from app.notifications import kinds

PAGES = (hosting, lists, places, stories)  # importing them adds their views to the blueprint


def init_app(app: Flask) -> None:
    """Add the pages, the kinds of notices and the worker's part."""
    app.register_blueprint(bp)
    kinds.register(app, KINDS)
    timetable(app, "tend_slots", crontab(minute="*/5"), jobs.tend_slots)
