"""Puts cases into the app."""

from flask import Flask

from app.core import outbox
from app.moderation.cases import jobs, seams, subjects
from app.moderation.cases.operations.opening import ARRIVED
from app.moderation.cases.seams import Seams


def init_app(app: Flask, answers: Seams) -> None:
    """Add the registry of subjects, the pages, the kinds of notices and the worker's part."""
    seams.init_app(app, answers)
    subjects.init_app(app)
    outbox.register(app, ARRIVED, jobs.arrived)
