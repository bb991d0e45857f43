"""Outcomes in words: never a number, never a mark."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scenarios import outcomes
from app.scenarios.format.model import Story, Variable


def story_of(*axes):
    return Story(variables=tuple(axes))


def axis(minimum, maximum, *, name="x", shown=True):
    return Variable(name, shown=shown, label=f"The {name}", minimum=minimum, maximum=maximum, start=minimum)


@pytest.mark.parametrize(
    ("value", "words", "filled"),
    [(0, "very low", 0), (1, "low", 1), (2, "in the middle", 2), (3, "high", 3), (4, "very high", 4)],
)
def test_where_an_axis_stands(value, words, filled):
    (meter,) = outcomes.meters(story_of(axis(0, 4)), {"x": value})
    assert (meter.label, meter.words, meter.filled, meter.parts) == ("The x", words, filled, 4)


@given(st.integers(-50, 50), st.integers(0, 200), st.data())
def test_a_meter_is_full_only_at_the_top_and_rises_with_the_value(low, span, data):
    story = story_of(axis(low, low + span))
    values = sorted(data.draw(st.lists(st.integers(low, low + span), min_size=2, max_size=2)))
    lower, higher = (outcomes.meters(story, {"x": value})[0] for value in values)
    assert 0 <= lower.filled <= higher.filled <= higher.parts <= outcomes.MOST_PARTS
    assert (higher.words == "very high") == (values[1] == low + span)
    assert not re.search(r"\d", lower.words)


def test_hidden_variables_stay_hidden():
    story = story_of(axis(0, 4), axis(0, 4, name="secret", shown=False))
    before, after = {"x": 0, "secret": 0}, {"x": 1, "secret": 1}
    assert [meter.label for meter in outcomes.meters(story, before)] == ["The x"]
    assert [change.label for change in outcomes.changes(story, before, after)] == ["The x"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [(0, 1, "went up"), (2, 1, "went down"), (0, 2, "went up a lot"), (4, 0, "went down a lot")],
)
def test_which_way_it_went(before, after, words):
    (change,) = outcomes.changes(story_of(axis(0, 4)), {"x": before}, {"x": after})
    assert change.words == words


def test_a_single_part_is_never_a_lot():
    (change,) = outcomes.changes(story_of(axis(0, 1)), {"x": 0}, {"x": 1})
    assert change.words == "went up"


def test_what_did_not_move_is_not_mentioned():
    assert outcomes.changes(story_of(axis(0, 4)), {"x": 2}, {"x": 2}) == []
