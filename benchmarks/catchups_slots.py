"""Signing up for one slot, and the outbox that tells people of it; on both databases.

A sign-up is the whole of it: the place, the calendar entry with its invitation and reminders, all in one transaction.
Many people press at once, from threads with a connection each, and exactly the places are taken. The outbox is timed
with messages that do nothing: lease, act, record.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.accounts.rules import Role
from app.catchups.slots.models import SignUp, Slot
from app.catchups.slots.operations.offering import Offer, SlotDraft, offer
from app.catchups.slots.operations.places import sign_up
from app.catchups.slots.queries import lists
from app.catchups.slots.rules import SignUpState, SlotKind, Way
from app.catchups.slots.timing import Span
from app.core import clock, outbox
from app.core.db import db, transaction
from app.programme.models import Cohort, Programme
from tests.databases import migrate, postgres_database, test_settings
from tests.people import a_person, meet

PEOPLE, PLACES, AT_ONCE = 500, 400, 16
MESSAGES = 2_000
NOTHING = "bench"


def rows() -> Iterator[Mapping[str, Any]]:
    """Sign-ups and messages a second; without a suffix on the embedded database."""
    for suffix, server in (("", ""), ("-postgresql", os.environ["TEST_POSTGRES_URL"])):
        with ExitStack() as kept:
            folder = Path(kept.enter_context(tempfile.TemporaryDirectory()))
            url = kept.enter_context(postgres_database(server, "bench")) if server else f"sqlite:///{folder}/slots.db"
            migrate(url, folder)
            app = create_app(test_settings(url, folder))
            outbox.register(app, NOTHING, lambda _message: None)
            yield sign_ups(app, suffix)
            yield messages(app, suffix)
            with app.app_context():
                db.engine.dispose()


def sign_ups(app: Flask, suffix: str) -> Mapping[str, Any]:
    """PEOPLE press at once for PLACES."""
    programme_id, slot_id, member_ids = filled(app)

    def press(member_id: int) -> bool:
        with app.app_context(), transaction():
            return sign_up(lists.reader(member_id, programme_id), db.session.get_one(Slot, slot_id))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun = perf_counter()
        answers = list(pool.map(press, member_ids))
        taken = perf_counter() - begun
    with app.app_context():
        booked = select(func.count()).select_from(SignUp).where(SignUp.state == SignUpState.BOOKED)
        assert db.session.scalar(booked) == sum(answers) == PLACES
    return {
        "case": f"signups{suffix}",
        "unit": "per second",
        "ours": PEOPLE / taken,
        "people": PEOPLE,
        "places": PLACES,
        "at_once": AT_ONCE,
    }


def messages(app: Flask, suffix: str) -> Mapping[str, Any]:
    """MESSAGES are acted on by one worker."""
    with app.app_context():
        with transaction():
            for number in range(MESSAGES):
                outbox.put(NOTHING, f"bench:{number}", {"number": number}, due_at=clock.now() - timedelta(days=1))
        left = iter(range(MESSAGES - 1))
        begun = perf_counter()
        sent = outbox.sweep(enough=lambda: next(left, None) is None)
        taken = perf_counter() - begun
    assert sent == MESSAGES - 1
    return {"case": f"outbox{suffix}", "unit": "messages per second", "ours": sent / taken, "messages": sent}


def filled(app: Flask) -> tuple[int, int, list[int]]:
    """An event with PLACES and the people who want one: the ids of the programme, the slot and the people."""
    with app.app_context():
        people = meet()
        with transaction():
            programme = db.session.get_one(Programme, people.programme_id)
            cohort = db.session.get_one(Cohort, people.cohort_id)
            guests = [a_person(f"Guest{n} Guest", programme, Role.PARTICIPANT, cohort=cohort) for n in range(PEOPLE)]
            starts_at = clock.now() + timedelta(days=30)
            span = Span(starts_at, starts_at + timedelta(hours=2))
            draft = SlotDraft(
                topic="Bench",
                way=Way.IN_PERSON,
                place="Hall",
                link="",
                accessibility="",
                agenda="",
                capacity=PLACES,
            )
            what = Offer(kind=SlotKind.CELEBRATION, cohort_id=None)
            (slot,) = offer(lists.reader(people.lead.id, programme.id), what, draft, [span])
            return programme.id, slot.id, [guest.id for guest in guests]
