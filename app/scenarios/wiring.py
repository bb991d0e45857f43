"""Puts the parts of this feature into the app."""

from flask import Flask

from app.config import Settings
from app.scenarios import cli, views


def init_app(app: Flask, settings: Settings) -> None:
    """Add the pages and the commands."""
    views.init_app(app, settings)
    cli.init_app(app)
