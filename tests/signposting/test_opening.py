"""Opening hours: by what a clock in London shows, through clock changes, bank holidays and midnight."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import LONDON, in_london
from app.signposting.bank_holidays import is_bank_holiday, known_until
from app.signposting.kinds import BankHolidays
from app.signposting.opening import Opening, Span, in_words, is_open, standing, week_in_words, weekdays
from tests.signposting.moments import MOMENTS

WEEK, DAILY = frozenset(range(5)), frozenset(range(7))
OFFICE = Opening(
    spans=(Span(WEEK, time(8), time(20)), Span(frozenset({5}), time(8), time(14))), bank_holidays=BankHolidays.CLOSED
)
NIGHT = Opening(spans=(Span(DAILY, time(20), time(6)),), bank_holidays=BankHolidays.OPEN)

AROUND = Opening(spans=(Span(DAILY, time(0), time(0)),), bank_holidays=BankHolidays.OPEN)
OVER = Opening(spans=(Span(WEEK, time(9), time(17), last=date(2026, 1, 1)),))

quarters = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
spans = st.builds(Span, st.frozensets(st.integers(0, 6), min_size=1), quarters, quarters)
openings = st.builds(Opening, st.just(False), st.lists(spans, max_size=3).map(tuple), st.sampled_from(BankHolidays))


@pytest.mark.parametrize(
    ("opening", "at", "words"),
    [
        (OFFICE, in_london(2026, 11, 23, 9), "Open now until 8pm"),
        (OFFICE, in_london(2026, 11, 23, 7), "Opens today at 8am"),
        (OFFICE, in_london(2026, 11, 23, 20), "Opens tomorrow at 8am"),
        (OFFICE, in_london(2026, 11, 28, 15), "Opens on Monday at 8am"),
        (OFFICE, in_london(2026, 12, 24, 21), "Opens on Tuesday at 8am"),  # Christmas, Boxing Day, Sunday, substitute
        (NIGHT, in_london(2026, 11, 23, 21), "Open now until 6am tomorrow"),
        (NIGHT, in_london(2026, 11, 24, 1), "Open now until 6am"),
        (NIGHT, in_london(2026, 12, 25, 21), "Open now until 6am tomorrow"),
        (Opening(always=True), in_london(2026, 11, 24, 1), "Open all day, every day"),
        (Opening(), in_london(2026, 11, 24, 1), ""),
        (AROUND, in_london(2026, 11, 24, 1), "Open now"),
        (OVER, in_london(2026, 11, 24, 10), "Closed at the moment"),
    ],
)  # fmt: skip
def test_what_is_said(opening, at, words):
    assert in_words(opening, at, is_bank_holiday) == words


def test_where_nobody_knows_a_bank_holiday_counts_as_closed_and_says_so():
    unknown = Opening(spans=OFFICE.spans)
    boxing_day = in_london(2026, 12, 28, 10)
    assert not is_open(unknown, boxing_day, is_bank_holiday)
    assert in_words(unknown, boxing_day, is_bank_holiday).endswith("we do not know its hours")


def test_in_autumn_an_hour_comes_twice_and_counts_twice():
    until_half_past_one = Opening(spans=(Span(DAILY, time(20), time(1, 30)),))
    first, second = datetime(2026, 10, 25, 0, 15, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert first.astimezone(LONDON).time() == second.astimezone(LONDON).time() == time(1, 15)
    assert is_open(until_half_past_one, first, is_bank_holiday)
    assert is_open(until_half_past_one, second, is_bank_holiday)
    assert not is_open(until_half_past_one, first + timedelta(minutes=30), is_bank_holiday)


def test_in_spring_what_begins_in_the_missing_hour_begins_when_clocks_jump():
    from_half_past_one = Opening(spans=(Span(DAILY, time(1, 30), time(5)),))
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert standing(from_half_past_one, before, is_bank_holiday).changes_at == datetime(2026, 3, 29, 1, tzinfo=UTC)


@given(opening=openings, at=MOMENTS)
def test_it_stays_as_it_is_until_it_is_said_to_change_and_then_changes(opening, at):
    now = standing(opening, at, is_bank_holiday)
    end = now.changes_at or at + timedelta(days=14)
    assert now.is_open == is_open(opening, at, is_bank_holiday)
    for part in range(40):
        assert is_open(opening, at + (end - at) * part / 40, is_bank_holiday) == now.is_open
    if now.changes_at:
        assert now.changes_at > at
        assert is_open(opening, now.changes_at, is_bank_holiday) != now.is_open


@given(opening=openings, at=MOMENTS)
def test_only_the_clock_on_the_wall_decides(opening, at):
    """Were there no time zones, one would come to the same answer by hand."""
    wall = at.astimezone(LONDON).replace(tzinfo=None)
    by_hand = False
    for span in opening.spans:
        for day in (wall.date(), wall.date() - timedelta(days=1)):
            if day.weekday() not in span.days:
                continue
            if is_bank_holiday(day) and opening.bank_holidays is not BankHolidays.OPEN:
                continue
            begins = datetime.combine(day, span.opens)
            ends = datetime.combine(day + timedelta(days=span.closes <= span.opens), span.closes)
            by_hand |= begins <= wall < ends
    assert is_open(opening, at, is_bank_holiday) == by_hand


@given(opening=openings, at=MOMENTS)
def test_words_are_true(opening, at):
    words = in_words(opening, at, is_bank_holiday)
    if opening.is_known:
        assert words.startswith("Open now") == is_open(opening, at, is_bank_holiday)
    else:
        assert words == ""


def test_the_week_in_words():
    assert week_in_words(OFFICE) == ["Monday to Friday, 8am to 8pm", "Saturday, 8am to 2pm", "Not on bank holidays"]
    assert week_in_words(NIGHT) == ["Every day, 8pm to 6am", "Bank holidays as well"]
    assert week_in_words(Opening(spans=(Span(frozenset({5, 6}), time(0), time(0)),))) == [
        "Saturday and Sunday, all day"
    ]
    twice = Opening(spans=(Span(frozenset({1}), time(14), time(17)), Span(frozenset({1}), time(9), time(12))))
    assert week_in_words(twice) == ["Tuesday, 9am to midday and 2pm to 5pm"]
    assert week_in_words(Opening()) == []


def test_days_are_read_as_open_referral_writes_them():
    assert weekdays("MO,TU") == weekdays("tu, mo") == {0, 1}
    assert weekdays("") == weekdays("1MO,never") == frozenset()


def test_the_library_knows_the_bank_holidays_to_come():
    """Fails half a year before its days end: update govuk-bank-holidays then."""
    assert known_until() > date.today() + timedelta(days=180)  # noqa: DTZ011
    assert is_bank_holiday(date(2026, 12, 28))
    assert not is_bank_holiday(date(2026, 12, 29))
