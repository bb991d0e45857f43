"""Puts collections into the app."""

from flask import Flask
from huey import crontab

from app.core import jobs as timetable
from app.forums.collections import jobs, operations
from app.forums.collections.views import bp, consent, curating, reading
from app.notifications import kinds

PAGES = (consent, curating, reading)  # importing them adds their views to the blueprint


def init_app(app: Flask) -> None:
    """Add the pages, the kinds of notices and the worker's part."""
    kinds.register(app, operations.KINDS)
    timetable.timetable(app, "clear_up_collections", crontab(hour="3", minute="40"), jobs.clear_up)
    app.register_blueprint(bp)
