"""In a group: finding a time, being away, a second match, who sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.seams import depart
from app.catchups.rounds.models import RoundSeat
from app.catchups.rounds.operations.meeting import TooManyError
from app.catchups.rounds.rules import MOST_OFFERS, POOL_WAITS, SeatState
from app.catchups.slots.operations.places import ClashError
from app.core import clock
from app.core.db import db, transaction
from app.notifications.models import CalendarEntry
from tests.catchups.rounds.table import MONDAY, later
from tests.catchups.slots.line import Line

THURSDAY = clock.in_london(2031, 3, 6, 12, 30)


@pytest.fixture
def two(table):
    """Two people in a group."""
    return table.crowd(2)


@pytest.fixture
def group_id(table, two):
    return table.group_of(two[0], table.paired(*two))


def entries(app, person):
    """When somebody is booked, as their calendar shows it."""
    with app.app_context():
        found = select(CalendarEntry).where(CalendarEntry.member_id == person.id, CalendarEntry.cancelled_at.is_(None))
        return [(entry.title, entry.starts_at, entry.place) for entry in db.session.scalars(found)]


# -- a time ------------------------------------------------------------------------------------------------------------


def test_when_both_can_it_is_in_both_calendars(app, table, two, group_id):
    one, other = two
    time_id = table.offer_time(one, group_id, THURSDAY)
    assert table.told(other)[-1] == "A time for your coffee round"
    assert entries(app, one) == []
    assert table.yes(other, group_id, time_id)
    booked = [("Coffee catch-up", THURSDAY, "Canteen")]
    assert entries(app, one) == entries(app, other) == booked
    assert table.told(one)[-1] == "You have a time for your coffee round"


def test_a_three_has_a_time_when_all_three_can(app, table):
    crowd = table.crowd(3)
    group_id = table.group_of(crowd[0], table.paired(*crowd))
    time_id = table.offer_time(crowd[0], group_id, THURSDAY)
    assert not table.yes(crowd[1], group_id, time_id)
    assert table.row(group_id).starts_at is None
    assert table.yes(crowd[2], group_id, time_id)
    assert all(entries(app, person) for person in crowd)


def test_when_the_one_who_could_not_is_away_the_others_have_a_time(app, table):
    crowd = table.crowd(3)
    group_id = table.group_of(crowd[0], table.paired(*crowd))
    table.yes(crowd[1], group_id, table.offer_time(crowd[0], group_id, THURSDAY))
    table.away(crowd[2], group_id)
    assert [len(entries(app, person)) for person in crowd] == [1, 1, 0]


def test_nobody_offers_or_takes_a_time_at_which_they_are_booked(app, table, people, two, group_id):
    with app.app_context():
        line = Line.of(app, people, people.facilitator, ahead=THURSDAY - clock.now())
    line.sign_up(two[0])
    with pytest.raises(ClashError):
        table.offer_time(two[0], group_id, THURSDAY)
    time_id = table.offer_time(two[1], group_id, THURSDAY)
    with pytest.raises(ClashError):
        table.yes(two[0], group_id, time_id)
    assert table.row(group_id).starts_at is None


def test_who_is_booked_elsewhere_meanwhile_is_not_booked_twice(app, table, people, two, group_id):
    time_id = table.offer_time(two[0], group_id, THURSDAY)
    with app.app_context():
        line = Line.of(app, people, people.facilitator, ahead=THURSDAY - clock.now())
    line.sign_up(two[0])
    assert not table.yes(two[1], group_id, time_id)
    assert len(entries(app, two[0])) == 1


def test_a_group_has_so_many_times_on_the_table(table, two, group_id):
    for number in range(MOST_OFFERS):
        table.offer_time(two[0], group_id, THURSDAY + timedelta(hours=number))
    with pytest.raises(TooManyError):
        table.offer_time(two[1], group_id, THURSDAY + timedelta(days=1))


def test_after_an_agreed_time_they_are_asked_even_before_the_days_to_meet_are_over(table, two, group_id):
    table.yes(two[1], group_id, table.offer_time(two[0], group_id, THURSDAY))
    with later(days=3, hours=5):
        table.work()
        assert table.told(two[0], "round_happened") == table.told(two[1], "round_happened") != []


# -- away, and a second match ------------------------------------------------------------------------------------------


def test_whoever_is_away_frees_the_other_and_the_calendar(app, table, two, group_id):
    one, other = two
    table.yes(other, group_id, table.offer_time(one, group_id, THURSDAY))
    table.away(one, group_id)
    assert entries(app, one) == entries(app, other) == []
    assert "A change in your coffee round" in table.told(other)
    assert table.seen(other, group_id).alone
    assert table.seen(one, group_id).away


def test_two_who_are_left_alone_are_matched_again(table):
    crowd = table.crowd(4)
    round_id = table.paired(*crowd)
    pairs = table.groups(round_id)
    left = []
    for pair in pairs:
        gone, stays = (next(person for person in crowd if person.id == member_id) for member_id in sorted(pair))
        table.away(gone, table.group_of(gone, round_id))
        left.append(stays)
        table.look(stays, round_id)
    table.work()
    assert {person.id for person in left} in table.groups(round_id)
    for person in left:
        assert table.told(person)[-1] == "Whom you meet in this coffee round"
        assert len(table.standing(person).groups) == 2


def test_who_looks_for_a_day_joins_a_pair_that_has_no_time(table):
    crowd = table.crowd(4)
    round_id = table.paired(*crowd)
    gone, stays = (next(p for p in crowd if p.id == id_) for id_ in sorted(table.groups(round_id)[0]))
    table.away(gone, table.group_of(gone, round_id))
    table.look(stays, round_id)
    table.work()
    assert len(table.groups(round_id)) == 2
    with clock.frozen(MONDAY + POOL_WAITS):
        table.work()
    assert sorted(map(len, table.groups(round_id))) == [2, 3]
    others = [person for person in crowd if person not in {gone, stays}]
    assert all(table.told(person)[-1] == "One more in your coffee round" for person in others)
    reasons = table.seen(stays, table.group_of(stays, round_id)).group.reasons
    assert "You are three, so that nobody is left out." in reasons
    assert "You come from 2 organisations." in reasons


def test_a_second_match_keeps_apart_whom_a_wish_keeps_apart(table):
    crowd = table.crowd(4)
    round_id = table.paired(*crowd)
    first, second = table.groups(round_id)
    one, other = (next(p for p in crowd if p.id == min(group)) for group in (first, second))
    table.keep_apart(one, other)
    for stays, group in ((one, first), (other, second)):
        gone = next(p for p in crowd if p.id in group and p is not stays)
        table.away(gone, table.group_of(gone, round_id))
        table.look(stays, round_id)
    with clock.frozen(MONDAY + POOL_WAITS):
        table.work()
    assert {one.id, other.id} not in table.groups(round_id)


def test_nobody_is_matched_again_with_whom_they_were(table):
    """Whoever says that they are away takes part in no second match."""
    one, other = table.crowd(2)
    round_id = table.paired(one, other)
    table.away(one, table.group_of(one, round_id))
    table.look(other, round_id)
    with clock.frozen(MONDAY + POOL_WAITS):
        table.work()
    assert len(table.groups(round_id)) == 1


def test_suspending_somebody_takes_them_out_of_rounds(app, table, two, people):
    group_id = table.group_of(two[0], table.paired(*two))
    open_round = table.open()
    table.join(two[0])
    table.suspend(two[0])
    assert table.in_round(open_round) == set()
    assert table.seen(two[1], group_id).alone
    with app.app_context():
        seats = select(RoundSeat.state).where(RoundSeat.member_id == two[0].id)
        assert set(db.session.scalars(seats)) == {SeatState.AWAY}
    assert table.seen(two[0], group_id) is None, "nothing is theirs to see while they are suspended"


def test_departures_call_it(app, table, two, people):
    """Suspending through accounts is what production does."""
    group_id = table.group_of(two[0], table.paired(*two))
    with app.app_context(), transaction():
        depart(two[0].id)
    assert table.seen(two[1], group_id).alone


# -- who sees it -------------------------------------------------------------------------------------------------------


def test_a_group_is_there_for_those_in_it_alone(table, two, group_id, people):
    assert [other.name for other in table.seen(two[0], group_id).others] == [two[1].name]
    for person in (people.owner, people.lead, people.moderator, people.stranger):
        assert table.seen(person, group_id) is None
