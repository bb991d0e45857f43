"""Times as people type them, and the moments they mean on the clocks of London."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import in_london, london, moment, read_time, time_words

MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(at=MINUTES)
def test_what_we_write_we_can_read(at):
    assert read_time(time_words(in_london(2024, 1, 1, at.hour, at.minute))) == at
    assert read_time(f"{at:%H:%M}") == at


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:45am", time(8, 45)),
        (" 8.45 AM ", time(8, 45)),
        ("4pm", time(16)),
        ("12pm", time(12)),
        ("12:30am", time(0, 30)),
        ("16:30", time(16, 30)),
        ("8:45 a.m.", time(8, 45)),
        ("Midday", time(12)),
        ("noon", time(12)),
        ("midnight", time(0)),
    ],
)
def test_people_write_times_in_many_ways(typed, meant):
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "8", "13pm", "0am", "24:00", "8:60", "quarter to nine", "8:45:00", "٨:٤٥x", "-1:00"]
)
def test_what_is_no_time_gets_a_sentence(typed):
    with pytest.raises(ValueError, match="Enter a"):
        read_time(typed)


@given(day=st.dates(date(2000, 1, 1), date(2100, 12, 31)), at=MINUTES)
def test_a_moment_shows_what_was_typed_or_does_not_exist(day, at):
    try:
        shown = london(moment(day, at))
    except ValueError:
        last_week_of_march = day.month == 3 and (day + timedelta(7)).month == 4
        assert (last_week_of_march, at.hour) == (True, 1)
    else:
        assert (shown.date(), shown.time()) == (day, at)


def test_the_hour_that_is_left_out_in_spring_has_no_times():
    for minute in (0, 30, 59):
        with pytest.raises(ValueError, match="clocks go forward"):
            moment(date(2026, 3, 29), time(1, minute))
    assert moment(date(2026, 3, 29), time(0, 59)) == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert moment(date(2026, 3, 29), time(2)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_the_hour_that_comes_twice_in_autumn_means_its_first_time():
    assert moment(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
