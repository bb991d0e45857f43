"""Improving groups by exchanging two people between two of them, as long as that is worth more."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from random import Random

from app.catchups.pairing.worth import Worth

COMPARED_WITH = 24  # other groups that one group exchanges people with
MOST_EXCHANGES = 6  # for one group


def improve(worth: Worth, groups: list[list[int]], rng: Random) -> None:
    """Exchange people, in place, of every group that is not a pair who are new to each other.

    Nobody gains or loses a place, and no exchange puts two people together who must not be.
    """
    for number, group in enumerate(groups):
        if not _may_improve(worth, group):
            continue
        chosen = rng.sample(range(len(groups)), min(COMPARED_WITH, len(groups)))
        others = [groups[other] for other in chosen if other != number]
        value = _value_among(worth, [*group, *(person for other in others for person in other)])
        for _ in range(MOST_EXCHANGES):
            gain, other, here, there = max(_exchanges(worth, group, others, value), default=(0, 0, 0, 0))
            if gain <= 0:
                break
            group[here], others[other][there] = others[other][there], group[here]


def _may_improve(worth: Worth, group: Sequence[int]) -> bool:
    return len(group) != 2 or any(  # noqa: PLR2004 - a pair: the matching has chosen it
        other in worth.met.get(one, ()) for one, other in combinations(group, 2)
    )


def _exchanges(
    worth: Worth, group: list[int], others: Sequence[list[int]], value: Callable[[list[int]], int]
) -> Iterator[tuple[int, int, int, int]]:
    """Every exchange that may be: what it gains, with which group, and the two seats."""
    before = value(group)
    for number, other in enumerate(others):
        together = before + value(other)
        for here, leaving in enumerate(group):
            for there, coming in enumerate(other):
                new = [*group[:here], coming, *group[here + 1 :]]
                changed = [*other[:there], leaving, *other[there + 1 :]]
                rest, others_rest = new[:here] + new[here + 1 :], changed[:there] + changed[there + 1 :]
                if worth.may_join(coming, rest) and worth.may_join(leaving, others_rest):
                    yield value(new) + value(changed) - together, number, here, there


def _value_among(worth: Worth, people: Sequence[int]) -> Callable[[list[int]], int]:
    """The worth of a group of these people, looked up in a table that is made once."""
    index = {person: row for row, person in enumerate(people)}
    table: list[list[int]] = worth.table(people, people).tolist()

    def value(group: list[int]) -> int:
        total = worth.odd_size(group)
        for one, other in combinations(group, 2):
            total += table[index[one]][index[other]]
        return total

    return value
