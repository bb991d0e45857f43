"""Small numbers in published figures: held back in such a way that nobody can work them out.

The method is the plainest one that can be proved: *join*. A value whose figures are small (a team, an answer, a reason)
is joined with others of its kind, in every table at once, until each figure that is left is either of at least `k`
people or shows nothing. What is published is then a function of the joined figures alone.

**What is guaranteed.** Take any figure of a published table that is not shown, and let M be the joined figure that it
is a part of. Every whole number from 0 to M agrees with everything that is published, totals included, and M >= k. For
the people behind it may be moved from one joined value to another and no published figure changes, and neither does
the number of anything shown. So no equation and no bound places a hidden figure within fewer than k + 1 numbers, in one
list, in a table, or in several tables of the same facts.

In a single list this holds even against somebody who knows this method: a number under k may still be each of 0 to
k - 1, because the value that has to cover for a lone small one is chosen by a keyed hash and never by its size. In
larger tables somebody who knows the method may guess why a value was joined: that something in it was small.

**What is not.** Nothing is claimed against whoever knows figures from elsewhere (that a team has six people), about
tables of *different* facts, or about figures of no published table. Count people: somebody who wrote ten posts is one.
A zero is a small number like any other, because "nobody in team A said yes" says something about each of them;
`zeros_shown` is for facts about which that does not matter.

Source: Hundepool et al., Statistical Disclosure Control (2012), on global recoding and on tables that are linked;
ISB1523, Anonymisation Standard for Publishing Health and Social Care Data; issue 9, transparency.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

SMALL = 5  # figures of fewer are small
JOINED = ""  # stands for the joined values of an attribute; no value of its own is empty

Table = tuple[str, ...]  # by which attributes it counts; () is the grand total
Cell = tuple[str, ...]  # one value, or JOINED, for each attribute of a table


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted: the values of each attribute in the order of printing, and counts by one value of each."""

    attributes: Mapping[str, Sequence[str]]
    counts: Mapping[Cell, int]

    def __post_init__(self) -> None:
        """Raise ValueError for negative counts and for values that no attribute has."""
        for cell, count in self.counts.items():
            known = len(cell) == len(self.attributes) and all(
                value and value in values for value, values in zip(cell, self.attributes.values(), strict=True)
            )
            if count < 0 or not known:
                raise ValueError("facts are counts of at least 0, by one value of each attribute")

    @classmethod
    def of_list(cls, counts: Mapping[str, int], attribute: str = "value") -> "Facts":
        """A plain list of counts."""
        return cls({attribute: tuple(counts)}, {(value,): count for value, count in counts.items()})

    @classmethod
    def of_rows(cls, attributes: Mapping[str, Sequence[str]], rows: Iterable[Cell]) -> "Facts":
        """One row for each fact."""
        counts: dict[Cell, int] = defaultdict(int)
        for row in rows:
            counts[row] += 1
        return cls(attributes, counts)


@dataclass(frozen=True, slots=True)
class Release:
    """What may be published. `joined` are the values of each attribute that are shown together only."""

    attributes: Mapping[str, Sequence[str]]
    joined: Mapping[str, frozenset[str]]
    figures: Mapping[Table, Mapping[Cell, int]]

    @property
    def is_withheld(self) -> bool:
        """Whether there are so few facts that not even their total is shown."""
        return not self.figures

    def figure(self, **where: str) -> int | None:
        """How many facts have these values (none: all facts), or None where that is held back.

        A value may be JOINED. Raises KeyError for a table that was not asked for, and for a value that is unknown.
        """
        if self.is_withheld:
            return None
        table = next(table for table in (*self.figures, None) if table is None or set(table) == set(where))
        if table is None:
            raise KeyError(tuple(where))
        if any(where[name] and where[name] in self.joined[name] for name in table):
            return None
        return self.figures[table][tuple(where[name] for name in table)]

    def shown(self, attribute: str) -> list[str]:
        """The values that stand by themselves."""
        return [value for value in self.attributes[attribute] if value not in self.joined[attribute]]

    def held_back(self, attribute: str) -> list[str]:
        """The values that are shown together only, under JOINED."""
        return [value for value in self.attributes[attribute] if value in self.joined[attribute]]


