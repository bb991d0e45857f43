"""Puts feeds into the app."""

from http import HTTPStatus

from flask import Flask, Response

from app.accounts import limits
from app.forums.feeds import views

# From one network: a hospital comes from one, and programs go on asking at addresses that were removed.
WRONG_ADDRESSES = "600 per hour"


def init_app(app: Flask) -> None:
    """Add the pages and the files."""
    app.register_blueprint(views.bp)
    limits.limit(app, "forum_feeds.feed", WRONG_ADDRESSES, limits.by_address, method="GET", deduct_when=_not_found)


def _not_found(response: Response) -> bool:
    return response.status_code == HTTPStatus.NOT_FOUND
