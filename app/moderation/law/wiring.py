"""Puts the pages that the law asks for into the app."""

from flask import Flask
from huey import crontab

from app.accounts import limits
from app.core import shell
from app.core.jobs import timetable
from app.moderation.law import jobs
from app.moderation.law.operations.assessing import REVIEW
from app.moderation.law.views import public, risks
from app.notifications import kinds

COMPLAINTS = "10 per hour"  # from one address; a hospital has one for all its people


def init_app(app: Flask) -> None:
    """Add the pages, their places in the footer, the kind of notice and the worker's part."""
    app.register_blueprint(public.bp)
    app.register_blueprint(risks.bp)
    limits.limit(app, "law.send", COMPLAINTS, limits.by_address)
    shell.footer(app, "Community rules", "law.rules")
    shell.footer(app, "Complaints", "law.complaints")
    kinds.register(app, [REVIEW])
    timetable(app, "remind_of_reviews", crontab(minute="40", hour="6"), jobs.remind_of_reviews)