def release(
    facts: Facts,
    tables: Iterable[Table],
    *,
    secret: bytes,
    k: int = SMALL,
    zeros_shown: bool = False,
    earlier: Release | None = None,
) -> Release:
    """The tables of these facts as they may be published; the grand total is always one of them.

    `secret` keys the choice of covers; with the same one, the same facts are always joined in the same way. `earlier`
    is what was published of the same facts before, when there were fewer: see `_may_follow`. Tables that overlap have
    to be released in one call.
    """
    wanted = dict.fromkeys([(), *tables])
    if earlier is not None and not earlier.is_withheld and set(earlier.figures) != set(wanted):
        raise ValueError("a later release has the tables of the earlier one")
    joined = {name: set(earlier.joined.get(name, ()) if earlier else ()) for name in facts.attributes}
    while True:
        figures = {table: _count(facts, table, joined) for table in wanted}
        small = [
            (table, cell)
            for table, cells in figures.items()
            for cell, count in cells.items()
            if count < k and not (count == 0 and zeros_shown)
        ]
        if ((), ()) in small:
            return Release(facts.attributes, {name: frozenset() for name in joined}, {})
        plain = [(table, cell) for table, cell in small if JOINED not in cell]
        line = (
            _worst(plain, figures)
            or _lonely(facts, joined, secret)
            or _worst(small, figures)
            or _cover(small, facts, joined, secret)
        )
        if line is None:
            break
        joined[line[0]].add(line[1])
    found = Release(facts.attributes, {name: frozenset(values) for name, values in joined.items()}, figures)
    return found if earlier is None or _may_follow(earlier, found, k) else earlier


def steps(count: int, k: int = SMALL) -> range:
    """The numbers that a figure which changes all the time is published as: 17 is one of range(15, 20).

    The difference between two such figures tells nothing more than the two do. Publish it on set days only: at the very
    moment of a change, the next step would tell the number itself.
    """
    floor = count - count % k
    return range(floor, floor + k)


Line = tuple[str, str]  # an attribute and one of its values


def _count(facts: Facts, table: Table, joined: Mapping[str, Iterable[str]]) -> dict[Cell, int]:
    names = list(facts.attributes)
    places = [names.index(name) for name in table]
    lines = [
        [value for value in facts.attributes[name] if value not in joined[name]] + [JOINED] * bool(joined[name])
        for name in table
    ]
    cells = dict.fromkeys(product(*lines), 0)
    for cell, count in facts.counts.items():
        cells[_under([cell[place] for place in places], table, joined)] += count
    return cells


def _under(values: Iterable[str], table: Table, joined: Mapping[str, Iterable[str]]) -> Cell:
    """The cell in which a figure is published."""
    return tuple(JOINED if value in joined[name] else value for name, value in zip(table, values, strict=True))


def _lonely(facts: Facts, joined: Mapping[str, set[str]], secret: bytes) -> Line | None:
    """A cover for an attribute of which only one value is joined: the total would tell it."""
    alone = (name for name, values in joined.items() if len(values) == 1)
    return next((line for name in alone for line in _covers(facts, name, joined, secret)), None)


def _worst(small: Iterable[tuple[Table, Cell]], figures: Mapping[Table, Mapping[Cell, int]]) -> Line | None:
    """Of the lines with small figures, the one with the largest share of them; the first where they are equal."""
    hits: dict[tuple[Table, int, str], int] = defaultdict(int)
    for table, cell in small:
        for place, value in enumerate(cell):
            if value != JOINED:
                hits[table, place, value] += 1
    shares: dict[Line, Fraction] = {}
    for (table, place, value), count in hits.items():
        length = sum(cell[place] == value for cell in figures[table])
        line = (table[place], value)
        shares[line] = max(shares.get(line, Fraction(0)), Fraction(count, length))
    return max(shares, key=lambda line: shares[line], default=None)


def _cover(
    small: Iterable[tuple[Table, Cell]], facts: Facts, joined: Mapping[str, set[str]], secret: bytes
) -> Line | None:
    """One more value for joined figures that are still small."""
    names = (name for table, _ in small for name in table)
    return next((line for name in names for line in _covers(facts, name, joined, secret)), None)


def _covers(facts: Facts, name: str, joined: Mapping[str, set[str]], secret: bytes) -> Iterator[Line]:
    """The values that could still be joined, in an order that no size decides and no reader knows."""
    left = [value for value in facts.attributes[name] if value not in joined[name]]
    yield from ((name, value) for value in sorted(left, key=lambda value: _hash(secret, name, value)))


def _hash(secret: bytes, *words: str) -> bytes:
    return hmac.digest(secret, "\0".join(words).encode(), hashlib.sha256)


def _may_follow(earlier: Release, later: Release, k: int) -> bool:
    """Whether the difference between two releases gives away no small number either.

    What is joined stays joined, so both can be compared in the later one's figures. Each of these must have changed by
    nothing or by at least k, or the earlier release stands. Then what came since is itself a release of joined figures,
    and the guarantee holds for what was there before, for what came since, and for their sum. It is claimed for facts
    that are only ever added; where they belong to periods, make the period an attribute and never change a past one.
    """
    for table, cells in earlier.figures.items():
        before: dict[Cell, int] = defaultdict(int)
        for cell, count in cells.items():
            before[_under(cell, table, later.joined)] += count
        # A JOINED of before is in no set of values, and is JOINED of now.
        if any(0 < abs(count - before[cell]) < k for cell, count in later.figures[table].items()):
            return False
    return True
