"""Pairs and threes among a few people, found by proof: nobody is over whom any pairs and threes could take in.

Whoever is over after the best pairs makes a three, of which there is one when the number is odd, and more where wishes
leave people with few to meet. A three takes in somebody more exactly when the others can still form all but one of the
pairs; each of its people could then be left over by some largest set of pairs. Taking such threes one by one, in any
order, places as many people as can be placed: it is a case of what Cornuéjols, Hartvigsen and Pulleyblank prove in
"Packing subgraphs in a graph" (Operations Research Letters 1, 1982).

Which three is best is a search, the most promising first. Taking {a, b, c} out of the people, the others' pairs and a-b
together are pairs of everybody but c, so they are worth at most what the best pairs of all are worth. What the three
makes in all is therefore at most that, plus its own worth without its best meeting: once a three that was tried has
reached what the next one promises, no other can be better.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from app.catchups.pairing.matching import Couple, Edge, best_pairs, edges_among
from app.catchups.pairing.worth import Worth

MOST_PEOPLE = 40
MOST_TRIES = 200  # threes to try once a possible one is known; beyond, the best so far is taken without proof


class _Promise(NamedTuple):
    at_most: int  # what this three and the best pairs of the others can be worth together
    worth: int  # of the three itself
    three: tuple[int, int, int]


class _Found(NamedTuple):
    total: int
    three: tuple[int, int, int]
    pairs: list[Couple]


def pairs_and_threes(worth: Worth, people: Sequence[int]) -> tuple[list[list[int]], list[int]]:
    """Groups of two and three among at most MOST_PEOPLE, and who is left over: nobody who could be placed."""
    search = _Search(worth, people)
    places = list(range(len(people)))
    edges = edges_among(worth, people)
    pairs = best_pairs(len(people), edges)
    threes: list[tuple[int, ...]] = []
    while len(places) > 2 * len(pairs) and (found := search.best_three(places, edges, pairs)):
        threes.append(found.three)
        places = [place for place in places if place not in found.three]
        edges, pairs = _without(edges, found.three), found.pairs
    placed = {place for couple in pairs for place in couple}
    groups = [[people[place] for place in group] for group in (*pairs, *threes)]
    return groups, [people[place] for place in places if place not in placed]


class _Search:
    """For the best three among people, who are called by their place in a list."""

    def __init__(self, worth: Worth, people: Sequence[int]) -> None:
        self.worth = worth
        self.people = people

    def best_three(self, places: Sequence[int], edges: Sequence[Edge], pairs: Sequence[Couple]) -> _Found | None:
        """The three that makes the best total with the pairs of the others; None when none takes in somebody more."""
        promises = sorted(self._promises(places, edges, pairs), key=lambda each: (-each.at_most, each.three))
        best: _Found | None = None
        for tries, promise in enumerate(promises):
            if best is not None and (best.total >= promise.at_most or tries >= MOST_TRIES):
                break
            rest = _without(edges, promise.three)
            others = best_pairs(len(self.people), rest)
            if len(others) < len(pairs) - 1:
                continue
            total = promise.worth + _sum(rest, others)
            if best is None or total > best.total:
                best = _Found(total, promise.three, others)
        return best

    def _promises(self, places: Sequence[int], edges: Sequence[Edge], pairs: Sequence[Couple]) -> Iterator[_Promise]:
        value = {(one, other): worth for one, other, worth in edges}
        best_of_all = _sum(edges, pairs)
        for three in combinations(self._may_be_over(places, edges, len(pairs)), 3):
            meetings = [value[couple] for couple in combinations(three, 2) if couple in value]
            if len(meetings) == len(three):
                turn = self.worth.odd_size([self.people[place] for place in three])
                total = sum(meetings) + turn
                yield _Promise(best_of_all + total - max(meetings), total, three)

    def _may_be_over(self, places: Sequence[int], edges: Sequence[Edge], most: int) -> Sequence[int]:
        """Whom some largest set of pairs leaves over; only threes of these can take in somebody more."""
        if 2 * len(edges) == len(places) * (len(places) - 1):
            return places  # everybody may meet everybody
        return [place for place in places if len(best_pairs(len(self.people), _without(edges, (place,)))) == most]


def _without(edges: Sequence[Edge], places: Sequence[int]) -> list[Edge]:
    return [edge for edge in edges if edge[0] not in places and edge[1] not in places]


def _sum(edges: Sequence[Edge], pairs: Sequence[Couple]) -> int:
    chosen = set(pairs)
    return sum(worth for one, other, worth in edges if (one, other) in chosen)
