"""Whatever people do, in whatever order: no place is given twice, and none stays free while somebody could have it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.accounts.not_with.models import NotWith
from app.accounts.not_with.queries import couples_among
from app.catchups.slots.jobs import tend_slots
from app.catchups.slots.models import SignUp, Slot
from app.catchups.slots.operations.places import NotOpenError
from app.catchups.slots.rules import HOLDS_A_PLACE, SignUpState, whom_to_offer
from app.core import clock
from app.core.db import db, transaction
from app.notifications.models import CalendarEntry
from tests.catchups.slots.line import Line, a_crowd

PEOPLE = 5
A_DAY = timedelta(days=1)

verbs = st.sampled_from(["sign_up", "wait", "accept", "give_up"])
acts = st.lists(
    st.one_of(
        st.tuples(verbs, st.integers(0, PEOPLE - 1)),
        st.tuples(st.just("days"), st.integers(1, 8)),
        st.tuples(st.just("apart"), st.lists(st.integers(0, PEOPLE - 1), min_size=2, max_size=2, unique=True)),
    ),
    max_size=14,
)


@pytest.fixture
def crowd(app, people):
    with app.app_context():
        return a_crowd(people, PEOPLE)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts, places=st.integers(1, 3))
def test_the_line_stays_in_order(app, people, crowd, acts, places):
    with app.app_context():
        with transaction():
            for table in (SignUp, NotWith, CalendarEntry):
                db.session.execute(delete(table))
        line = Line.of(app, people, people.facilitator, capacity=places, ahead=timedelta(days=20))
    at = clock.now()
    for verb, argument in acts:
        with clock.frozen(at):
            if verb == "days":
                at += argument * A_DAY
                with clock.frozen(at), app.app_context():
                    tend_slots()
            elif verb == "apart":
                line.keep_apart(*(crowd[n] for n in argument))
            else:
                one_act(line, verb, crowd[argument])
        with clock.frozen(at):
            assert line.sound()
            if verb != "apart":
                nobody_is_left_waiting_beside_a_place(line)


def one_act(line, verb, person):
    try:
        getattr(line, verb)(person)
    except NotOpenError:
        assert line.slot.starts_at <= clock.now()


def nobody_is_left_waiting_beside_a_place(line):
    with line.app.app_context():
        slot = db.session.get_one(Slot, line.slot_id)
        if slot.starts_at - clock.now() < timedelta(hours=2):
            return
        rows = db.session.scalars(
            select(SignUp).where(SignUp.slot_id == slot.id).order_by(SignUp.joined_at, SignUp.id)
        ).all()
        waiting = [row.member_id for row in rows if row.state is SignUpState.WAITING]
        present = [row.member_id for row in rows if row.state in HOLDS_A_PLACE]
        apart = couples_among({*waiting, *present})
        assert whom_to_offer(waiting, present, apart, slot.capacity - slot.taken) == []
