"""Offering, changing and calling off, one date or all that follow; who came; what staff do stays on record."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from app.catchups.slots.models import SignUp, Slot
from app.catchups.slots.rules import SlotKind
from app.catchups.slots.timing import Hours, Span, hours_of
from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db
from app.core.outbox import OutboxMessage
from app.notifications.models import CalendarEntry, Notification
from tests.catchups.slots.line import BOOKED, OFFERED, RELEASED, Line, a_slot

NEW = {
    "topic": "Coffee by the river",
    "day-day": "27",
    "day-month": "3",
    "day-year": "2026",
    "starts": "8:45am",
    "ends": "9:15am",
    "way": "in_person",
    "place": "Main entrance",
    "capacity": "3",
    "cadence": "once",
    "audience": "programme",
}


@pytest.fixture
def winter():
    """A day in winter, some weeks before the clocks go forward."""
    with clock.frozen(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def slots(app):
    """`slots()`: all of them, the earliest first."""

    def every():
        with app.app_context():
            return list(db.session.scalars(select(Slot).order_by(Slot.starts_at)))

    return every


@pytest.fixture
def on_record(app):
    """`on_record()`: what staff did to slots."""

    def actions():
        with app.app_context():
            rows = db.session.execute(
                select(AuditEvent.action, AuditEvent.actor_id).where(AuditEvent.subject_type == "slot")
            )
            return [tuple(row) for row in rows]

    return actions


def subjects(app, person, *kinds):
    with app.app_context():
        mine = select(Notification.subject).where(Notification.member_id == person.id, Notification.kind.in_(kinds))
        return list(db.session.scalars(mine.order_by(Notification.id)))


def sequence(app, person):
    with app.app_context():
        one = select(CalendarEntry.sequence).where(CalendarEntry.member_id == person.id)
        return db.session.scalars(one).one()


def clock_times(every):
    return [hours_of(Span(slot.starts_at, slot.ends_at)) for slot in every]


class TestOffering:
    def test_a_slot_is_offered_and_in_the_hosts_calendar(self, app, winter, people, client_for, slots, on_record):
        answer = client_for(people.owner.email).submit("/catchups/new", NEW)
        (slot,) = slots()
        assert answer.location == f"/catchups/{slot.id}"
        assert (slot.host_id, slot.capacity, slot.starts_at) == (
            people.owner.id,
            3,
            datetime(2026, 3, 27, 8, 45, tzinfo=UTC),
        )
        assert sequence(app, people.owner) == 0
        assert on_record() == []

    def test_a_series_keeps_its_time_when_the_clocks_change(self, winter, people, client_for, slots):
        client_for(people.owner.email).submit("/catchups/new", NEW | {"cadence": "weekly", "times": "3"})
        every = slots()
        hours = Hours(time(8, 45), time(9, 15))
        assert clock_times(every) == [(date(2026, 3, 27) + n * timedelta(7), hours) for n in range(3)]
        assert [slot.starts_at.hour for slot in every] == [8, 7, 7]
        assert [(slot.series_id, slot.number) for slot in every] == [(every[0].series_id, n) for n in (1, 2, 3)]

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"topic": ""}, "Enter what it is about"),
            ({"topic": "x" * 121}, "Keep it to 120 characters"),
            ({"day-year": ""}, "Date must include a year"),
            ({"day-day": "31", "day-month": "2"}, "must be a real date"),
            ({"day-year": "2025"}, "Choose a time to come"),
            ({"day-year": "2028"}, "Choose dates within a year from now"),
            ({"starts": "8"}, "Enter a time like 8:45am or 16:30"),
            ({"ends": "8:45am"}, "at most 4 hours later"),
            ({"ends": "1pm"}, "at most 4 hours later"),
            ({"way": ""}, "Choose how you meet"),
            ({"place": " "}, "Enter where you meet"),
            ({"way": "online"}, "Enter the link to the meeting"),
            ({"way": "online", "link": "javascript:alert(1)"}, "Enter a link that begins with https://"),
            ({"way": "room"}, "Enter which room you meet in"),
            ({"capacity": "0"}, "Enter a number from 1 to 30"),
            ({"capacity": "31"}, "Enter a number from 1 to 30"),
            ({"capacity": "lots"}, "Not a valid integer value"),
            ({"cadence": "weekly"}, "Enter how many times it takes place"),
            ({"cadence": "weekly", "times": "13"}, "from 2 to 12"),
            ({"kind": "celebration"}, "Not a valid choice"),
            ({"day-day": "29", "starts": "1:30am", "ends": "2am"}, "There is no 01:30 on 29 March 2026"),
            (
                {"day-day": "22", "starts": "1:15am", "ends": "2am", "cadence": "weekly", "times": "2"},
                "There is no 01:15 on 29 March 2026, because the clocks go forward",
            ),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_sentence(self, winter, people, client_for, slots, changed, words):
        answer = client_for(people.owner.email).submit("/catchups/new", NEW | changed)
        assert answer.status_code == 422
        assert words in answer.text
        assert slots() == []

    def test_a_time_that_comes_twice_is_said_to_be_the_first(self, people, client_for, slots):
        with clock.frozen(datetime(2026, 10, 20, 9, tzinfo=UTC)):
            browser = client_for(people.owner.email)
            night = {"day-day": "25", "day-month": "10", "starts": "1:15am", "ends": "2:30am"}
            answer = browser.submit("/catchups/new", NEW | night)
            assert "1:15am comes twice then. We have taken the first of the two." in browser.get(answer.location).text
        assert slots()[0].starts_at == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)

    def test_a_night_shift_may_meet_over_midnight(self, winter, people, client_for, slots):
        client_for(people.owner.email).submit("/catchups/new", NEW | {"starts": "11:30pm", "ends": "0:15"})
        assert slots()[0].ends_at - slots()[0].starts_at == timedelta(minutes=45)

    def test_leads_offer_events_with_an_agenda_which_stays_on_record(
        self, winter, people, client_for, slots, on_record
    ):
        event = {"kind": "quarterly_meeting", "capacity": "200", "agenda": "Welcome\nTea", "ends": "4pm"}
        browser = client_for(people.lead.email)
        answer = browser.submit("/catchups/new", NEW | event)
        assert slots()[0].capacity == 200
        assert on_record() == [("offer_event", people.lead.id)]
        assert "Welcome\nTea" in client_for(people.owner.email).get(answer.location).text

    def test_a_host_who_is_booked_already_is_told(self, winter, people, client_for):
        browser = client_for(people.owner.email)
        browser.submit("/catchups/new", NEW)
        answer = browser.submit("/catchups/new", NEW)
        assert "You are also booked for something else at that time" in browser.get(answer.location).text


def as_form(slot, **changed):
    """What the change form of a slot posts."""
    day, hours = hours_of(Span(slot.starts_at, slot.ends_at))
    form = {
        "topic": slot.topic,
        "day-day": str(day.day),
        "day-month": str(day.month),
        "day-year": str(day.year),
        "starts": f"{hours.starts:%H:%M}",
        "ends": f"{hours.ends:%H:%M}",
        "way": slot.way.value,
        "place": slot.place,
        "capacity": str(slot.capacity),
    }
    return form | changed


@pytest.fixture
def host(people, client_for):
    return client_for(people.facilitator.email)


@pytest.fixture
def full(line, people):
    """The owner and the peer have the two places; the outsider waits."""
    line.sign_up(people.owner)
    line.sign_up(people.peer)
    line.wait(people.outsider)
    return line


class TestChanging:
    def test_another_time_moves_calendars_and_tells_the_line(self, app, full, people, host, on_record):
        before = full.slot
        answer = host.submit(
            f"/catchups/{full.slot_id}/change", as_form(before, place="Garden", starts="10:00", ends="10:30")
        )
        assert answer.status_code == 303
        after = full.slot
        assert (after.place, hours_of(Span(after.starts_at, after.ends_at))[1]) == (
            "Garden",
            Hours(time(10), time(10, 30)),
        )
        assert [sequence(app, person) for person in (people.owner, people.peer, people.facilitator)] == [1, 1, 1]
        assert subjects(app, people.owner, "booking")[0].startswith("Changed: Coffee catch-up, ")
        assert subjects(app, people.outsider, "slot_change") == ["Changed: Coffee catch-up"]
        assert on_record() == [], "their own slot"

    def test_other_words_disturb_nobody(self, app, full, people, host):
        host.submit(f"/catchups/{full.slot_id}/change", as_form(full.slot, topic="Tea by the river"))
        assert full.slot.topic == "Tea by the river"
        assert sequence(app, people.owner) == 0
        assert subjects(app, people.outsider, "slot_change") == []

    def test_fewer_places_than_are_taken_are_refused(self, full, host):
        answer = host.submit(f"/catchups/{full.slot_id}/change", as_form(full.slot, capacity="1"))
        assert answer.status_code == 422
        assert "2 places are taken" in answer.text
        assert full.slot.capacity == 2

    def test_more_places_are_offered_to_those_who_wait(self, full, people, host):
        host.submit(f"/catchups/{full.slot_id}/change", as_form(full.slot, capacity="3"))
        assert full.state(people.outsider) == OFFERED
        assert full.sound()

    def test_an_offer_of_a_slot_that_is_nearer_now_ends_sooner(self, app, full, people, host):
        full.give_up(people.peer)
        soon = clock.london(clock.now() + timedelta(days=2))
        day = {"day-day": str(soon.day), "day-month": str(soon.month), "day-year": str(soon.year)}
        host.submit(f"/catchups/{full.slot_id}/change", as_form(full.slot, **day))
        with app.app_context():
            expires_at = db.session.scalars(
                select(SignUp.offer_expires_at).where(SignUp.member_id == people.outsider.id)
            ).one()
        assert clock.now() < expires_at < full.slot.starts_at - timedelta(hours=12)

    def test_all_that_follow_move_by_as_many_days_and_to_the_same_hours(self, winter, people, client_for, slots):
        browser = client_for(people.owner.email)
        browser.submit("/catchups/new", NEW | {"cadence": "weekly", "times": "4"})
        second = slots()[1]
        change = as_form(second, **{"day-day": "4", "day-month": "4"}, starts="10:00", ends="10:30", scope="following")
        assert browser.submit(f"/catchups/{second.id}/change", change).status_code == 303
        assert [day for day, _hours in clock_times(slots())] == [
            date(2026, 3, 27),
            date(2026, 4, 4),
            date(2026, 4, 11),
            date(2026, 4, 18),
        ]
        assert [hours.starts for _day, hours in clock_times(slots())] == [time(8, 45), *[time(10)] * 3]

    def test_only_this_date_leaves_the_others(self, winter, people, client_for, slots):
        browser = client_for(people.owner.email)
        browser.submit("/catchups/new", NEW | {"cadence": "weekly", "times": "3"})
        second = slots()[1]
        browser.submit(f"/catchups/{second.id}/change", as_form(second, starts="09:00", scope="one"))
        assert [hours.starts for _day, hours in clock_times(slots())] == [time(8, 45), time(9), time(8, 45)]

    def test_a_date_that_would_have_no_such_hour_refuses_all(self, winter, people, client_for, slots):
        browser = client_for(people.owner.email)
        browser.submit("/catchups/new", NEW | {"day-day": "22", "cadence": "weekly", "times": "2"})
        first = slots()[0]
        change = as_form(first, starts="01:15", ends="01:45", scope="following")
        answer = browser.submit(f"/catchups/{first.id}/change", change)
        assert answer.status_code == 422
        assert "There is no 01:15 on 29 March 2026" in answer.text
        assert [hours.starts for _day, hours in clock_times(slots())] == [time(8, 45)] * 2

    def test_what_has_begun_is_not_changed(self, full, host):
        form = as_form(full.slot)
        with clock.frozen(clock.now() + timedelta(days=15)):
            far = clock.london(clock.now() + timedelta(days=9))
            day = {"day-day": str(far.day), "day-month": str(far.month), "day-year": str(far.year)}
            answer = host.submit(f"/catchups/{full.slot_id}/change", form | day)
            assert "has begun or was cancelled" in host.get(answer.location).text
        assert form == as_form(full.slot)

    def test_a_lead_may_and_it_stays_on_record(self, full, people, client_for, on_record):
        client_for(people.lead.email).submit(f"/catchups/{full.slot_id}/change", as_form(full.slot, place="Garden"))
        assert full.slot.place == "Garden"
        assert on_record() == [("change_slot", people.lead.id)]


class TestCallingOff:
    def test_everybody_is_told_and_the_reason_can_be_read(self, app, full, people, host, client_for, on_record):
        host.submit(f"/catchups/{full.slot_id}/cancel", {"reason": "I am on another shift."})
        assert full.slot.cancel_reason == "I am on another shift."
        for person in (people.owner, people.peer):
            assert subjects(app, person, "booking")[0].startswith("Cancelled: Coffee catch-up")
        assert subjects(app, people.outsider, "slot_change") == ["Cancelled: Coffee catch-up"]
        assert full.state(people.outsider) == RELEASED
        assert "I am on another shift." in client_for(people.owner.email).get(f"/catchups/{full.slot_id}").text
        with app.app_context():
            assert not db.session.scalars(select(CalendarEntry).where(CalendarEntry.cancelled_at.is_(None))).all(), (
                "nobody's calendar shows it"
            )
        assert on_record() == []

    def test_a_reason_is_asked_for(self, full, host):
        answer = host.submit(f"/catchups/{full.slot_id}/cancel", {"reason": " "})
        assert answer.status_code == 422
        assert "Enter a reason" in answer.text
        assert not full.slot.is_cancelled

    def test_all_that_follow(self, app, people, host, slots):
        with app.app_context():
            ids = a_slot(people.facilitator, people.programme_id, times=4)
        host.submit(f"/catchups/{ids[1]}/cancel", {"reason": "Moving house", "scope": "following"})
        assert [slot.is_cancelled for slot in slots()] == [False, True, True, True]

    def test_a_lead_may_and_it_stays_on_record(self, full, people, client_for, on_record):
        client_for(people.lead.email).submit(f"/catchups/{full.slot_id}/cancel", {"reason": "The room is closed."})
        assert full.slot.is_cancelled
        assert on_record() == [("cancel_slot", people.lead.id)]

    def test_nobody_joins_what_is_cancelled(self, full, people, host, client_for):
        host.submit(f"/catchups/{full.slot_id}/cancel", {"reason": "Ill"})
        browser = client_for(people.moderator.email)
        answer = browser.submit(f"/catchups/{full.slot_id}/sign-up", page="/catchups/new")
        assert "has begun or was cancelled" in browser.get(answer.location).text
        assert full.state(people.moderator) is None


class TestWhoCame:
    def test_it_is_noted_once_it_has_begun(self, app, full, people, host, on_record):
        with clock.frozen(clock.now() + timedelta(days=15)):
            page = f"/catchups/{full.slot_id}/people"
            host.submit(page, {"came": str(people.owner.id)})
            assert "Last saved on" in host.get(page).text
        with app.app_context():
            came = {
                row.member_id: row.attended for row in db.session.execute(select(SignUp.member_id, SignUp.attended))
            }
        assert came == {people.owner.id: True, people.peer.id: False, people.outsider.id: None}
        assert on_record() == []

    def test_not_before(self, app, full, people, host):
        page = f"/catchups/{full.slot_id}/people"
        answer = host.submit(page, {"came": str(people.owner.id)}, page="/catchups/new")
        assert "It has not begun yet" in host.get(answer.location).text
        with app.app_context():
            assert set(db.session.scalars(select(SignUp.attended))) == {None}

    def test_only_those_who_were_booked_can_have_come(self, full, people, host):
        with clock.frozen(clock.now() + timedelta(days=15)):
            answer = host.submit(f"/catchups/{full.slot_id}/people", {"came": str(people.outsider.id)})
        assert answer.status_code == 422

    def test_a_lead_may_and_it_stays_on_record(self, full, people, client_for, on_record):
        with clock.frozen(clock.now() + timedelta(days=15)):
            client_for(people.lead.email).submit(f"/catchups/{full.slot_id}/people", {"came": str(people.owner.id)})
        assert on_record() == [("mark_attendance", people.lead.id)]

    def test_members_learn_only_of_themselves(self, full, people, host, client_for):
        with clock.frozen(clock.now() + timedelta(days=15)):
            host.submit(f"/catchups/{full.slot_id}/people", {"came": str(people.owner.id)})
            assert "You were there" in client_for(people.owner.email).get("/catchups/past").text
            assert "You could not come" in client_for(people.peer.email).get("/catchups/past").text


def test_a_place_is_kept_in_the_calendar_with_a_neutral_title(app, people):
    with app.app_context():
        line = Line.of(app, people, people.lead, kind=SlotKind.CELEBRATION, topic="Amina's story", capacity=100)
    line.sign_up(people.owner)
    assert line.state(people.owner) == BOOKED
    with app.app_context():
        titles = set(db.session.scalars(select(CalendarEntry.title)))
        payloads = [str(payload) for payload in db.session.scalars(select(OutboxMessage.payload))]
    assert titles == {"Celebration"}
    assert not [payload for payload in payloads if "Amina" in payload]
