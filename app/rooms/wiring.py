"""Puts rooms into the app."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from huey import crontab

from app.core import clock
from app.core.jobs import timetable
from app.rooms import jobs, sockets, views


def init_app(app: Flask, screened: Callable[[str], str | None]) -> None:
    """Add pages, live events and the nightly clearing; `screened` says why words may not be sent, if they may not."""
    app.register_blueprint(views.bp)
    app.add_template_filter(_said_at, "said_at")
    sockets.init_app(app, screened)
    timetable(app, "forget_old_room_messages", crontab(hour="3", minute="50"), jobs.forget_old)


def _said_at(iso: str) -> str:
    """When a message was sent, for a page; messages carry the moment as clients get it."""
    return clock.datetime_words(datetime.fromisoformat(iso))
