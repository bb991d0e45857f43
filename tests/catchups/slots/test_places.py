"""Taking a place, waiting, being offered one, giving it up: on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.operations.standing import deactivate, suspend
from app.catchups.slots.jobs import tend_slots
from app.catchups.slots.models import SignUp
from app.catchups.slots.operations.places import ClashError, NotOpenError
from app.catchups.slots.queries.trust import slots_to_tend
from app.core import clock
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage
from app.notifications.models import CalendarEntry, Notification
from app.programme.models import CohortEvent
from app.programme.rules import EventKind
from tests.catchups.slots.line import (
    BOOKED,
    CANCELLED,
    DECLINED,
    EXPIRED,
    OFFERED,
    RELEASED,
    WAITING,
    Line,
    offer_ends,
)

pytestmark = pytest.mark.both_databases


@pytest.fixture
def full(line, people):
    """The line of a slot whose two places are taken by the owner and the peer."""
    assert line.sign_up(people.owner)
    assert line.sign_up(people.peer)
    return line


def told(app, person, kind):
    """The subjects of what somebody was told of a kind, the oldest first."""
    with app.app_context():
        mine = select(Notification.subject).where(Notification.member_id == person.id, Notification.kind == kind)
        return list(db.session.scalars(mine.order_by(Notification.id)))


def calendar(app, person):
    """A member's entries as (title, cancelled)."""
    with app.app_context():
        entries = db.session.scalars(select(CalendarEntry).where(CalendarEntry.member_id == person.id))
        return [(entry.title, entry.cancelled_at is not None) for entry in entries]


def test_signing_up_takes_a_place_books_the_calendar_and_tells_the_host(app, line, people):
    assert line.sign_up(people.owner) is True
    assert (line.state(people.owner), line.slot.taken) == (BOOKED, 1)
    assert calendar(app, people.owner) == [("Coffee catch-up", False)]
    assert told(app, people.facilitator, "slot_host") == ["Somebody signed up: Coffee catch-up"]


def test_signing_up_twice_takes_one_place(line, people):
    assert line.sign_up(people.owner)
    assert line.sign_up(people.owner)
    assert line.slot.taken == 1


def test_what_is_full_is_full(full, people):
    assert full.sign_up(people.outsider) is False
    assert full.state(people.outsider) is None
    assert full.sound()


def test_a_freed_place_is_held_for_whoever_has_waited_longest(app, full, people):
    assert full.wait(people.outsider) is False
    assert full.wait(people.moderator) is False
    full.give_up(people.peer)
    assert [full.state(each) for each in (people.peer, people.outsider, people.moderator)] == [
        CANCELLED,
        OFFERED,
        WAITING,
    ]
    assert full.slot.taken == 2, "an offer counts against the places"
    assert told(app, people.outsider, "slot_offer") == ["A place has come free for you"]
    assert calendar(app, people.peer) == [("Coffee catch-up", True)]
    assert full.sign_up(people.author) is False


def test_an_offer_is_taken(app, full, people):
    full.wait(people.outsider)
    full.give_up(people.peer)
    assert full.accept(people.outsider) is True
    assert full.state(people.outsider) == BOOKED
    assert calendar(app, people.outsider) == [("Coffee catch-up", False)]
    assert full.sound()


def test_an_offer_is_taken_by_signing_up_too(full, people):
    full.wait(people.outsider)
    full.give_up(people.peer)
    assert full.sign_up(people.outsider) is True
    assert full.state(people.outsider) == BOOKED
    assert full.sound()


def test_an_offer_that_is_declined_goes_to_the_next(full, people):
    full.wait(people.outsider)
    full.wait(people.moderator)
    full.give_up(people.peer)
    full.give_up(people.outsider)
    assert (full.state(people.outsider), full.state(people.moderator)) == (DECLINED, OFFERED)


def test_an_offer_lasts_seven_days(full, people):
    full.wait(people.outsider)
    before = clock.now()
    full.give_up(people.peer)
    assert timedelta(days=7) <= offer_ends(full, people.outsider) - before <= timedelta(days=7, minutes=1)


