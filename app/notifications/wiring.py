"""Puts the parts of this feature into the app."""

from flask import Flask

from app.config import Settings
from app.notifications import mail
from app.notifications.undelivered import views


def init_app(app: Flask, settings: Settings) -> None:
    """Let the worker send mail, and leads see what could not be sent."""
    mail.init_app(app, settings)
    views.init_app(app)
