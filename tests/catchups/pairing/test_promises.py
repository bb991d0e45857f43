"""What a round promises, whatever its size and whoever takes part."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catchups.pairing import Meeting, Person, RoundInputs, pair, read_inputs
from app.catchups.pairing.larger import number_of_groups
from tests.catchups.pairing.crowds import couples_of, crowd, numbers_of, rounds


@settings(max_examples=40)
@given(rounds(most=50))
def test_everybody_stands_in_one_place_and_nobody_meets_whom_they_must_not(inputs):
    pairing = pair(inputs)
    placed = [member for group in pairing.groups for member in group.members]
    assert Counter([*placed, *pairing.unpaired]) == Counter(person.id for person in inputs.people)
    assert all(2 <= len(group.members) <= 4 for group in pairing.groups)
    apart = {frozenset(couple) for couple in inputs.not_with}
    assert apart.isdisjoint(map(frozenset, couples_of(pairing)))


@settings(max_examples=25)
@given(rounds(most=50))
def test_whoever_is_over_could_not_have_joined_anybody(inputs):
    """Neither another who is over, nor a pair, nor one of a larger group, which stays a group without them."""
    pairing = pair(inputs)
    apart = {frozenset(couple) for couple in inputs.not_with}
    for over in pairing.unpaired:
        free = {person.id for person in inputs.people if frozenset((over, person.id)) not in apart} - {over}
        assert free.isdisjoint(pairing.unpaired)
        assert not [group for group in pairing.groups if free.issuperset(group.members) and len(group.members) < 4]
        assert not [group for group in pairing.groups if len(group.members) > 2 and free.intersection(group.members)]


@settings(max_examples=30)
@given(rounds(most=24), st.sampled_from([3, 4]))
def test_larger_groups_leave_nobody_out_whom_pairs_take_in(inputs, size):
    in_pairs, in_groups = (pair(replace(inputs, group_size=each)) for each in (2, size))
    assert len(in_groups.unpaired) == len(in_pairs.unpaired)


@pytest.mark.parametrize("size", [2, 3, 4])
@pytest.mark.parametrize("count", [*range(2, 30), 41, 43, 61, 62])
def test_groups_have_the_size_that_was_asked_for_or_nearly(count, size):
    sizes = [len(group.members) for group in pair(RoundInputs(1, size, crowd(count))).groups]
    assert len(sizes) == number_of_groups(count, size)
    assert max(sizes) - min(sizes) <= 1
    assert max(sizes) <= 4


@pytest.mark.parametrize(
    ("count", "size", "sizes"),
    [
        (3, 2, [3]),
        (5, 2, [2, 3]),
        (4, 3, [4]),
        (5, 3, [2, 3]),
        (7, 3, [3, 4]),
        (8, 3, [2, 3, 3]),
        (2, 4, [2]),
        (5, 4, [2, 3]),
        (6, 4, [3, 3]),
        (13, 4, [3, 3, 3, 4]),
    ],
)
def test_what_does_not_divide_is_spread(count, size, sizes):
    assert sorted(map(len, numbers_of(pair(RoundInputs(1, size, crowd(count)))))) == sizes


@settings(max_examples=30)
@given(rounds(most=12), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_listed_changes_nothing(inputs, draw):
    def mixed(rows):
        return tuple(draw.sample(rows, len(rows)))

    other = replace(
        inputs,
        people=mixed(inputs.people),
        met=mixed([Meeting(*draw.sample(couple, 2), ago) for *couple, ago in inputs.met]),
        not_with=mixed([tuple(draw.sample(couple, 2)) for couple in inputs.not_with]),
    )
    assert pair(other) == pair(inputs)


@settings(max_examples=30)
@given(rounds(most=12))
def test_a_round_is_repeated_from_what_was_stored(inputs):
    assert pair(read_inputs(inputs.as_plain())) == pair(inputs)


@settings(max_examples=30)
@given(st.integers(1, 25), st.integers(0, 9))
def test_other_names_give_the_same_weight(half, seed):
    inputs = RoundInputs(seed, 2, crowd(2 * half, seed, organisations=2))
    names = Random(seed).sample(range(1000, 2000), 2 * half)
    renamed = tuple(replace(person, id=f"m{name}") for person, name in zip(inputs.people, names, strict=True))
    assert pair(replace(inputs, people=renamed)).weight == pair(inputs).weight


def test_another_seed_chooses_among_equals():
    people = tuple(Person(number) for number in range(20))
    assert len({pair(RoundInputs(seed, 2, people)).groups for seed in range(5)}) == 5


def test_one_person_alone_and_nobody_at_all():
    assert pair(RoundInputs(1, 2, crowd(1))).unpaired == (0,)
    assert pair(RoundInputs(1, 2, ())).as_plain() == {"groups": [], "unpaired": [], "weight": 0}


def test_two_whom_blocks_leave_over_join_others():
    """0 and 1 may meet everybody but each other and 2 to 5 form pairs: where two are over, two threes arise."""
    not_with = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3))
    pairing = pair(RoundInputs(1, 2, crowd(6), (), not_with))
    assert pairing.unpaired == ()


def test_whoever_may_meet_nobody_is_listed():
    not_with = tuple((0, other) for other in range(1, 60))
    pairing = pair(RoundInputs(1, 2, crowd(60), (), not_with))
    assert pairing.unpaired == (0,)
    assert sorted(map(len, numbers_of(pairing))) == [2] * 28 + [3]


@pytest.mark.parametrize("count", [11, 61])
def test_a_place_is_found_along_a_chain(count):
    """0 may meet 1 only, 2 may meet 1 and 3, and so on: somebody always has to move up."""
    links = 7
    friends = {frozenset((number, number + 1)) for number in range(links)}
    not_with = tuple(
        couple for couple in combinations(range(count), 2) if couple[0] < links and frozenset(couple) not in friends
    )
    assert pair(RoundInputs(1, 2, crowd(count), (), not_with)).unpaired == ()


@pytest.mark.parametrize("size", [2, 3, 4])
@pytest.mark.parametrize("count", [10, 50])
def test_people_of_two_camps_never_mix(count, size):
    camps = tuple((one, other) for one in range(0, count, 2) for other in range(1, count, 2))
    pairing = pair(RoundInputs(3, size, crowd(count), (), camps))
    assert pairing.unpaired == ()
    assert all(len({member % 2 for member in group}) == 1 for group in numbers_of(pairing))


@pytest.mark.parametrize("size", [2, 3, 4])
@pytest.mark.parametrize(("count", "block"), [(12, 1000), (31, 1000), (45, 1000), (90, 24)])
def test_many_wishes_are_all_respected(count, size, block):
    """A third of all couples must not meet."""
    for seed in range(3):
        draw = Random(seed)
        apart = {couple for couple in combinations(range(count), 2) if draw.random() < 1 / 3}
        pairing = pair(RoundInputs(seed, size, crowd(count, seed), (), tuple(apart)), block)
        assert apart.isdisjoint(couples_of(pairing))
        assert pairing.unpaired == ()
