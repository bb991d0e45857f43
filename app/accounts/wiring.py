"""Puts the parts of this feature into the app."""

from flask import Flask

from app.accounts import cli, jobs, limits, seams, security, views
from app.accounts.operations.profile import RESET
from app.accounts.seams import Seams
from app.config import Settings
from app.core import outbox


def init_app(app: Flask, settings: Settings, answers: Seams) -> None:
    """Set up signing in, the pages, the limits, the worker's part and the commands."""
    seams.init_app(app, answers)
    security.init_app(app, settings)
    views.init_app(app)
    limits.init_app(app, settings)
    outbox.register(app, RESET, jobs.send_reset_link)
    cli.init_app(app)
