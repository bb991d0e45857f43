"""Finding a place for whoever is over, without putting anybody together with whom they must not be.

Four ways, in this order: make a pair with somebody else who is over; join a group that has room; take somebody out of a
group of three or more; or take a partner out of a pair, whose other half then finds a place in turn. The last is a
search over who would be over instead. It looks along one chain at a time and is no proof: threes.py has that, for as
many people as a proof is quick for.
"""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from app.catchups.pairing.worth import Worth

LOOKED_AT = 100  # groups that are compared before one is joined

PAIR, THREE = 2, 3


class Seating:
    """Groups, and the places that can still be found in them."""

    def __init__(self, worth: Worth, groups: Iterable[Sequence[int]], most: int, rng: Random) -> None:
        self.worth = worth
        self.most = most  # people in one group
        self.rng = rng
        self.groups = [list(group) for group in groups]

    def place(self, people: Iterable[int]) -> list[int]:
        """Find a place for each of them, in this order; gives those for whom there is none."""
        waiting, over = list(people), list[int]()
        while waiting:
            person = waiting.pop(0)
            if not self._find_place(person, waiting, over):
                over.append(person)
        return over

    def _find_place(self, person: int, *companions: list[int]) -> bool:
        # Who would be over -> (who would be over before, the pair that was taken apart for them)
        came_from: dict[int, tuple[int, list[int]] | None] = {person: None}
        queue = [person]
        for over in queue:
            touched = list(_chain(came_from, over))
            if self._meet(over, companions) or self._join(over, touched) or self._take_from_larger(over, touched):
                self._move_up(came_from, over)
                return True
            for group in self.groups:
                if len(group) != PAIR or any(group is other for other in touched):
                    continue
                for partner, freed in (group, reversed(group)):
                    if freed not in came_from and self.worth.may_join(over, (partner,)):
                        came_from[freed] = (over, group)
                        queue.append(freed)
        return False

    def _move_up(self, came_from: dict[int, tuple[int, list[int]] | None], freed: int) -> None:
        """Somebody freed has a place, so whoever freed them takes the partner, and so on up to the first."""
        while (step := came_from[freed]) is not None:
            over, group = step
            group[group.index(freed)] = over
            freed = over

    def _meet(self, person: int, companions: Iterable[list[int]]) -> bool:
        """Make a pair with somebody else who is over, and strike them off."""
        for others in companions:
            for other in others:
                if self.worth.may_join(person, (other,)):
                    others.remove(other)
                    self.groups.append([person, other])
                    return True
        return False

    def _join(self, person: int, touched: Sequence[list[int]]) -> bool:
        open_groups = (
            group
            for group in self._in_any_order()
            if len(group) < self.most
            and self.worth.may_join(person, group)
            and not any(group is other for other in touched)
        )
        choice = [group for group, _ in zip(open_groups, range(LOOKED_AT), strict=False)]
        if not choice:
            return False
        max(choice, key=lambda group: self._gain(person, group)).append(person)
        return True

    def _gain(self, person: int, group: list[int]) -> int:
        return self.worth.of([[*group, person]]) - self.worth.of([group])

    def _take_from_larger(self, person: int, touched: Sequence[list[int]]) -> bool:
        for group in self.groups:
            if len(group) < THREE or any(group is other for other in touched):
                continue
            for partner in group:
                if self.worth.may_join(person, (partner,)):
                    group.remove(partner)
                    self.groups.append([person, partner])
                    return True
        return False

    def _in_any_order(self) -> Iterator[list[int]]:
        start = self.rng.randrange(len(self.groups)) if self.groups else 0
        yield from self.groups[start:]
        yield from self.groups[:start]


def _chain(came_from: dict[int, tuple[int, list[int]] | None], over: int) -> Iterator[list[int]]:
    while (step := came_from[over]) is not None:
        over, group = step
        yield group
