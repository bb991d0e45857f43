"""Groups of three and four, made of pairs.

A partition into groups of three worth most is NP-hard, so this is a good way and no optimum: the best pairs of all are
made first, as many of them stay as there are to be groups, and the others' people are dealt out among them, one to each
group at a time, each deal being a best matching of people and groups. Improvements by exchange follow (exchanges.py).
"""

from collections.abc import Sequence

import numpy as np

from app.catchups.pairing.inputs import LARGEST_GROUP
from app.catchups.pairing.matching import best_pairs
from app.catchups.pairing.worth import Worth

PAIR = 2


def number_of_groups(people: int, size: int) -> int:
    """How many groups so many people make: as near to `size` as can be, none under two, none over four.

    Of pairs one becomes a three when the number is odd; seven in threes are a three and a four, five in fours are a
    three and a pair.
    """
    return min(people // PAIR, max(-(-people // LARGEST_GROUP), round(people / size)))


def enlarge(worth: Worth, groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups of about `worth.size` from pairs and threes; everybody who has a place keeps one."""
    wanted = number_of_groups(sum(map(len, groups)), worth.size)
    by_size = sorted(groups, key=len, reverse=True)
    hosts, taken_apart = [list(group) for group in by_size[:wanted]], by_size[wanted:]
    waiting = [person for group in taken_apart for person in group]
    while waiting:
        room = [group for group in hosts if len(group) < LARGEST_GROUP]
        smallest = min(map(len, room), default=0)
        seats = [group for group in room if len(group) == smallest]
        dealt = _deal(worth, waiting, seats) or _deal(worth, waiting, room)
        if not dealt:
            break
        for person, group in dealt:
            group.append(person)
        seated = {person for person, _ in dealt}
        waiting = [person for person in waiting if person not in seated]
    return hosts + _back_together(waiting, taken_apart, hosts)


def _deal(worth: Worth, waiting: Sequence[int], groups: Sequence[list[int]]) -> list[tuple[int, list[int]]]:
    """At most one person to each group, as many as possible and worth most together."""
    if not groups:
        return []
    members = [person for group in groups for person in group]
    starts = np.cumsum([0, *map(len, groups[:-1])])
    gain = np.add.reduceat(worth.table(waiting, members), starts, axis=1)
    fits = np.logical_and.reduceat(worth.allowed(waiting, members), starts, axis=1)
    rows, columns = np.nonzero(fits)
    first = len(waiting)
    edges = zip(rows.tolist(), (first + columns).tolist(), gain[rows, columns].tolist(), strict=True)
    dealt = best_pairs(first + len(groups), list(edges))
    return [(waiting[row], groups[column - first]) for row, column in dealt]


def _back_together(
    waiting: Sequence[int], taken_apart: Sequence[Sequence[int]], hosts: Sequence[list[int]]
) -> list[list[int]]:
    """For whom no group has a place, their earlier company comes back: it was added to a group that can spare it."""
    still = set(waiting)
    again: list[list[int]] = []
    for company in taken_apart:
        over = [person for person in company if person in still]
        if len(over) == 1:
            back = next(person for person in company if person not in still)
            next(group for group in hosts if back in group).remove(back)
            over.append(back)
        if over:
            again.append(over)
    return again
