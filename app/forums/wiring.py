"""Puts forums into the app."""

from flask import Flask
from huey import crontab

from app.accounts import limits
from app.core import outbox
from app.core.jobs import timetable
from app.forums import cli, jobs, sockets
from app.forums import models as _tables  # noqa: F401
from app.forums.collections import wiring as collections
from app.forums.feeds import wiring as feeds
from app.forums.forms.composing import new_key
from app.forums.operations import deciding, telling
from app.forums.quarantine import wiring as quarantine
from app.forums.queries import recent
from app.forums.queries import subjects as said
from app.forums.updates import wiring as updates
from app.forums.upkeep import wiring as upkeep
from app.forums.views import boards, bp, composing, drafts, editing, helping, marking, moderating, searching, topics
from app.moderation.cases import subjects
from app.moderation.cases.subjects import SubjectType
from app.moderation.screening import samples
from app.notifications import kinds

# Importing them adds their views to the blueprint.
PAGES = (boards, composing, drafts, editing, helping, marking, moderating, searching, topics)
PARTS = (upkeep, feeds, collections, updates, quarantine)  # features of their own on top of boards, topics and posts

COMPLETIONS = "120 per minute"  # as fast as anybody types, and too slow to copy the list of members
PREVIEWS = "60 per minute"

POST = SubjectType(
    code="post",
    words="post",
    snapshot=said.post,
    may_report=said.may_report_post,
    outcomes=deciding.OF_POSTS,
    apply=deciding.apply_to_post,
    reverse=deciding.reverse_for_post,
    targets=said.targets_of_post,
)
TOPIC = SubjectType(
    code="topic",
    words="topic",
    snapshot=said.topic,
    may_report=said.may_report_topic,
    outcomes=deciding.OF_TOPICS,
    apply=deciding.apply_to_topic,
    reverse=deciding.reverse_for_topic,
    targets=said.targets_of_topic,
)


def init_app(app: Flask) -> None:
    """Add the pages and the live events."""
    app.register_blueprint(bp)
    app.jinja_env.globals["new_key"] = new_key  # for each page with a box to write in
    sockets.init_app()
    samples.register(app, recent.newest)
    kinds.register(app, telling.KINDS)
    outbox.register(app, telling.TELL, jobs.tell)
    timetable(app, "forget_what_was_written", crontab(minute="20", hour="3"), jobs.forget)
    timetable(app, "reconcile_counters", crontab(minute="40", hour="3"), jobs.reconcile)
    cli.init_app(app)
    subjects.register(app, POST, TOPIC)
    limits.limit(app, "forums.people", COMPLETIONS, limits.by_member, method="GET")
    limits.limit(app, "forums.preview", PREVIEWS, limits.by_member)
    for part in PARTS:
        part.init_app(app)
