"""When mail goes out, and what a notice and a booking may be."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import in_london, london
from app.notifications.quiet import QuietHours, Window
from app.notifications.rules import (
    NO_DIGEST,
    TIME_TO_ACT,
    Booking,
    Delivery,
    Kind,
    Notice,
    before_words,
    goes_alone,
    is_path,
    next_digest,
    reminders_ahead,
    sends_at,
    told,
)

moments = st.datetimes(datetime(2026, 3, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
NIGHT = QuietHours([Window(day, time(22), time(7)) for day in range(7)])
NOTICE = Notice(kind="replies", key="reply:1", subject="Somebody replied", path="/forums/topics/1")
BOOKING = Booking(
    subject_type="slot",
    subject_id=7,
    title="Coffee catch-up",
    starts_at=in_london(2026, 6, 4, 14),
    ends_at=in_london(2026, 6, 4, 15),
    path="/catchups/7",
    programme_id=1,
)


@given(moments)
def test_the_daily_mail_is_at_8_on_the_clocks_of_london_within_a_day(now):
    at = next_digest(Delivery.DAILY, now)
    assert london(at).time() == time(8)
    assert now < at <= now + timedelta(hours=25)  # the day on which the clocks go back has 25 hours


@given(moments)
def test_the_weekly_mail_is_at_8_on_the_next_monday(now):
    at = next_digest(Delivery.WEEKLY, now)
    assert (london(at).time(), london(at).weekday()) == (time(8), 0)
    assert now < at <= now + timedelta(days=7, hours=1)
    assert next_digest(Delivery.DAILY, at - timedelta(hours=1)) == at


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (in_london(2026, 3, 28, 9), datetime(2026, 3, 29, 7, tzinfo=UTC)),  # the morning after the clocks went forward
        (in_london(2026, 10, 24, 9), datetime(2026, 10, 25, 8, tzinfo=UTC)),  # and back
        (in_london(2026, 6, 4, 8), in_london(2026, 6, 5, 8)),
        (in_london(2026, 6, 4, 7, 59), in_london(2026, 6, 4, 8)),
    ],
)
def test_the_daily_mail_follows_the_clocks(now, at):
    assert next_digest(Delivery.DAILY, now) == at


@pytest.mark.parametrize(
    ("delivery", "until", "alone"),
    [
        (Delivery.AT_ONCE, None, True),
        (Delivery.OFF, None, False),
        (Delivery.OFF, in_london(2026, 6, 4, 21), False),
        (Delivery.DAILY, None, False),
        (Delivery.DAILY, in_london(2026, 6, 5, 9), False),
        (Delivery.DAILY, in_london(2026, 6, 5, 8, 59), True),
        (Delivery.WEEKLY, in_london(2026, 6, 8, 9), False),
        (Delivery.WEEKLY, in_london(2026, 6, 7, 9), True),
    ],
)
def test_what_would_be_too_late_in_a_collected_mail_goes_alone(delivery, until, alone):
    thursday = in_london(2026, 6, 4, 20)
    assert goes_alone(delivery, thursday, until) is alone


@pytest.mark.parametrize(
    ("until", "at"),
    [
        (None, in_london(2026, 6, 5, 7)),
        (in_london(2026, 6, 11, 8), in_london(2026, 6, 5, 7)),
        (in_london(2026, 6, 5, 8), in_london(2026, 6, 5, 7)),
        (in_london(2026, 6, 5, 7, 59), in_london(2026, 6, 4, 23)),
        (in_london(2026, 6, 5, 6), in_london(2026, 6, 4, 23)),
    ],
)
def test_mail_waits_for_the_morning_unless_that_leaves_no_time_to_act(until, at):
    assert sends_at(in_london(2026, 6, 4, 23), NIGHT, until) == at


@given(moments, st.none() | moments)
def test_mail_goes_in_quiet_hours_only_for_what_would_run_out(now, until):
    at = sends_at(now, NIGHT, until)
    assert at >= now
    if NIGHT.is_quiet(at):
        assert at == now
        assert until is not None
        assert NIGHT.next_open(now) > until - TIME_TO_ACT


def test_a_choice_counts_only_where_the_kind_offers_it():
    kind = Kind("booking", "Invitations", deliveries=NO_DIGEST)
    assert kind.chosen(None) is Delivery.AT_ONCE
    assert kind.chosen(Delivery.OFF) is Delivery.OFF
    assert kind.chosen(Delivery.WEEKLY) is Delivery.AT_ONCE
    with pytest.raises(ValueError, match="default"):
        Kind("booking", "Invitations", Delivery.DAILY, NO_DIGEST)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"path": "https://elsewhere.example/"}, "one slash"),
        ({"path": "//elsewhere.example/"}, "one slash"),
        ({"path": "/\\elsewhere.example/"}, "one slash"),
        ({"path": "catchups/7"}, "one slash"),
        ({"path": "/a\r\nSet-Cookie: b"}, "one line"),
        ({"subject": "one\nBcc: everybody@example.org"}, "one line"),
        ({"subject": "  "}, "a key and a subject"),
        ({"subject": "x" * 201}, "at most 200"),
        ({"body": "x" * 501}, "at most 500"),
        ({"key": ""}, "a key and a subject"),
        ({"key": "x" * 121}, "at most 120"),
        ({"until": datetime(2026, 1, 1)}, "time zone"),  # noqa: DTZ001
    ],
)
def test_a_notice_that_could_not_be_kept_or_shown_is_refused(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        replace(NOTICE, **change)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"ends_at": BOOKING.starts_at}, "ends after it starts"),
        ({"starts_at": datetime(2026, 6, 4, 14)}, "time zone"),  # noqa: DTZ001
        ({"title": " "}, "title of one line"),
        ({"title": "Coffee\r\nATTENDEE:mailto:x@example.org"}, "title of one line"),
        ({"title": "x" * 101}, "at most 100"),
        ({"place": "x" * 301}, "300"),
        ({"path": "//elsewhere.example"}, "one slash"),
    ],
)
def test_a_booking_that_no_calendar_could_show_is_refused(change, complaint):
    with pytest.raises(ValueError, match=complaint):
        replace(BOOKING, **change)


def test_a_path_is_a_page_of_ours():
    assert is_path("/")
    assert is_path("/catchups/7?show=all#places")


def test_a_body_names_who_it_is_about_as_they_are_called_now():
    assert told("{name} gave up a place.", "Petra Peer") == "Petra Peer gave up a place."
    assert told("{name} gave up a place.", None) == "Somebody who has left gave up a place."
    assert told("Petra {0} {oops}", None) == "Petra {0} {oops}"


def test_only_reminders_ahead_are_planned():
    now = BOOKING.starts_at - timedelta(hours=3)
    assert reminders_ahead([1440, 60, 180, 5], BOOKING.starts_at, now) == [
        (60, BOOKING.starts_at - timedelta(hours=1)),
        (5, BOOKING.starts_at - timedelta(minutes=5)),
    ]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute before"),
        (45, "45 minutes before"),
        (60, "1 hour before"),
        (90, "90 minutes before"),
        (1440, "1 day before"),
        (2880, "2 days before"),
        (10080, "1 week before"),
    ],
)
def test_times_before_in_words(minutes, words):
    assert before_words(minutes) == words
