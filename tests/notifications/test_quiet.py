"""Quiet hours: when they begin and end, also where the clocks change, and that they always end."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import in_london
from app.notifications.quiet import (
    LONDON,
    LONGEST_WAIT,
    QuietHours,
    Shifts,
    Window,
    leaves_room,
    span,
)

NIGHT = [Window(day, time(21, 30), time(7)) for day in range(7)]
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # Sundays on which the clocks change

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
windows = st.lists(st.builds(Window, st.integers(0, 6), times, times), max_size=6)
days = st.dates(date(2026, 3, 1), date(2026, 11, 30))
moments = st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def shifts(draw):
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(0, 6)))
    return Shifts(first, last, draw(times), draw(times), draw(st.integers(0, 12)))


quiet_hours = st.builds(QuietHours, windows, st.lists(shifts(), max_size=3))


def plainly_quiet(at, quiet):
    """Quiet hours written down another way: by looking at every day around, one quiet time after the other."""
    today = at.astimezone(LONDON).date()
    for offset in range(-3, 2):
        day = today + timedelta(days=offset)
        for window in quiet.windows:
            if window.weekday == day.weekday():
                start, end = span(day, window.starts, window.ends)
                if start <= at < end:
                    return True
        for shift in quiet.shifts:
            if shift.first_day <= day <= shift.last_day:
                start, end = span(day, shift.starts, shift.ends)
                if start <= at < end + timedelta(hours=shift.rest_hours):
                    return True
    return False


@given(moments, quiet_hours)
def test_the_next_open_moment_is_the_first_that_is_not_quiet(now, quiet):
    opens = quiet.next_open(now)
    assert now <= opens <= now + LONGEST_WAIT
    if opens < now + LONGEST_WAIT:
        assert not plainly_quiet(opens, quiet)
    step = max((opens - now) / 40, timedelta(microseconds=1))
    waiting = [now + step * count for count in range(40)]
    assert all(plainly_quiet(at, quiet) for at in waiting if at < opens)


@given(moments, quiet_hours)
def test_asking_again_at_the_end_changes_nothing(now, quiet):
    opens = quiet.next_open(now)
    if opens < now + LONGEST_WAIT:
        assert quiet.next_open(opens) == opens
        assert not quiet.is_quiet(opens)
    assert quiet.is_quiet(now) == (opens > now)


def test_without_quiet_hours_mail_goes_now():
    now = in_london(2026, 5, 5, 3)
    assert QuietHours().next_open(now) == now


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (in_london(2026, 5, 5, 22), in_london(2026, 5, 6, 7)),
        (in_london(2026, 5, 6, 6, 59), in_london(2026, 5, 6, 7)),
        (in_london(2026, 5, 6, 7), in_london(2026, 5, 6, 7)),
        (in_london(2026, 5, 6, 21, 29), in_london(2026, 5, 6, 21, 29)),
        (in_london(2026, 5, 6, 21, 30), in_london(2026, 5, 7, 7)),
    ],
)
def test_a_night_ends_on_the_next_morning(now, opens):
    assert QuietHours(NIGHT).next_open(now) == opens


def test_quiet_times_that_follow_each_other_are_one():
    quiet = QuietHours([Window(0, time(8), time(12)), Window(0, time(12), time(14)), Window(0, time(13), time(17))])
    assert quiet.next_open(in_london(2026, 5, 4, 9)) == in_london(2026, 5, 4, 17)


def test_nights_from_the_third_to_the_seventh_of_december():
    nights = QuietHours(shifts=[Shifts(date(2026, 12, 3), date(2026, 12, 7), time(20), time(8))])
    assert nights.next_open(in_london(2026, 12, 3, 19, 59)) == in_london(2026, 12, 3, 19, 59)
    assert nights.next_open(in_london(2026, 12, 3, 23)) == in_london(2026, 12, 4, 8)
    assert nights.next_open(in_london(2026, 12, 8, 7)) == in_london(2026, 12, 8, 8)
    assert nights.next_open(in_london(2026, 12, 8, 21)) == in_london(2026, 12, 8, 21)


def test_rest_follows_each_shift():
    nights = QuietHours(shifts=[Shifts(date(2026, 12, 3), date(2026, 12, 4), time(20), time(8), rest_hours=7)])
    assert nights.next_open(in_london(2026, 12, 4, 1)) == in_london(2026, 12, 4, 15)
    assert not nights.is_quiet(in_london(2026, 12, 4, 16))
    assert nights.is_quiet(in_london(2026, 12, 5, 14, 59))


def test_a_night_in_spring_is_an_hour_shorter():
    start, end = span(SPRING - timedelta(days=1), time(21, 30), time(7))
    assert end - start == timedelta(hours=8, minutes=30)
    assert end == in_london(2026, 3, 29, 7)


def test_a_night_in_autumn_is_an_hour_longer():
    start, end = span(AUTUMN - timedelta(days=1), time(21, 30), time(7))
    assert end - start == timedelta(hours=10, minutes=30)


def test_an_hour_that_comes_twice_is_quiet_twice():
    quiet = QuietHours([Window(6, time(1), time(2))])
    first, second = datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)
    assert quiet.next_open(first) == quiet.next_open(second) == datetime(2026, 10, 25, 2, tzinfo=UTC)
    half = QuietHours([Window(6, time(1, 15), time(1, 30))])
    assert half.next_open(first + timedelta(minutes=20)) == second + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("starts", "ends", "length"),
    [
        (time(0, 30), time(1, 30), timedelta(minutes=30)),  # until the change, which is at 1am
        (time(1, 30), time(3), timedelta(hours=1)),  # from the change on, when clocks show 2am
        (time(1, 15), time(1, 45), timedelta(0)),
    ],
)
def test_a_time_that_the_clocks_leave_out_is_the_change_itself(starts, ends, length):
    begin, end = span(SPRING, starts, ends)
    assert end - begin == length
    assert begin <= datetime(2026, 3, 29, 1, tzinfo=UTC) <= end


def test_quiet_hours_that_never_end_do_end():
    always = QuietHours([Window(day, time(0), time(0)) for day in range(7)])
    now = in_london(2026, 5, 5, 12)
    assert always.next_open(now) == now + LONGEST_WAIT


@pytest.mark.parametrize(
    ("windows", "room"),
    [
        ([], True),
        (NIGHT, True),
        ([Window(day, time(0), time(0)) for day in range(7)], False),
        ([Window(day, time(8), time(8)) for day in range(7)], False),
        ([Window(day, time(0), time(0)) for day in range(6)], True),
        ([Window(day, time(8), time(7)) for day in range(7)], True),
        ([Window(day, time(8), time(7, 1)) for day in range(7)], False),
        # Half an hour before midnight and half an hour after it are one hour.
        (
            [
                *[Window(day, time(0), time(0)) for day in range(1, 6)],
                Window(0, time(0, 30), time(0)),
                Window(6, time(0), time(23, 30)),
            ],
            True,
        ),
    ],
)
def test_a_week_must_leave_an_hour(windows, room):
    assert leaves_room(windows) is room


@given(windows)
def test_a_week_that_leaves_room_lets_mail_through_within_eight_days(windows):
    if leaves_room(windows):
        now = in_london(2026, 5, 5, 12)
        assert QuietHours(windows).next_open(now) - now <= timedelta(days=8)
