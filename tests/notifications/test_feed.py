"""The calendar that follows a member's bookings: behind a secret, right, and nobody else's."""

from dataclasses import replace
from datetime import timedelta

import pytest
import vobject
from sqlalchemy import text

from app import create_app
from app.core import clock
from app.core.clock import in_london
from app.core.db import db, transaction
from app.notifications import feeds, queries, wiring
from app.notifications.calendars import Entry
from app.notifications.operations import bookings
from app.notifications.operations import feeds as addresses
from tests.notifications.telling import START, a_booking


@pytest.fixture
def address(app, people):
    """The address of the owner's calendar."""
    return new_address(app, people.owner)


@pytest.fixture
def booking(people):
    return a_booking(people.programme_id)


def new_address(app, person):
    with app.app_context():
        with transaction():
            addresses.renew(person.id)
        return f"/calendar/{queries.feed(person.id).secret}.ics"


def events(answer):
    assert answer.status_code == 200, answer.status
    return vobject.readOne(answer.text).contents.get("vevent", [])


class TestTheFile:
    def test_it_holds_what_one_is_booked_for_and_nothing_of_others(self, at, people, anonymous, booking, address):
        with at(), transaction():
            bookings.book(booking, people.owner.id, people.peer.id)
            bookings.book(replace(booking, subject_id=8, title="A session"), people.peer.id)
        with clock.frozen(START):
            (event,) = events(anonymous.get(address))
        assert event.summary.value == "Coffee catch-up"
        assert event.dtstart.value == booking.starts_at
        assert event.contents["class"][0].value == "PRIVATE"
        assert "attendee" not in event.contents
        with at():
            (entry,) = queries.entries_ahead(people.owner.id)
        assert event.uid.value == entry.uid

    def test_it_needs_no_sign_in_and_is_published_and_private(self, anonymous, address):
        answer = anonymous.get(address)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
        assert "METHOD:PUBLISH" in answer.text
        assert answer.headers["Cache-Control"] == "private, max-age=300"
        assert "Set-Cookie" not in answer.headers

    def test_what_was_cancelled_shows_as_that_for_a_month(self, at, people, anonymous, booking, address):
        late = replace(booking, starts_at=in_london(2026, 9, 1, 14), ends_at=in_london(2026, 9, 1, 15))
        with at(), transaction():
            bookings.book(late, people.owner.id)
        with at(START + timedelta(hours=1)), transaction():
            bookings.cancel("slot", 7, people.owner.id)
        with clock.frozen(START + timedelta(days=29)):
            (event,) = events(anonymous.get(address))
        assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")
        with clock.frozen(START + timedelta(days=31)):
            assert events(anonymous.get(address)) == []

    def test_what_is_long_past_leaves_it(self, at, people, anonymous, booking, address):
        with at(), transaction():
            bookings.book(booking, people.owner.id)
        for days, number in ((89, 1), (91, 0)):
            with clock.frozen(booking.ends_at + timedelta(days=days)):
                assert len(events(anonymous.get(address))) == number

    def test_features_add_dates_of_their_own(self, app, at, people, anonymous, booking, address):
        workshop = Entry(
            uid="workshop-1",
            sequence=2,
            title="Workshop one",
            starts_at=in_london(2026, 6, 10, 9),
            ends_at=in_london(2026, 6, 10, 16),
            organiser="team@here.example",
        )
        feeds.contribute(app, lambda member_id: [workshop] if member_id == people.owner.id else [])
        with at(), transaction():
            bookings.book(booking, people.owner.id)
        with clock.frozen(START):
            assert events(anonymous.get(address))[0].uid.value == "workshop-1"
            assert len(events(anonymous.get(address))) == 2
            assert events(anonymous.get(new_address(app, people.peer))) == []

    def test_asking_again_costs_nothing_until_something_changes(self, at, people, anonymous, booking, address):
        with at(), transaction():
            bookings.book(booking, people.owner.id)
        with clock.frozen(START):
            etag = anonymous.get(address).headers["ETag"]
        with clock.frozen(START + timedelta(hours=1)):
            again = anonymous.get(address, headers={"If-None-Match": etag})
            assert (again.status_code, again.data) == (304, b"")
        with at(START + timedelta(hours=2)), transaction():
            bookings.move(replace(booking, place="The garden"))
        with clock.frozen(START + timedelta(hours=2)):
            changed = anonymous.get(address, headers={"If-None-Match": etag})
        assert changed.status_code == 200
        assert changed.headers["ETag"] != etag


