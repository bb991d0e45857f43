"""Puts the parts of this feature into the app."""

from flask import Flask

from app.notifications import feeds
from app.programme import api, belonging, cli, views


def init_app(app: Flask) -> None:
    """Add the pages, the calendar files, the commands, and its dates to the calendar of each member."""
    views.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    feeds.contribute(app, belonging.dates)