def test_a_lapsed_offer_goes_to_the_next_by_the_timetable(app, full, people):
    full.wait(people.outsider)
    full.wait(people.moderator)
    full.give_up(people.peer)
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)), app.app_context():
        tend_slots()
        assert slots_to_tend() == []
    assert (full.state(people.outsider), full.state(people.moderator)) == (EXPIRED, OFFERED)
    assert told(app, people.outsider, "slot_offer")[-1] == "A place that was held for you has lapsed"


def test_a_lapsed_offer_cannot_be_taken_even_before_the_timetable_comes(full, people):
    full.wait(people.outsider)
    full.wait(people.moderator)
    full.give_up(people.peer)
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        assert full.accept(people.outsider) is False
    assert (full.state(people.outsider), full.state(people.moderator)) == (EXPIRED, OFFERED)


def test_whoever_asks_for_a_place_finds_lapsed_offers_out(full, people):
    full.wait(people.outsider)
    full.give_up(people.peer)
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)):
        assert full.sign_up(people.author) is True
    assert full.state(people.outsider) == EXPIRED
    assert full.sound()


def test_joining_again_is_at_the_end_and_is_told_anew(app, full, people):
    full.wait(people.outsider)
    full.wait(people.moderator)
    full.give_up(people.outsider)
    full.wait(people.outsider)
    full.give_up(people.peer)
    full.give_up(people.moderator)
    assert full.state(people.outsider) == OFFERED
    full.give_up(people.outsider)
    full.wait(people.outsider)
    assert full.state(people.outsider) == OFFERED
    assert len(told(app, people.outsider, "slot_offer")) == 2


def test_waiting_for_a_place_that_came_free_meanwhile_is_being_offered_it(line, people):
    assert line.wait(people.owner) is True
    assert (line.state(people.owner), line.slot.taken) == (OFFERED, 1)


def test_near_the_start_a_free_place_goes_to_whoever_comes_first(app, people):
    with app.app_context():
        line = Line.of(app, people, people.facilitator, ahead=timedelta(minutes=90), capacity=1)
    line.sign_up(people.owner)
    line.wait(people.peer)
    line.give_up(people.owner)
    assert (line.state(people.peer), line.slot.taken) == (WAITING, 0)
    assert line.sign_up(people.outsider) is True


def test_whoever_waits_may_take_such_a_place(app, people):
    with app.app_context():
        line = Line.of(app, people, people.facilitator, ahead=timedelta(minutes=90), capacity=1)
    line.sign_up(people.owner)
    line.wait(people.peer)
    line.give_up(people.owner)
    assert line.sign_up(people.peer) is True
    assert line.state(people.peer) == BOOKED


@pytest.mark.parametrize("verb", ["sign_up", "wait", "accept", "give_up"])
def test_once_it_has_begun_places_do_not_change(full, people, verb):
    with clock.frozen(clock.now() + timedelta(days=15)), pytest.raises(NotOpenError):
        getattr(full, verb)(people.outsider)


