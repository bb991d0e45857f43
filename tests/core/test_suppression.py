"""An attacker with linear programming, and one who knows the method, try to find what is held back."""

import json
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from app.core.suppression import JOINED, SMALL, Facts, Release, release, steps

SECRET = b"a secret of the tests"
TEAMS, ANSWERS, YEARS = ("a", "b", "c", "d"), ("yes", "no", "perhaps"), ("y1", "y2")
THREE = {"team": TEAMS, "answer": ANSWERS, "year": YEARS}
counts = st.integers(0, 12) | st.integers(0, 4)


@st.composite
def facts_of(draw, attributes):
    return Facts(attributes, {cell: draw(counts) for cell in product(*attributes.values())})


def of_list(numbers):
    return Facts.of_list({f"v{place}": number for place, number in enumerate(numbers)})


def matches(facts, where):
    """Which of the finest counts a figure adds up."""
    names = list(facts.attributes)
    return np.array([all(cell[names.index(name)] in values for name, values in where.items()) for cell in facts.counts])


def published(facts, found):
    """Each published figure as an equation over the finest counts."""
    rows, sums = [], []
    for table, cells in found.figures.items():
        for cell, count in cells.items():
            where = {n: found.joined[n] if v == JOINED else {v} for n, v in zip(table, cell, strict=True)}
            rows.append(matches(facts, where))
            sums.append(count)
    return np.array(rows, dtype=float).reshape(len(rows), len(facts.counts)), np.array(sums, dtype=float)


def hidden(facts, found):
    """Each figure of a published table that is not shown, and the joined figure that it is a part of."""
    for table, cells in found.figures.items():
        for values in product(*(facts.attributes[name] for name in table)):
            where = dict(zip(table, values, strict=True))
            if found.figure(**where) is None:
                under = tuple(JOINED if v in found.joined[n] else v for n, v in where.items())
                yield {name: {value} for name, value in where.items()}, cells[under]


def bounds(goal, rows, sums):
    low = linprog(goal, A_eq=rows, b_eq=sums, bounds=(0, None))
    high = linprog(-goal, A_eq=rows, b_eq=sums, bounds=(0, None))
    assert low.status == 0
    unbounded = 3
    return round(low.fun, 6), float("inf") if high.status == unbounded else round(-high.fun, 6)


def assert_nothing_is_pinned(facts, found, k=SMALL):
    rows, sums = published(facts, found)
    for where, joint in hidden(facts, found):
        assert joint >= k
        assert bounds(matches(facts, where).astype(float), rows, sums) == (0, joint)


@given(st.lists(counts, min_size=1, max_size=6), st.integers(2, 7))
@settings(deadline=None, max_examples=40)
def test_a_list_with_its_total_gives_nothing_away(numbers, k):
    facts = of_list(numbers)
    assert_nothing_is_pinned(facts, release(facts, [("value",)], secret=SECRET, k=k), k)


@given(facts_of({"team": TEAMS, "answer": ANSWERS}), st.booleans())
@settings(deadline=None, max_examples=30)
def test_a_table_with_its_margins_gives_nothing_away(facts, zeros_shown):
    tables = [("team", "answer"), ("team",), ("answer",)]
    found = release(facts, tables, secret=SECRET, zeros_shown=zeros_shown)
    rows, sums = published(facts, found)
    for where, joint in hidden(facts, found):
        assert joint >= SMALL or (joint == 0 and zeros_shown)
        assert bounds(matches(facts, where).astype(float), rows, sums) == (0, joint)


@given(facts_of(THREE))
@settings(deadline=None, max_examples=15)
def test_tables_that_overlap_give_nothing_away_together(facts):
    tables = [("team", "answer"), ("answer", "year"), ("year", "team"), ("team",), ("answer",), ("year",)]
    assert_nothing_is_pinned(facts, release(facts, tables, secret=SECRET))


@given(facts_of(THREE), st.integers(2, 6))
@settings(deadline=None, max_examples=60)
def test_every_figure_that_is_shown_is_true_and_not_small(facts, k):
    found = release(facts, [("team", "answer"), ("year",)], secret=SECRET, k=k)
    for table, cells in found.figures.items():
        for cell, count in cells.items():
            where = {n: found.joined[n] if v == JOINED else {v} for n, v in zip(table, cell, strict=True)}
            assert count == matches(facts, where) @ np.array(list(facts.counts.values())) >= k


@given(facts_of({"team": TEAMS[:3], "answer": ANSWERS[:2]}), facts_of({"team": TEAMS[:3], "answer": ANSWERS[:2]}))
@settings(deadline=None, max_examples=40)
def test_the_difference_between_two_releases_gives_nothing_away(first, since):
    both = Facts(first.attributes, {cell: first.counts[cell] + since.counts[cell] for cell in first.counts})
    tables = [("team", "answer"), ("team",), ("answer",)]
    one = release(first, tables, secret=SECRET)
    two = release(both, tables, secret=SECRET, earlier=one)
    (rows, sums), (later_rows, later_sums) = published(first, one), published(both, two)
    if two is one:  # frozen: the figures are still those of the first day
        later_rows, later_sums = later_rows[:0], later_sums[:0]
    size = len(first.counts)
    system = np.vstack([np.hstack([rows, np.zeros((len(rows), size))]), np.hstack([later_rows, later_rows])])
    numbers = np.concatenate([sums, later_sums])
    for cell, *number in zip(first.counts, first.counts.values(), since.counts.values(), strict=True):
        here = np.array([other == cell for other in first.counts], dtype=float)
        nowhere = np.zeros(size)
        for goal, true in (((here, nowhere), number[0]), ((nowhere, here), number[1])):
            if true >= SMALL or (true == 0 and goal[0] is nowhere):
                continue  # not small; and that nothing came since may be seen
            low, high = bounds(np.concatenate(goal), system, numbers) if len(system) else (0, SMALL)
            assert low == 0
            assert high >= SMALL


