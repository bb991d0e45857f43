"""Pure decisions about rounds: who is due, when the next one opens, what counts as a meeting, what leads may see."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catchups.rounds.icebreakers import ICEBREAKERS, icebreaker
from app.catchups.rounds.network import BAR, LABEL, ROOM_FOR_NUMBER, ROW, WIDTH, picture, row
from app.catchups.rounds.rules import (
    STANDING,
    Answer,
    Meetings,
    SeatFacts,
    SeatState,
    is_due,
    is_paused,
    meetings,
    opens_next,
)
from app.catchups.slots.timing import Cadence
from app.core.suppression import SMALL

CLOSES = datetime(2031, 3, 8, 20, tzinfo=UTC)
counts = st.integers(0, 40)
seats = st.builds(
    SeatFacts, st.sampled_from([None, 1, 2, 3]), st.sampled_from(SeatState), st.sampled_from([None, *Answer])
)


@pytest.mark.parametrize(
    ("cadence", "days_ago", "due"),
    [
        (Cadence.WEEKLY, 7, True),
        (Cadence.WEEKLY, 5, True),
        (Cadence.FORTNIGHTLY, 7, False),
        (Cadence.FORTNIGHTLY, 14, True),
        (Cadence.MONTHLY, 21, False),
        (Cadence.MONTHLY, 28, True),
        (Cadence.MONTHLY, 31, True),
    ],
)
def test_who_is_due(cadence, days_ago, due):
    assert is_due(cadence, CLOSES - timedelta(days=days_ago), CLOSES) is due


@given(st.sampled_from(STANDING), st.integers(0, 400))
def test_whoever_never_met_is_due_and_who_waits_longer_is_due_as_well(cadence, days_ago):
    assert is_due(cadence, None, CLOSES)
    if is_due(cadence, CLOSES - timedelta(days=days_ago), CLOSES):
        assert is_due(cadence, CLOSES - timedelta(days=days_ago + 1), CLOSES)


def test_the_day_on_which_somebody_is_back_counts():
    assert is_paused(date(2031, 3, 9), date(2031, 3, 8))
    assert not is_paused(date(2031, 3, 8), date(2031, 3, 8))
    assert not is_paused(None, date(2031, 3, 8))


@given(st.dates(date(2025, 1, 1), date(2030, 1, 1)), st.sampled_from(STANDING), st.integers(-30, 400))
def test_the_next_round_opens_after_today_on_the_same_weekday(opened_on, cadence, later):
    today = opened_on + timedelta(days=later)
    coming = opens_next(opened_on, cadence, today)
    assert coming > today or later < 0
    assert coming.weekday() == opened_on.weekday()
    if later >= 0:
        assert coming - today <= timedelta(days=36)


@given(st.lists(st.lists(seats, min_size=2, max_size=4), max_size=8))
def test_meetings_are_couples_of_people_who_could_come_in_groups_that_met(groups):
    found = meetings(groups)
    couples = 0
    for group in groups:
        here = [seat for seat in group if seat.state is SeatState.IN]
        if any(seat.answer is Answer.MET for seat in here):
            known = sum(seat.organisation_id is not None for seat in here)
            couples += known * (known - 1) // 2
    assert found.across + found.within == couples


def test_one_yes_is_enough_and_nobodys_no_outweighs_it():
    yes, no = (SeatFacts(n, SeatState.IN, answer) for n, answer in ((1, Answer.MET), (2, Answer.NOT_MET)))
    assert meetings([[yes, no]]) == Meetings(1, 0)
    assert meetings([[no, no]]) == Meetings(0, 0)


@given(counts, counts)
def test_nothing_under_five_is_shown_or_can_be_worked_out_in_a_row(across, within):
    shown = row("Round 1", Meetings(across, within))
    assert all(value is None or value >= SMALL for value in (shown.across, shown.within, shown.total))
    possible = [(one, two) for one in range(41) for two in range(41) if row("Round 1", Meetings(one, two)) == shown]
    for place, value in enumerate((shown.across, shown.within)):
        if value is None:
            assert {couple[place] for couple in possible} == set(range(SMALL)), "a hidden number may be any small one"


@given(st.lists(st.tuples(counts, counts), max_size=24))
def test_the_picture_has_a_bar_for_each_row_inside_its_frame(numbers):
    rows = [row(f"Round {n}", Meetings(*found)) for n, found in enumerate(numbers)]
    drawn = picture(rows)
    assert [bar.row for bar in drawn.bars] == rows
    assert drawn.across == sum(each.across or 0 for each in rows) <= sum(across for across, _ in numbers)
    for place, bar in enumerate(drawn.bars):
        assert place * ROW <= bar.top <= (place + 1) * ROW - BAR
        assert LABEL <= bar.end <= WIDTH - ROOM_FOR_NUMBER


def test_questions_to_begin_with_differ_in_a_round_and_fit_their_column():
    assert len({icebreaker(7, number) for number in range(len(ICEBREAKERS))}) == len(ICEBREAKERS)
    assert max(map(len, ICEBREAKERS)) <= 200
