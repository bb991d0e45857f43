"""Puts cases into the app."""

from flask import Flask
from huey import crontab

from app.core import outbox
from app.core.jobs import timetable
from app.moderation.cases import jobs, seams, subjects
from app.moderation.cases.operations import appealing, telling
from app.moderation.cases.operations.deciding import TELL
from app.moderation.cases.operations.opening import ARRIVED
from app.moderation.cases.seams import Seams
from app.moderation.cases.subjects import APPEAL, SubjectType
from app.moderation.cases.views import bp, desk, members, mine, one, queue
from app.moderation.cases.views import telling as reporting
from app.notifications import kinds

PAGES = (desk, mine, one, queue, reporting)  # importing them adds their views to the blueprints
APPEALS = SubjectType(
    code=APPEAL,
    words="appeal",
    snapshot=appealing.snapshot,
    may_report=lambda _member, _id: False,
    outcomes=frozenset(),
    apply=lambda _order: {},
    reverse=lambda _order, _before: None,
)


def init_app(app: Flask, answers: Seams) -> None:
    """Add the registry of subjects, the pages, the kinds of notices and the worker's part."""
    seams.init_app(app, answers)
    subjects.init_app(app)
    subjects.register(app, APPEALS)
    kinds.register(app, telling.KINDS)
    outbox.register(app, ARRIVED, jobs.arrived)
    outbox.register(app, TELL, jobs.tell)
    app.register_blueprint(bp)
    app.register_blueprint(members)
    timetable(app, "tend_cases", crontab(minute="*/5"), jobs.tend)
