"""Puts screening into the app."""

from flask import Flask

from app.moderation.screening import cli as _commands  # noqa: F401 - importing it adds its command to the group


def init_app(app: Flask) -> None:
    """Add the pages."""
