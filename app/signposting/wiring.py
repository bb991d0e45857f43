"""Puts the directory into the app."""

from collections.abc import Callable

from flask import Flask

from app.core import shell
from app.signposting.introductions import wiring as introductions
from app.signposting.introductions.operations import release
from app.signposting.views import directory, entry, offline
from app.signposting.views.blueprint import bp

PAGES = (directory, entry)  # importing them adds their views to the blueprint
DEPARTURES = (release,)  # what a member leaves behind who was suspended or removed


def init_app(app: Flask, programme_in_sight: Callable[[], int | None]) -> None:
    """Add the pages and the service worker; the function says whose local services belong on a page."""
    app.extensions["programme_in_sight"] = programme_in_sight
    app.register_blueprint(bp)
    app.register_blueprint(offline.bp)
    introductions.init_app(app)
    # A search changes nothing, and a token would need a session: a cookie that says somebody was here.
    app.extensions["csrf"].exempt(directory.find)
    shell.worker(app, "offline.worker")
