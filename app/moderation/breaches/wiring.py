"""Puts breaches into the app."""

from flask import Flask

from app.moderation.breaches import seams, views


def init_app(app: Flask) -> None:
    """Add the registry of what can be quarantined, and the pages."""
    seams.init_app(app)
    app.register_blueprint(views.bp)
