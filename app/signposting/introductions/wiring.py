"""Puts introductions into the app."""

from flask import Flask
from huey import crontab

from app.core.jobs import timetable
from app.notifications import kinds
from app.signposting.introductions import jobs, views
from app.signposting.introductions.operations import NEWS


def init_app(app: Flask) -> None:
    """Add the pages, the kind of notice and the worker's part."""
    app.register_blueprint(views.bp)
    kinds.register(app, [NEWS])
    timetable(app, "settle_introductions", crontab(minute="20"), jobs.settle_introductions)
