"""Puts the upkeep of boards into the app."""

from flask import Flask

from app.forums.upkeep import views


def init_app(app: Flask) -> None:
    """Add the pages."""
    app.register_blueprint(views.bp)
