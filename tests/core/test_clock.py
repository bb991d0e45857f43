from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock

moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_frozen_clock_stands_still_and_then_goes_on():
    at = datetime(2024, 12, 5, 8, 45, tzinfo=UTC)
    with clock.frozen(at):
        assert clock.now() == at
    assert clock.now() - at > timedelta(days=365)


def test_winter_and_summer_in_words():
    assert clock.datetime_words(clock.in_london(2024, 12, 5, 8, 45)) == "5 December 2024, 8:45am"
    summer = clock.in_london(2025, 7, 1, 16, 30)
    assert summer.hour == 15  # British Summer Time
    assert clock.time_words(summer) == "4:30pm"


def test_a_span_names_its_day_once():
    start, end = clock.in_london(2024, 12, 5, 8, 45), clock.in_london(2024, 12, 5, 16, 30)
    assert clock.span_words(start, end) == "Thursday 5 December 2024, 8:45am to 4:30pm"
    over_night = clock.span_words(start, end + timedelta(days=1))
    assert over_night == "Thursday 5 December 2024, 8:45am to Friday 6 December 2024, 4:30pm"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "midnight"), (0, 5, "12:05am"), (9, 0, "9am"), (12, 0, "midday"), (12, 30, "12:30pm"), (23, 59, "11:59pm")],
)
def test_times_as_the_service_manual_writes_them(hour, minute, words):
    assert clock.time_words(clock.in_london(2024, 1, 10, hour, minute)) == words


@given(moments)
def test_london_is_the_same_moment(at):
    assert clock.london(at) == at
    local = clock.london(at)
    if local.fold == 0:
        assert clock.in_london(local.year, local.month, local.day, local.hour, local.minute) <= at
