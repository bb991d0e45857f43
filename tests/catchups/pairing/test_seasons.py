"""Round after round with the same people: nobody meets twice while it can be avoided, and threes rotate."""

from itertools import combinations

import pytest

from app.catchups.pairing import Meeting, RoundInputs, pair
from app.catchups.pairing.matching import match_everybody
from app.catchups.pairing.worth import Worth
from tests.catchups.pairing.crowds import couples_of, crowd, numbers_of


def season(count, rounds, size=2, block=1000):
    """The groups of so many rounds, each knowing those before."""
    met = []
    for number in range(rounds):
        met = [Meeting(one, other, ago + 1) for one, other, ago in met]
        pairing = pair(RoundInputs(number, size, crowd(count), tuple(met)), block)
        assert pairing.unpaired == ()
        yield numbers_of(pairing)
        met += [Meeting(*couple, 0) for couple in couples_of(pairing)]


def repeats(rounds):
    couples = [frozenset(couple) for groups in rounds for group in groups for couple in combinations(group, 2)]
    return len(couples) - len(set(couples))


@pytest.mark.parametrize("count", [*range(4, 21, 2), 60])
def test_dirac_promises_half_as_many_rounds_as_people_without_a_repeat(count):
    """Whoever has not met yet: after r rounds each has count - 1 - r left, half of all at least while r < count / 2."""
    assert repeats(season(count, count // 2)) == 0


def test_a_whole_tournament_of_four():
    assert repeats(season(4, 3)) == 0


@pytest.mark.parametrize("count", [7, 9, 21, 51])
def test_nobody_is_in_a_three_again_before_all_others_had_their_turn(count):
    threes = [group for groups in season(count, count // 3) for group in groups if len(group) == 3]
    assert len(threes) == count // 3
    # Not to meet again comes first, so towards the end one or two may be asked twice.
    assert len(set().union(*threes)) >= count - count % 3 - 2


def test_an_odd_number_repeats_nothing_early_on():
    assert repeats(season(21, 6)) == 0
    assert repeats(season(51, 12)) == 0


@pytest.mark.parametrize("size", [3, 4])
def test_larger_groups_of_many_repeat_nothing_early_on(size):
    assert repeats(season(48, 5, size)) == 0


def test_blocks_repeat_nothing_early_on():
    assert repeats(season(60, 6, block=12)) == 0


def test_of_many_the_one_who_never_was_in_a_three_is_over():
    """Everybody but 0 was in a three in the last round, and 0 was in none."""
    threes = [range(first, first + 3) for first in range(1, 43, 3)]
    met = tuple(Meeting(*couple, 1) for three in threes for couple in combinations(three, 2))
    inputs = RoundInputs(1, 2, crowd(43), met)
    pairs = match_everybody(Worth(inputs, inputs.people), range(43))
    assert {person for couple in pairs for person in couple} == set(range(1, 43))