class TestTheSecret:
    def test_a_new_address_makes_the_old_one_worthless(self, app, people, anonymous, address):
        fresh = new_address(app, people.owner)
        assert anonymous.get(address).status_code == 404
        assert anonymous.get(fresh).status_code == 200

    def test_a_removed_address_leads_nowhere(self, people, anonymous, client_for, address):
        browser = client_for(people.owner.email)
        assert browser.submit("/me/calendar/address/remove", page="/me/calendar").status_code == 303
        assert anonymous.get(address).status_code == 404
        assert address not in browser.get("/me/calendar").text

    def test_a_closed_account_has_no_calendar_and_a_suspended_member_has(self, app, people, anonymous):
        assert anonymous.get(new_address(app, people.inactive)).status_code == 404
        assert anonymous.get(new_address(app, people.suspended)).status_code == 200

    @pytest.mark.parametrize("secret", ["x", "0", "None", "x" * 43, "%00", "é"])
    def test_a_wrong_one_leads_nowhere(self, anonymous, address, secret):
        assert anonymous.get(f"/calendar/{secret}.ics").status_code == 404

    def test_it_is_not_readable_in_the_database(self, app, address):
        secret = address.removeprefix("/calendar/").removesuffix(".ics")
        assert len(secret) >= 43
        with app.app_context():
            kept = db.session.execute(text("SELECT digest, secret FROM calendar_feed")).one()
        assert secret not in "".join(kept)

    def test_trying_addresses_is_stopped_and_following_one_is_not(self, settings, people, monkeypatch):
        monkeypatch.setattr(wiring, "WRONG_ADDRESSES", "5 per hour")
        app = create_app(settings)
        anonymous, address = app.test_client(), new_address(app, people.owner)
        assert [anonymous.get(address).status_code for _ in range(10)] == [200] * 10
        tries = [anonymous.get(f"/calendar/{number}.ics").status_code for number in range(6)]
        assert tries == [404] * 5 + [429]
        with app.app_context():
            db.engine.dispose()


class TestThePage:
    def test_it_shows_bookings_and_makes_an_address(self, app, at, people, client_for, booking):
        with at(), transaction():
            bookings.book(booking, people.owner.id)
        browser = client_for(people.owner.email)
        with clock.frozen(START):
            page = browser.get("/me/calendar")
        assert "Coffee catch-up" in page.text
        assert "Thursday 11 June 2026, 2pm to 3pm" in page.text
        assert ".ics" not in page.text
        assert browser.submit("/me/calendar/address", page="/me/calendar").status_code == 303
        with app.app_context():
            secret = queries.feed(people.owner.id).secret
        assert f"http://localhost/calendar/{secret}.ics" in browser.get("/me/calendar").text

    def test_looking_makes_no_address(self, app, people, client_for):
        client_for(people.owner.email).get("/me/calendar")
        with app.app_context():
            assert queries.feed(people.owner.id) is None

    def test_it_is_ones_own(self, people, anonymous, client_for, address):
        assert anonymous.get("/me/calendar").location.startswith("/login")
        for who in (people.peer, people.lead, people.moderator, people.suspended):
            page = client_for(who.email).get("/me/calendar")
            assert page.status_code == 200
            assert address not in page.text


@pytest.mark.both_databases
def test_two_new_addresses_at_once_are_one(app, people):
    with app.app_context():
        for _ in range(2):
            with transaction():
                addresses.renew(people.owner.id)
        assert db.session.execute(text("SELECT count(*) FROM calendar_feed")).scalar() == 1
