"""Two hundred people who press at once, each in a thread and on a connection of their own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.catchups.slots.models import SignUp
from app.core.db import db
from app.notifications.models import CalendarEntry
from tests.catchups.slots.line import BOOKED, OFFERED, Line, a_crowd

PEOPLE, PLACES, AT_ONCE = 200, 20, 25  # as many connections at once as the pool has, and a few that queue for one

pytestmark = pytest.mark.both_databases


def all_at_once(verb, people):
    """What each of them was told; they begin together in groups as large as there are threads."""
    gate = Barrier(AT_ONCE)

    def press(person):
        gate.wait(timeout=60)
        return verb(person)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(press, people))


def test_exactly_the_places_are_taken(app, people):
    with app.app_context():
        line = Line.of(app, people, people.facilitator, capacity=PLACES)
        crowd = a_crowd(people, PEOPLE)
    answers = all_at_once(line.sign_up, crowd)
    assert Counter(answers) == {True: PLACES, False: PEOPLE - PLACES}
    assert line.slot.taken == PLACES
    assert line.sound()
    with app.app_context():
        booked = select(func.count()).select_from(SignUp).where(SignUp.state == BOOKED)
        in_calendars = select(func.count()).select_from(CalendarEntry)
        assert db.session.scalar(booked) == PLACES
        assert db.session.scalar(in_calendars) == PLACES + 1, "the host's too"


def test_one_person_in_many_tabs_takes_one_place(app, line, people):
    answers = all_at_once(lambda _tab: line.sign_up(people.owner), range(AT_ONCE * 2))
    assert set(answers) == {True}
    assert line.slot.taken == 1
    assert line.sound()


def test_while_people_come_and_go_nothing_is_given_twice(app, people):
    """Half of them wait and leave while the others sign up and leave; what is left adds up."""
    with app.app_context():
        line = Line.of(app, people, people.facilitator, capacity=3)
        crowd = a_crowd(people, AT_ONCE * 2)

    def come_and_go(number):
        person = crowd[number]
        (line.wait if number % 2 else line.sign_up)(person)
        if number % 3:
            line.give_up(person)
        elif line.state(person) == OFFERED:
            line.accept(person)

    all_at_once(come_and_go, range(len(crowd)))
    assert line.sound()
    assert line.slot.taken <= 3
