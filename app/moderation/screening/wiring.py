"""Puts screening into the app."""

from flask import Flask
from huey import crontab

from app.core.jobs import timetable
from app.moderation.screening import cli as _commands  # noqa: F401 - importing it adds its command to the group
from app.moderation.screening import jobs


def init_app(app: Flask) -> None:
    """Add the worker's part."""
    timetable(app, "tidy_traces", crontab(minute="20", hour="3"), jobs.tidy_traces)
