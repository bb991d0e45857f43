"""Where a cohort stands, and what a programme asks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.programme.rules import CohortState, EventKind, Standing, Targets, standing

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
states = st.sampled_from(CohortState)
starts = st.none() | st.timedeltas(timedelta(days=-800), timedelta(days=800)).map(lambda apart: NOW + apart)


@given(state=states, starts_at=starts)
def test_nobody_can_join_what_has_begun(state, starts_at):
    found = standing(state, starts_at, NOW)
    if found in {Standing.OPEN, Standing.CONFIRMED}:
        assert starts_at is None or starts_at > NOW


@given(state=states, starts_at=starts)
def test_before_the_first_date_the_team_is_believed(state, starts_at):
    if starts_at is None or starts_at > NOW:
        assert standing(state, starts_at, NOW).value == state.value


@given(state=states, starts_at=starts)
def test_a_standing_is_ahead_running_or_over(state, starts_at):
    found = standing(state, starts_at, NOW)
    assert [found.is_ahead, found is Standing.RUNNING, found.is_over].count(True) == 1


@pytest.mark.parametrize("kind", [*CohortState, *Standing, *EventKind])
def test_everything_has_words_for_people(kind):
    assert kind.words[0].isupper()
    assert "_" not in kind.words


def test_targets_are_the_pilots_unless_a_programme_says_otherwise():
    assert Targets.read({"places": 30, "unheard_of": 1}) == Targets(places=30)
    assert Targets() == Targets(contact_hours=11, set_hours=9, workbook_hours=48, places=100, cohorts=5)
