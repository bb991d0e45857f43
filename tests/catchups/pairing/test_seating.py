"""Ways to find a place for somebody who is over."""

from itertools import combinations
from random import Random

import pytest

from app.catchups.pairing import RoundInputs
from app.catchups.pairing.seating import Seating
from app.catchups.pairing.worth import Worth
from tests.catchups.pairing.crowds import crowd


@pytest.mark.parametrize(
    ("may_meet", "groups", "over", "seated"),
    [
        pytest.param([(0, 1)], [], [0, 1], [{0, 1}], id="with another who is over"),
        pytest.param([(0, 1), (0, 2), (1, 2)], [(1, 2)], [0], [{0, 1, 2}], id="in a pair"),
        pytest.param([(0, 1), (1, 2), (1, 3), (2, 3)], [(1, 2, 3)], [0], [{2, 3}, {0, 1}], id="out of a three"),
        pytest.param(
            [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (4, 6)],
            [(1, 2), (3, 4), (5, 6)],
            [0],
            [{0, 1}, {2, 3}, {4, 5, 6}],
            id="along a chain into a pair",
        ),
        pytest.param(
            [(0, 1), (1, 2), (2, 3)], [(1, 2)], [0, 3], [{0, 1}, {2, 3}], id="along a chain to another who is over"
        ),
        pytest.param([(1, 2), (0, 1), (1, 3)], [(1, 2)], [0, 3], [{1, 2}], id="nowhere"),
    ],
)
def test_whoever_is_over_finds_the_place_there_is(may_meet, groups, over, seated):
    people = crowd(7)
    not_with = tuple(couple for couple in combinations(range(7), 2) if couple not in may_meet)
    seating = Seating(Worth(RoundInputs(1, 2, people, (), not_with), people), groups, 3, Random(1))
    left = seating.place(over)
    assert [set(group) for group in seating.groups] == seated
    assert set(left) == {*over}.difference(*seated)
