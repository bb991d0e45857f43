"""Puts the parts of this feature into the app."""

from flask import Flask

from app.programme import api, cli, views


def init_app(app: Flask) -> None:
    """Add the pages, the calendar files and the commands."""
    views.init_app(app)
    api.init_app(app)
    cli.init_app(app)
