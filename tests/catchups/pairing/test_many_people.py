"""Rounds that are paired block by block: small blocks show what thousands of people would."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catchups.pairing import Meeting, RoundInputs, pair
from tests.catchups.pairing.crowds import couples_of, crowd, numbers_of, rounds


@settings(max_examples=40)
@given(rounds(least=13, most=70, blocked=12), st.sampled_from([2, 7, 12, 45]))
def test_everybody_is_placed_across_blocks(inputs, block):
    pairing = pair(inputs, block)
    placed = [member for group in pairing.groups for member in group.members]
    assert Counter([*placed, *pairing.unpaired]) == Counter(person.id for person in inputs.people)
    assert all(2 <= len(group.members) <= 4 for group in pairing.groups)
    assert {frozenset(couple) for couple in inputs.not_with}.isdisjoint(map(frozenset, couples_of(pairing)))
    met_by_wish = Counter(person for couple in set(map(frozenset, inputs.not_with)) for person in couple)
    assert all(met_by_wish[over] >= len(inputs.people) // 2 for over in pairing.unpaired)


@pytest.mark.parametrize(("count", "size"), [(2000, 2), (2003, 2), (1201, 3), (1202, 4)])
def test_thousands_are_in_groups_of_the_size_asked_for(count, size):
    sizes = Counter(len(group) for group in numbers_of(pair(RoundInputs(1, size, crowd(count)), 300)))
    assert sum(number for each, number in sizes.items() if each != size) <= 3
    assert sum(each * number for each, number in sizes.items()) == count


def test_blocks_cost_less_than_one_in_a_hundred():
    inputs = RoundInputs(1, 2, crowd(600, organisations=12))
    assert pair(inputs, 150).weight > 0.99 * pair(inputs).weight


def test_somebody_with_one_possible_partner_among_thousands_gets_them():
    count, only = 1200, 700
    not_with = tuple((0, other) for other in range(1, count) if other != only)
    groups = numbers_of(pair(RoundInputs(1, 2, crowd(count), (), not_with), 200))
    assert {0, only} in groups
    assert sum(map(len, groups)) == count


def test_a_block_that_has_met_before_looks_elsewhere():
    """Everybody has met the next hundred, so that many candidates are none."""
    count = 400
    met = tuple(Meeting(one, (one + step) % count, 1) for one in range(count) for step in range(1, 101))
    pairing = pair(RoundInputs(1, 2, crowd(count), met), 100)
    assert pairing.unpaired == ()
    assert pairing.weight > 0  # a single repeat would cost more than all that is liked
