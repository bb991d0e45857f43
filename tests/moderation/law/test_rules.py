"""When an assessment of risks is due, and the numbers of complaints."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.moderation.law.rules import (
    LONGEST_HARM,
    LONGEST_HOW,
    USUAL_HARMS,
    Standing,
    reference,
    review_on,
    standing,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Standing.OVERDUE),
        (0, Standing.DUE_SOON),
        (30, Standing.DUE_SOON),
        (31, Standing.CURRENT),
        (365, Standing.CURRENT),
    ],
)
def test_where_it_stands(days, expected):
    assert standing(TODAY + timedelta(days=days), TODAY) is expected


def test_none_is_missing():
    assert standing(None, TODAY) is Standing.MISSING


@given(st.dates(max_value=date(9000, 1, 1)))
def test_it_is_reviewed_within_a_year(day):
    assert timedelta(0) < review_on(day) - day <= timedelta(days=366)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_no_two_complaints_have_one_number(one, other):
    assert (reference(one) == reference(other)) is (one == other)


def test_the_usual_harms_fit_into_their_columns():
    assert len({harm.name for harm in USUAL_HARMS}) == len(USUAL_HARMS)
    assert all(len(harm.name) <= LONGEST_HARM for harm in USUAL_HARMS)
    assert all(harm.how and harm.measures and len(harm.how + harm.measures) <= LONGEST_HOW for harm in USUAL_HARMS)
