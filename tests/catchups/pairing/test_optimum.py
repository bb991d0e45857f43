"""The best pairing there is, held against an oracle that tries everything, and against another library."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings

from app.catchups.pairing import Meeting, RoundInputs, pair
from app.catchups.pairing.worth import ASKED, LIKING, MEMORY, RECENT, REPEAT, Worth
from tests.catchups.pairing.crowds import Oracle, crowd, numbers_of, rounds


@settings(max_examples=60)
@given(rounds(most=7, sizes=(2,)))
def test_as_many_are_placed_as_can_be_and_nothing_is_better(inputs):
    oracle = Oracle(inputs)
    groups = [tuple(group.members) for group in pair(inputs).groups]
    best, ours = oracle.best(), oracle.merit(groups)
    assert ours[:2] == best[:2]
    if -best[1] <= 1:  # several threes are chosen one after the other, which is no optimum
        assert ours == best


@settings(max_examples=10)
@given(rounds(least=8, most=8, sizes=(2,), blocked=3))
def test_eight_people_are_paired_best(inputs):
    assert Oracle(inputs).merit([tuple(group.members) for group in pair(inputs).groups]) == Oracle(inputs).best()


@pytest.mark.parametrize("count", [50, 100])
def test_the_weight_is_the_one_that_networkx_finds(count):
    met = tuple(Meeting(one, other, 1 + one % 3) for one, other in combinations(range(count), 2) if (one ^ other) % 3)
    inputs = RoundInputs(1, 2, crowd(count), met)
    everybody = range(count)
    table = Worth(inputs, inputs.people).table(everybody, everybody).tolist()
    graph = nx.Graph()
    graph.add_weighted_edges_from((one, other, table[one][other]) for one, other in combinations(everybody, 2))
    matching = nx.max_weight_matching(graph, maxcardinality=True)
    assert pair(inputs).weight == sum(table[one][other] for one, other in matching)


def test_no_sum_of_a_lower_line_outweighs_a_higher_one():
    """1,000 people in groups of four meet 1,500 times."""
    people, meetings = 1000, 250 * 6
    most_liked = sum(LIKING.values()) + 2 * ASKED * len(LIKING)
    assert meetings * most_liked < RECENT
    assert (meetings + people) * MEMORY * RECENT + meetings * most_liked < REPEAT
    assert meetings * (REPEAT + MEMORY * RECENT) < 2**53  # exact in every reader of JSON


def test_a_repeat_that_cannot_be_avoided_is_the_oldest():
    met = [Meeting(*couple, 1) for couple in combinations(range(4), 2)]
    met[1] = Meeting(0, 2, 9)
    met[4] = Meeting(1, 3, 7)
    assert numbers_of(pair(RoundInputs(1, 2, crowd(4), tuple(met)))) == [{0, 2}, {1, 3}]


def test_one_repeat_is_better_than_two_older_ones():
    """0-1 leaves 2-3; both other ways repeat twice."""
    met = (Meeting(0, 1, 1), Meeting(0, 2, 50), Meeting(1, 3, 50), Meeting(0, 3, 50), Meeting(1, 2, 50))
    assert numbers_of(pair(RoundInputs(1, 2, crowd(4), met))) == [{0, 1}, {2, 3}]


def test_nobody_is_left_out_to_avoid_a_repeat():
    met = tuple(Meeting(0, other, 1) for other in range(1, 4))
    assert pair(RoundInputs(1, 2, crowd(4), met)).unpaired == ()
