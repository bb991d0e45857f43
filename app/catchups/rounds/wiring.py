"""Puts rounds into the app."""

from flask import Flask
from huey import crontab

from app.catchups.rounds import jobs
from app.catchups.rounds.operations.opening import TEND
from app.catchups.rounds.operations.telling import KINDS
from app.catchups.rounds.views import bp, groups, leading, leads, network, taking_part
from app.core import outbox
from app.core.jobs import timetable
from app.notifications import kinds

PAGES = (groups, leading, network, taking_part)  # importing them adds their views to the blueprints


def init_app(app: Flask) -> None:
    """Add the pages, the kinds of notices and the worker's part."""
    app.register_blueprint(bp)
    app.register_blueprint(leads)
    kinds.register(app, KINDS)
    outbox.register(app, TEND, jobs.tend_message)
    timetable(app, "tend_rounds", crontab(minute="*/5"), jobs.tend_rounds)
    timetable(app, "forget_rounds", crontab(minute="17", hour="3"), jobs.forget)
