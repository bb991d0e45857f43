"""Pairing a whole round: at once up to a thousand people, above that in blocks that are repaired across."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import lcm
from random import Random
from typing import Any

from app.catchups.pairing import threes
from app.catchups.pairing.exchanges import improve
from app.catchups.pairing.inputs import LARGEST_GROUP, Identity, RoundInputs, in_order
from app.catchups.pairing.larger import enlarge
from app.catchups.pairing.matching import match_everybody, match_promising
from app.catchups.pairing.reasons import Reason, why
from app.catchups.pairing.seating import Seating
from app.catchups.pairing.worth import Worth

BLOCK = 1000  # people that are matched exactly, each with each
PAIR = 2


@dataclass(frozen=True, slots=True)
class Group:
    """People who are to meet, and why they."""

    members: tuple[Identity, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """What came out of a round: everybody stands in one group, or in `unpaired`."""

    groups: tuple[Group, ...]
    unpaired: tuple[Identity, ...]
    weight: int  # as worth.py counts it; comparable between two pairings of the same inputs

    def as_plain(self) -> dict[str, Any]:
        """The pairing as `flask catchups pair` prints it."""
        return {
            "groups": [
                {"members": list(group.members), "reasons": [reason.words for reason in group.reasons]}
                for group in self.groups
            ],
            "unpaired": list(self.unpaired),
            "weight": self.weight,
        }


def pair(inputs: RoundInputs, block: int = BLOCK) -> Pairing:
    """Put people into groups, as docs/catchups.md promises; `block` is how many are matched at a time.

    The same inputs give the same pairing on every machine, in whatever order people and meetings are listed. The seed
    decides among what is equally good.
    """
    in_line = sorted(inputs.people, key=lambda person: in_order(person.id))
    rng = Random(inputs.seed)  # noqa: S311 - to be repeated, not to be secret
    places = list(range(len(in_line)))
    rng.shuffle(places)
    people = [in_line[place] for place in places]
    worth = Worth(inputs, people)
    if len(people) <= block:
        groups, over = _in_one_block(worth, range(len(people)), rng)
    else:
        groups, over = _in_blocks(worth, range(len(people)), block, rng)
    for group in groups:
        group.sort(key=places.__getitem__)
    return Pairing(
        groups=tuple(
            Group(
                tuple(people[person].id for person in group),
                why([worth.labels[person] for person in group], worth.earlier(group), inputs.group_size),
            )
            for group in sorted(groups, key=lambda group: places[group[0]])
        ),
        unpaired=tuple(people[person].id for person in sorted(over, key=places.__getitem__)),
        weight=worth.of(groups),
    )


def _in_one_block(worth: Worth, people: Sequence[int], rng: Random) -> tuple[list[list[int]], list[int]]:
    if len(people) <= threes.MOST_PEOPLE:
        groups, over = threes.pairs_and_threes(worth, people)
    else:
        pairs = match_everybody(worth, people)
        seating = Seating(worth, pairs, PAIR + 1, rng)
        over = seating.place(_not_in(pairs, people))
        groups = seating.groups
        if worth.size == PAIR:
            improve(worth, groups, rng)
    if worth.size > PAIR:
        groups = enlarge(worth, groups)
        improve(worth, groups, rng)
    return groups, over


def _in_blocks(worth: Worth, people: Sequence[int], block: int, rng: Random) -> tuple[list[list[int]], list[int]]:
    """Match block by block, then those who are over among themselves, then seat who is still over."""
    groups: list[list[int]] = []
    for some in _blocks(people, block, lcm(PAIR, worth.size)):
        pairs: list[list[int]] = [list(couple) for couple in match_promising(worth, some, rng)]
        groups += enlarge(worth, pairs) if worth.size > PAIR else pairs
    over = _not_in(groups, people)
    still_over: list[int] = []
    for start in range(0, len(over), block):
        more, left = _in_one_block(worth, over[start : start + block], rng)
        groups += more
        still_over += left
    seating = Seating(worth, groups, min(worth.size + 1, LARGEST_GROUP), rng)
    over = seating.place(still_over)
    improve(worth, seating.groups, rng)
    return seating.groups, over


def _blocks(people: Sequence[int], block: int, unit: int) -> list[Sequence[int]]:
    """Blocks of nearly equal size that groups fill without a rest; the last also has the rest."""
    number = -(-len(people) // max(block, unit))
    units = len(people) // unit
    ends = [unit * (units * index // number) for index in range(number)] + [len(people)]
    return [people[start:end] for start, end in pairwise(ends) if end > start]


def _not_in(groups: Sequence[Sequence[int]], people: Sequence[int]) -> list[int]:
    placed = {person for group in groups for person in group}
    return [person for person in people if person not in placed]
