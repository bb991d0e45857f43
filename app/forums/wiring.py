"""Puts forums into the app."""

from flask import Flask

from app.forums import models as _tables  # noqa: F401
from app.forums import sockets
from app.forums.upkeep import wiring as upkeep
from app.forums.views import boards, bp

PAGES = (boards,)  # importing them adds their views to the blueprint


def init_app(app: Flask) -> None:
    """Add the pages and the live events."""
    app.register_blueprint(bp)
    sockets.init_app()
    upkeep.init_app(app)
