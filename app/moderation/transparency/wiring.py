"""Puts the transparency page into the app."""

from flask import Flask
from huey import crontab

from app.core import shell
from app.core.jobs import timetable
from app.moderation.transparency import jobs, views


def init_app(app: Flask) -> None:
    """Add the page and the worker's part."""
    timetable(app, "publish_transparency", crontab(hour="5", minute="10"), jobs.publish)
    app.register_blueprint(views.bp)
    shell.footer(app, "Moderation in numbers", "transparency.index")
