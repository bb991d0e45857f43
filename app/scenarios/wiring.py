"""Puts the parts of this feature into the app."""

from flask import Flask

from app.config import Settings
from app.scenarios import views


def init_app(app: Flask, settings: Settings) -> None:
    """Add the pages."""
    views.init_app(app, settings)
