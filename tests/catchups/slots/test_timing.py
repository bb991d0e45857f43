"""A series keeps its time of day through both changes of the clocks; an hour that does not exist is refused."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catchups.slots.timing import (
    MOST_TIMES,
    Cadence,
    Hours,
    Month,
    NoSuchHourError,
    Span,
    cadence_words,
    days,
    hours_of,
    month_after,
)

LONDON = ZoneInfo("Europe/London")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # the clocks change in the night to these

a_day = st.dates(date(2020, 1, 1), date(2035, 12, 31))
a_time = st.times().map(lambda at: at.replace(second=0, microsecond=0))
a_cadence = st.sampled_from([Cadence.WEEKLY, Cadence.FORTNIGHTLY, Cadence.MONTHLY])


@given(first=a_day, cadence=a_cadence, times=st.integers(2, MOST_TIMES), starts=a_time, ends=a_time)
def test_every_occurrence_is_at_the_same_time_of_day(first, cadence, times, starts, ends):
    hours = Hours(starts, ends)
    for day in days(first, cadence, times):
        try:
            span = hours.on(day)
        except NoSuchHourError:
            assert day.month == 3
            continue
        local = [moment.astimezone(LONDON) for moment in span]
        assert [moment.time() for moment in local] == [starts, ends]
        assert local[0].date() == day
        assert hours_of(span) == (day, hours)


@given(first=a_day, cadence=a_cadence, times=st.integers(2, MOST_TIMES))
def test_a_series_begins_on_its_first_day_and_keeps_the_weekday(first, cadence, times):
    found = days(first, cadence, times)
    assert len(found) == times
    assert found == sorted(set(found))
    assert {day.weekday() for day in found} == {first.weekday()}
    assert found[0] == first


@given(first=a_day, times=st.integers(2, 12))
def test_monthly_comes_once_in_each_month(first, times):
    found = days(first, Cadence.MONTHLY, times)
    months = [month_after(Month(first.year, first.month), n) for n in range(times)]
    assert [Month(day.year, day.month) for day in found] == months
    # The same one of its weekday: the second Tuesday stays the second, a fifth is the last.
    nth = (first.day - 1) // 7
    assert all((day.day - 1) // 7 == nth or (nth == 4 and (day + timedelta(7)).month != day.month) for day in found)


@pytest.mark.parametrize(
    ("first", "utc_hours"),
    [(date(2026, 3, 24), [12, 11]), (date(2026, 10, 20), [11, 12])],
    ids=["clocks go forward between them", "clocks go back between them"],
)
def test_weekly_across_a_change_of_the_clocks(first, utc_hours):
    spans = [Hours(time(12), time(12, 30)).on(day) for day in days(first, Cadence.WEEKLY, 2)]
    assert [span.starts_at.hour for span in spans] == utc_hours
    assert {span.ends_at - span.starts_at for span in spans} == {timedelta(minutes=30)}


@pytest.mark.parametrize("hours", [Hours(time(1, 30), time(2, 30)), Hours(time(0, 30), time(1, 30))])
def test_the_hour_that_is_left_out_is_refused_with_its_day(hours):
    with pytest.raises(NoSuchHourError, match=r"There is no 01:30 on 29 March 2026, because the clocks go forward"):
        hours.on(SPRING)


def test_over_the_change_itself_a_night_is_an_hour_shorter_or_longer():
    night = Hours(time(0, 30), time(2, 30))
    assert [span.ends_at - span.starts_at for span in (night.on(SPRING), night.on(AUTUMN))] == [
        timedelta(hours=1),
        timedelta(hours=3),
    ]


def test_of_an_hour_that_comes_twice_it_is_the_first_and_that_is_said():
    hours = Hours(time(1, 15), time(3))
    assert hours.on(AUTUMN).starts_at == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert hours.come_twice(AUTUMN) == [time(1, 15)]
    assert hours.come_twice(date(2026, 10, 26)) == []
    assert Hours(time(23), time(1, 15)).come_twice(date(2026, 10, 24)) == [time(1, 15)]


def test_an_end_before_the_start_is_on_the_next_day():
    span = Hours(time(23, 30), time(0, 15)).on(date(2026, 12, 31))
    assert span == Span(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), datetime(2027, 1, 1, 0, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("cadence", "words"),
    [
        (Cadence.ONCE, "once"),
        (Cadence.WEEKLY, "every Tuesday"),
        (Cadence.FORTNIGHTLY, "every other Tuesday"),
        (Cadence.MONTHLY, "on the second Tuesday of each month"),
    ],
)
def test_how_often_in_words(cadence, words):
    assert cadence_words(date(2026, 12, 8), cadence) == words


TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "abc", "-1-2", "99999999-01", "²026-01", "1900-01"])
def test_what_is_no_month_is_this_one(text):
    assert Month.read(text, TODAY) == Month(2026, 11)


def test_a_month_of_an_address():
    month = Month.read("2027-02", TODAY)
    assert (month, month.code, month.words) == (Month(2027, 2), "2027-02", "February 2027")
    assert month_after(month, -2).code == "2026-12"


@given(day=a_day)
def test_a_month_holds_its_days_and_whole_weeks(day):
    month = Month(day.year, day.month)
    weeks = month.weeks()
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in weeks)
    assert sum(day in week for week in weeks) == 1
    assert month.span.starts_at <= Hours(time(12), time(13)).on(day).starts_at < month.span.ends_at
    assert month_after(month, 1).span.starts_at == month.span.ends_at