@cache
def seen(numbers, k, secret):
    """What a reader gets to see of a list, to the letter."""
    found = release(of_list(numbers), [("value",)], secret=secret, k=k)
    return json.dumps([sorted((k, v) for k, v in cells.items()) for cells in found.figures.values()])


@pytest.mark.parametrize("k", [2, 3])
def test_who_knows_the_method_cannot_place_a_small_number_in_a_list(k):
    """They try every list that there could be, with every order of covers, and look which give the same page."""
    everything = list(product(range(3 * k), repeat=3))
    secrets = [bytes([number]) for number in range(24)]
    could_be = {}
    for numbers, secret in product(everything, secrets):
        could_be.setdefault(seen(numbers, k, secret), set()).add(numbers)
    for numbers in product(range(2 * k), repeat=3):  # sums that the tried lists can all make
        for page in {seen(numbers, k, secret) for secret in secrets}:
            for place, number in enumerate(numbers):
                if number < k:
                    assert set(range(k)) <= {other[place] for other in could_be[page]}


def test_a_lone_small_number_is_covered_by_another_that_its_size_does_not_choose():
    covers = set()
    for number in range(40):
        found = release(of_list([3, 20, 30, 40]), [("value",)], secret=bytes([number]))
        (cover,) = set(found.held_back("value")) - {"v0"}
        assert found.figure(value="v0") is None
        assert found.figure(value=JOINED) == 3 + {"v1": 20, "v2": 30, "v3": 40}[cover]
        covers.add(cover)
    assert covers == {"v1", "v2", "v3"}


def test_small_numbers_that_cover_for_each_other_take_nobody_else_along():
    found = release(of_list([2, 4, 20, 30]), [("value",)], secret=SECRET)
    assert found.held_back("value") == ["v0", "v1"]
    assert (found.figure(), found.figure(value="v2"), found.figure(value=JOINED)) == (56, 20, 6)


def test_a_table_loses_the_rare_answer_and_not_every_team():
    rows = {"a": (9, 8, 1), "b": (7, 9, 2), "c": (8, 8, 0), "d": (9, 9, 3)}
    counts = {(team, answer): n for team, numbers in rows.items() for answer, n in zip(ANSWERS, numbers, strict=True)}
    found = release(Facts({"team": TEAMS, "answer": ANSWERS}, counts), [("team", "answer")], secret=SECRET)
    assert found.shown("team") == list(TEAMS)
    assert "perhaps" in found.held_back("answer")


@pytest.mark.parametrize("numbers", [[], [4], [0, 0], [1, 2, 1]])
def test_too_few_facts_are_not_even_counted(numbers):
    found = release(of_list(numbers), [("value",)], secret=SECRET)
    assert found.is_withheld
    assert found.figure() is None


def test_zeros_can_be_shown_where_they_say_nothing_about_anybody():
    found = release(of_list([0, 9, 8]), [("value",)], secret=SECRET, zeros_shown=True)
    assert [found.figure(value=value) for value in ("v0", "v1", "v2")] == [0, 9, 8]


def test_a_release_that_would_give_a_newcomer_away_is_frozen():
    one = release(of_list([10, 20]), [("value",)], secret=SECRET)
    assert release(of_list([11, 20]), [("value",)], secret=SECRET, earlier=one) is one
    assert release(of_list([15, 20]), [("value",)], secret=SECRET, earlier=one).figure(value="v0") == 15


def test_figures_and_facts_that_make_no_sense_are_refused():
    found = release(of_list([10, 20]), [("value",)], secret=SECRET)
    with pytest.raises(KeyError):
        found.figure(team="a")
    with pytest.raises(KeyError):
        found.figure(value="v9")
    with pytest.raises(ValueError, match="the tables of the earlier one"):
        release(of_list([10, 20]), [], secret=SECRET, earlier=found)
    for attributes, counts in (({"team": ("a",)}, {("b",): 1}), ({"team": ("a",)}, {("a",): -1}), ({}, {("a",): 1})):
        with pytest.raises(ValueError, match="facts are counts"):
            Facts(attributes, counts)


def test_rows_are_counted():
    facts = Facts.of_rows({"team": TEAMS}, [("a",), ("a",), ("b",)])
    assert facts.counts == {("a",): 2, ("b",): 1}
    assert isinstance(release(facts, [], secret=SECRET), Release)


@given(st.integers(0, 10_000), st.integers(1, 20))
def test_steps_hold_the_number_and_hide_it_among_k(count, k):
    assert count in steps(count, k)
    assert len(steps(count, k)) == k
    assert steps(count, k).start % k == 0