class TestTwoThingsAtOnce:
    @pytest.fixture
    def other(self, app, people):
        """A slot of somebody else that overlaps the first one."""
        with app.app_context():
            return Line.of(app, people, people.lead, ahead=timedelta(days=14, minutes=10), topic="Another one")

    def test_a_place_elsewhere_refuses_and_names_it(self, line, other, people):
        line.sign_up(people.owner)
        with pytest.raises(ClashError) as refused:
            other.sign_up(people.owner)
        assert refused.value.clash.path == f"/catchups/{line.slot_id}"
        assert other.slot.taken == 0
        assert other.state(people.owner) is None

    def test_a_turn_on_a_waiting_list_does_not_refuse(self, full, other, people):
        full.wait(people.outsider)
        assert other.sign_up(people.outsider) is True

    def test_an_offer_cannot_be_taken_then(self, full, other, people):
        full.wait(people.outsider)
        other.sign_up(people.outsider)
        full.give_up(people.peer)
        with pytest.raises(ClashError):
            full.accept(people.outsider)
        assert full.state(people.outsider) == OFFERED

    def test_hosting_counts(self, line, other, people):
        with pytest.raises(ClashError):
            line.sign_up(people.lead)
        assert other.slot.taken == 0

    def test_a_place_that_was_given_up_does_not_count(self, line, other, people):
        line.sign_up(people.owner)
        line.give_up(people.owner)
        assert other.sign_up(people.owner) is True

    def test_dates_of_ones_cohort_count(self, app, line, people):
        slot = line.slot
        with app.app_context(), transaction():
            db.session.add(
                CohortEvent(
                    programme_id=people.programme_id,
                    cohort_id=people.cohort_id,
                    kind=EventKind.WORKSHOP_ONE,
                    title="Workshop one",
                    starts_at=slot.starts_at - timedelta(hours=4),
                    ends_at=slot.starts_at + timedelta(minutes=1),
                    uid="workshop",
                )
            )
        with pytest.raises(ClashError) as refused:
            line.sign_up(people.owner)
        assert refused.value.clash.title == "Workshop one"
        assert line.sign_up(people.outsider) is True, "of another cohort"

    def test_one_thing_after_the_other_is_no_clash(self, app, line, people):
        with app.app_context():
            ahead = line.slot.ends_at - clock.now()
            after = Line.of(app, people, people.lead, ahead=ahead)
        line.sign_up(people.owner)
        assert after.slot.starts_at >= line.slot.ends_at
        assert after.sign_up(people.owner) is True


class TestWhoCannotComeAnyMore:
    def test_a_suspended_member_frees_the_place_at_once(self, app, full, people):
        full.wait(people.outsider)
        with app.app_context(), transaction() as after:
            suspend(people.peer.member, clock.now() + timedelta(days=1), by_id=None, programme_id=None, after=after)
        assert (full.state(people.peer), full.state(people.outsider)) == (RELEASED, OFFERED)
        assert calendar(app, people.peer) == [("Coffee catch-up", True)]
        assert full.sound()

    def test_so_does_one_who_is_removed(self, app, full, people):
        with app.app_context(), transaction() as after:
            deactivate(people.peer.member, by_id=None, programme_id=None, after=after)
        assert full.state(people.peer) == RELEASED
        assert full.slot.taken == 1

    def test_nobody_is_offered_a_place_who_cannot_come(self, app, full, people):
        full.wait(people.outsider)
        full.wait(people.moderator)
        with app.app_context(), transaction():
            people.outsider.member.active = False
        full.give_up(people.peer)
        assert (full.state(people.outsider), full.state(people.moderator)) == (RELEASED, OFFERED)

    def test_a_host_who_cannot_come_calls_it_off(self, app, full, people):
        with app.app_context(), transaction() as after:
            suspend(
                people.facilitator.member, clock.now() + timedelta(days=1), by_id=None, programme_id=None, after=after
            )
        assert full.slot.cancel_reason == "The host cannot come any more."
        assert calendar(app, people.owner) == [("Coffee catch-up", True)]

    def test_a_deleted_member_leaves_a_place_that_is_found_again(self, app, full, people):
        full.wait(people.outsider)
        with app.app_context(), transaction():
            row = db.session.scalars(select(SignUp).where(SignUp.member_id == people.peer.id)).one()
            db.session.delete(row)
        with app.app_context():
            assert slots_to_tend() == [full.slot_id]
            tend_slots()
        assert full.state(people.outsider) == OFFERED
        assert full.sound()


def test_mail_says_nothing_of_topic_or_people(app, full, people):
    full.wait(people.outsider)
    full.give_up(people.peer)
    with app.app_context():
        payloads = [str(payload) for payload in db.session.scalars(select(OutboxMessage.payload))]
        subjects = list(db.session.scalars(select(Notification.subject)))
    assert payloads
    for words in ("Coffee by the river", "Petra", "Oskar"):
        assert not [text for text in payloads + subjects if words in text]
