"""Puts screening into the app."""

from flask import Flask
from huey import crontab

from app.core.jobs import timetable
from app.moderation.screening import cli as _commands  # noqa: F401 - importing it adds its command to the group
from app.moderation.screening import jobs, samples
from app.moderation.screening.views import bp


def init_app(app: Flask) -> None:
    """Add the registry of samples, the pages and the worker's part."""
    samples.init_app(app)
    app.register_blueprint(bp)
    timetable(app, "tidy_traces", crontab(minute="20", hour="3"), jobs.tidy_traces)
