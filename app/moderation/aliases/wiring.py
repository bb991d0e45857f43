"""Puts revealing of aliases into the app."""

from flask import Flask
from huey import crontab

from app.core import jobs as timetable
from app.moderation.aliases import jobs, operations, seams, views
from app.notifications import kinds


def init_app(app: Flask) -> None:
    """Add the registry of what stands under aliases, the pages, the kinds of notices and the worker's part."""
    seams.init_app(app)
    kinds.register(app, operations.KINDS)
    timetable.timetable(app, "lapse_reveals", crontab(hour="4", minute="5"), jobs.lapse)
    app.register_blueprint(views.bp)
