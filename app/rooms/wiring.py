"""Puts rooms into the app."""

from datetime import datetime

from flask import Flask
from huey import crontab

from app.core import clock
from app.core.jobs import timetable
from app.moderation.cases import subjects
from app.rooms import jobs, reporting, sockets, views


def init_app(app: Flask) -> None:
    """Add pages, live events, what can be reported, and the nightly clearing."""
    app.register_blueprint(views.bp)
    app.add_template_filter(_said_at, "said_at")
    sockets.init_app(app)
    subjects.register(app, reporting.MESSAGE)
    timetable(app, "forget_old_room_messages", crontab(hour="3", minute="50"), jobs.forget_old)


def _said_at(iso: str) -> str:
    """When a message was sent, for a page; messages carry the moment as clients get it."""
    return clock.datetime_words(datetime.fromisoformat(iso))
