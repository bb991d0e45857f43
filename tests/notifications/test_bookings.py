"""Bookings: what reaches a member's calendar, in which order, and the reminders."""

import threading
from dataclasses import replace
from datetime import time, timedelta
from itertools import count

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core import clock, outbox
from app.core.clock import in_london
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage
from app.notifications import queries
from app.notifications.mail import Post
from app.notifications.models import CalendarEntry
from app.notifications.operations import bookings, preferences
from app.programme.models import Programme
from tests.mailbox import text_of
from tests.notifications.telling import START, a_booking


@pytest.fixture
def booking(people):
    return a_booking(people.programme_id)


@pytest.fixture
def act(at):
    """`act(bookings.book, …)`: in a transaction, at a moment."""

    def act(verb, *what, moment=START, **more):
        with at(moment), transaction():
            verb(*what, **more)

    return act


def event_in(mail):
    """The calendar part of a mail: its METHOD, which the MIME type repeats, and its one event."""
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    calendar = vobject.readOne(part.get_content())
    assert part.get_param("method") == calendar.method.value
    return calendar.method.value, calendar.vevent


def read(mail):
    method, event = event_in(mail)
    return method, int(event.sequence.value), event.dtstart.value.astimezone(clock.LONDON).hour


@pytest.mark.both_databases
class TestInvitations:
    def test_booking_moving_and_cancelling_are_three_mails_about_one_entry(self, at, act, people, booking, mailbox):
        me = people.owner
        act(bookings.book, booking, me.id)
        with at():
            mailbox.collect()
        later = replace(booking, starts_at=in_london(2026, 6, 11, 16), ends_at=in_london(2026, 6, 11, 17))
        act(bookings.move, later)
        with at():
            mailbox.collect()
        act(bookings.cancel, "slot", 7, me.id)
        with at():
            mails = mailbox.collect()
        assert [read(mail) for mail in mails] == [("REQUEST", 0, 14), ("REQUEST", 1, 16), ("CANCEL", 2, 16)]
        assert len({event_in(mail)[1].uid.value for mail in mails}) == 1
        assert {event_in(mail)[1].organizer.value for mail in mails} == {"mailto:team@here.example"}
        assert [mail["Subject"] for mail in mails] == [
            "Invitation: Coffee catch-up, Thursday 11 June 2026, 2pm to 3pm",
            "Changed: Coffee catch-up, Thursday 11 June 2026, 4pm to 5pm",
            "Cancelled: Coffee catch-up, Thursday 11 June 2026, 4pm to 5pm",
        ]

    def test_booking_again_after_a_cancellation_is_the_same_entry(self, at, act, people, booking, mailbox):
        for verb, what in ((bookings.book, (booking,)), (bookings.cancel, ("slot", 7)), (bookings.book, (booking,))):
            act(verb, *what, people.owner.id)
            with at():
                mails = mailbox.collect()
        assert [read(mail)[:2] for mail in mails] == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
        assert len({event_in(mail)[1].uid.value for mail in mails}) == 1

    def test_each_sees_only_themselves(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id, people.peer.id)
        with at():
            mails = mailbox.collect()
        assert len({event_in(mail)[1].uid.value for mail in mails}) == 2
        for mail, person, other in zip(mails, (people.owner, people.peer), (people.peer, people.owner), strict=True):
            assert [each.value for each in event_in(mail)[1].contents["attendee"]] == [f"mailto:{person.email}"]
            assert other.email not in mail.as_string()
            assert other.name not in mail.as_string()

    def test_a_change_that_nobody_has_been_told_yet_is_an_invitation(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id)
        act(bookings.move, replace(booking, place="The garden"))
        with at():
            (mail,) = mailbox.collect()
        assert mail["Subject"].startswith("Invitation")
        assert read(mail)[:2] == ("REQUEST", 1)
        assert event_in(mail)[1].location.value == "The garden"

    def test_what_was_cancelled_before_anybody_knew_is_no_mail(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id)
        act(bookings.cancel, "slot", 7, people.owner.id)
        with at():
            assert mailbox.collect() == []

    def test_the_same_again_is_nothing_new(self, at, act, people, booking, mailbox):
        for _ in range(2):
            act(bookings.book, booking, people.owner.id)
            act(bookings.move, booking)
        act(bookings.cancel, "slot", 8, people.owner.id)
        act(bookings.cancel, "slot", 7, people.peer.id)
        act(bookings.cancel, "slot", 7)
        with at():
            assert [read(mail)[:2] for mail in mailbox.collect()] == [("REQUEST", 0)]

    def test_one_mail_holds_the_words_and_the_file_twice(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id)
        with at():
            (mail,) = mailbox.collect()
        assert mail.get_content_type() == "multipart/mixed"
        alternative, attachment = mail.iter_parts()
        assert [part.get_content_type() for part in alternative.iter_parts()] == [
            "text/plain",
            "text/html",
            "text/calendar",
        ]
        assert (attachment.get_content_type(), attachment.get_filename()) == ("application/ics", "invitation.ics")
        (calendar,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        assert attachment.get_content() == calendar.get_payload(decode=True)
        assert "Main entrance" in text_of(mail)
        assert "http://localhost/catchups/7" in text_of(mail)

    def test_who_wants_no_invitations_has_the_entry_without_the_mail(self, at, act, people, booking, mailbox):
        act(preferences.turn_off, people.owner.id, "booking")
        act(bookings.book, booking, people.owner.id)
        with at():
            assert mailbox.collect() == []
            assert [entry.title for entry in queries.entries_ahead(people.owner.id)] == ["Coffee catch-up"]

    def test_the_organiser_stays_who_it_was(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id)
        with at():
            mailbox.collect()
            with transaction():
                db.session.get_one(Programme, people.programme_id).contact_email = "new@here.example"
        act(bookings.move, replace(booking, title="Coffee"))
        with at():
            changed = mailbox.collect()[1]
        assert event_in(changed)[1].organizer.value == "mailto:team@here.example"

    def test_quiet_hours_hold_invitations_back(self, at, act, people, booking, mailbox):
        act(preferences.add_windows, people.owner.id, range(7), time(13), time(18))
        act(bookings.book, booking, people.owner.id)
        with at():
            assert mailbox.collect() == []
        with at(in_london(2026, 6, 4, 18)):
            assert len(mailbox.collect()) == 1

    def test_two_bookings_at_the_same_time_are_one_entry(self, app, people, booking, mailbox):
        barrier = threading.Barrier(4)

        def book():
            with app.app_context(), clock.frozen(START):
                barrier.wait()
                with transaction():
                    bookings.book(booking, people.owner.id)

        threads = [threading.Thread(target=book) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with clock.frozen(START):
            assert [read(mail)[:2] for mail in mailbox.collect()] == [("REQUEST", 0)]


class TestTelling:
    def inbox(self, person):
        return [(seen.kind, seen.subject) for seen in queries.inbox(person.id)[0]]

    def test_a_move_is_in_everybodys_inbox_but_the_movers(self, at, act, people, booking):
        act(bookings.book, booking, people.owner.id, people.peer.id)
        act(bookings.move, replace(booking, ends_at=in_london(2026, 6, 11, 16)), by=people.peer.id)
        with at():
            told = ("booking", "Changed: Coffee catch-up, Thursday 11 June 2026, 2pm to 4pm")
            assert self.inbox(people.owner) == [told]
            assert self.inbox(people.peer) == []

    def test_cancelling_for_all_tells_those_who_were_booked(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id, people.peer.id, people.outsider.id)
        with at():
            mailbox.collect()
        act(bookings.cancel, "slot", 7, people.outsider.id)
        act(bookings.cancel_all, "slot", 7, by=people.peer.id)
        act(bookings.cancel_all, "slot", 7)
        with at():
            told = ("booking", "Cancelled: Coffee catch-up, Thursday 11 June 2026, 2pm to 3pm")
            assert self.inbox(people.owner) == [told]
            assert self.inbox(people.peer) == self.inbox(people.outsider) == []
            cancelled = [mail["To"] for mail in mailbox.collect() if read(mail)[0] == "CANCEL"]
        assert sorted(cancelled) == sorted([people.owner.email, people.peer.email, people.outsider.email])


class TestReminders:
    def told(self, person):
        return [seen.subject for seen in queries.inbox(person.id)[0] if seen.kind == "reminder"]

    def test_a_day_and_an_hour_before(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id)
        reminder = "Reminder: Coffee catch-up, Thursday 11 June 2026, 2pm to 3pm"
        for moment, times in (
            (booking.starts_at - timedelta(hours=24, minutes=1), 0),
            (booking.starts_at - timedelta(hours=24), 1),
            (booking.starts_at - timedelta(minutes=61), 1),
            (booking.starts_at - timedelta(minutes=60), 2),
        ):
            with at(moment):
                mailbox.collect()
                mails = mailbox.collect()
                assert self.told(people.owner) == [reminder] * times
                assert [mail["Subject"] for mail in mails].count(reminder) == times

    def test_a_late_booking_has_only_what_is_still_ahead(self, at, act, people, booking):
        act(bookings.book, booking, people.owner.id, moment=booking.starts_at - timedelta(hours=2))
        with at():
            kept = db.session.scalars(select(OutboxMessage.due_at).where(OutboxMessage.kind == "reminder")).all()
        assert kept == [booking.starts_at - timedelta(hours=1)]

    def test_a_move_moves_them(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id)
        later = replace(
            booking, starts_at=booking.starts_at + timedelta(days=1), ends_at=booking.ends_at + timedelta(days=1)
        )
        act(bookings.move, later)
        with at(booking.starts_at - timedelta(hours=1)):
            mailbox.collect()
            assert self.told(people.owner) == []
        with at(later.starts_at - timedelta(hours=1)):
            mailbox.collect()
            assert set(self.told(people.owner)) == {"Reminder: Coffee catch-up, Friday 12 June 2026, 2pm to 3pm"}

    def test_a_cancellation_ends_them(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id)
        act(bookings.cancel, "slot", 7, people.owner.id)
        with at(booking.starts_at - timedelta(minutes=30)):
            mailbox.collect()
            assert self.told(people.owner) == []

    def test_a_choice_of_ones_own_holds_for_what_is_booked_already(self, at, act, people, booking, mailbox):
        act(bookings.book, booking, people.owner.id, people.peer.id)
        act(preferences.set_reminders, people.owner.id, [3 * 24 * 60, 15])
        with at(booking.starts_at - timedelta(days=3)):
            mailbox.collect()
            assert (len(self.told(people.owner)), len(self.told(people.peer))) == (1, 0)
        with at(booking.starts_at - timedelta(minutes=60)):
            mailbox.collect()
            assert (len(self.told(people.owner)), len(self.told(people.peer))) == (1, 2)
        with at(booking.starts_at - timedelta(minutes=15)):
            mailbox.collect()
            assert len(self.told(people.owner)) == 2

    def test_who_wants_none_gets_none(self, at, act, people, booking, mailbox):
        act(preferences.set_reminders, people.owner.id, [])
        act(bookings.book, booking, people.owner.id)
        with at(booking.starts_at - timedelta(minutes=30)):
            mailbox.collect()
            assert self.told(people.owner) == []

    def test_none_comes_after_it_began(self, at, act, people, booking, mailbox):
        """The worker was away for a while."""
        act(bookings.book, booking, people.owner.id)
        with at(booking.starts_at):
            mailbox.collect()
            assert self.told(people.owner) == []

    def test_quiet_hours_do_not_swallow_the_last_one(self, at, act, people, booking, mailbox):
        act(preferences.add_windows, people.owner.id, range(7), time(12), time(18))
        act(bookings.book, booking, people.owner.id)
        with at(booking.starts_at - timedelta(hours=1)):
            mailbox.collect()
            assert [mail["Subject"].split(":")[0] for mail in mailbox.collect()].count("Reminder") >= 1


verbs = st.lists(st.sampled_from(["book", "move", "cancel", "again", "send"]), max_size=14)
subjects = count(100)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs)
def test_whatever_happens_the_uid_stays_and_what_is_sent_rises(app, people, verbs):
    """The order of a member's life with one booking; what their calendar last heard is how it stands."""
    subject_id = next(subjects)
    booking = a_booking(people.programme_id, subject_id=subject_id)
    with app.app_context(), clock.frozen(START):
        sent, hours = [], 0
        app.extensions["post"] = Post(app.extensions["settings"], sent.append)
        for verb in [*verbs, "send"]:
            with transaction():
                if verb in {"book", "again"}:
                    bookings.book(booking, people.owner.id)
                elif verb == "move":
                    hours += 1
                    booking = replace(
                        booking,
                        starts_at=booking.starts_at + timedelta(hours=hours),
                        ends_at=booking.ends_at + timedelta(hours=hours),
                    )
                    bookings.move(booking)
                elif verb == "cancel":
                    bookings.cancel("slot", subject_id, people.owner.id)
            if verb == "send":
                outbox.sweep()
        calendar = [event_in(mail) for mail in sent]
        entry = db.session.scalars(select(CalendarEntry).where(CalendarEntry.subject_id == subject_id)).one_or_none()
        sequences = [int(event.sequence.value) for _method, event in calendar]
        assert sequences == sorted(set(sequences))
        assert {event.uid.value for _method, event in calendar} <= {entry.uid if entry else None}
        if calendar:
            method, event = calendar[-1]
            assert (method == "CANCEL") == (entry.cancelled_at is not None)
            assert entry.cancelled_at or event.dtstart.value == entry.starts_at
        else:
            assert entry is None or entry.cancelled_at is not None
