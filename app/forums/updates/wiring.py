"""Puts community updates into the app."""

from flask import Flask
from huey import crontab

from app.core import jobs as timetable
from app.core import outbox
from app.forums.updates import jobs, operations, views
from app.forums.updates.rules import UPDATES
from app.notifications import kinds


def init_app(app: Flask) -> None:
    """Add the kind, the page and the worker's part."""
    kinds.register(app, [UPDATES])
    outbox.register(app, operations.UPDATE, jobs.send)
    timetable.timetable(app, "plan_community_updates", crontab(minute="7,37"), jobs.plan)
    app.register_blueprint(views.bp)
