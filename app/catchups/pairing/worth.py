"""What it is worth that two people meet, in integers that keep the order of what a round promises.

One total is compared, highest first:

1. everybody is placed who can be (the matching looks for the largest number of pairs before it looks at worth);
2. the fewest people meet who have met before: each repeat costs REPEAT;
3. the repeat that cannot be avoided is the oldest, and whoever was lately in a group of another size than the rest (in
   rounds of pairs: a three) is spared: each costs RECENT for every round that it is nearer than MEMORY;
4. what makes a meeting worthwhile: LIKING for another organisation (100), another profession (40), the same area (20),
   and ASKED more for each of the two who asked for it.

No sum of a lower line outweighs one unit of a higher one. Decisions are made among at most 1,000 people, in groups of
at most four, hence among at most 1,500 meetings: liking sums to at most 1,500 × 760 = 1,140,000 < RECENT, and line 3 to
at most (1,500 + 1,000) × 52 × RECENT = 260,000,000,000 < REPEAT. All stays far below 2 ** 63.

A wish not to be with somebody is no price at all: such a meeting does not exist (`allowed`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.catchups.pairing.inputs import Identity, Label, Person, Preference, RoundInputs

Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

LIKING = {Preference.OTHER_ORGANISATION: 100, Preference.OTHER_PROFESSION: 40, Preference.SAME_AREA: 20}
ASKED = 100
RECENT = 2_000_000
REPEAT = 1_000_000_000_000
MEMORY = 52  # rounds: a year of weekly ones

NOT_KNOWN = -1


def recency(rounds_ago: int) -> int:
    """How near an earlier round is: MEMORY for this one, 0 from MEMORY rounds ago on."""
    return max(0, MEMORY - rounds_ago)


class Trait(NamedTuple):
    """One thing that makes a meeting worthwhile, for everybody at once."""

    codes: Numbers  # equal numbers for equal labels, NOT_KNOWN for none
    asked: Numbers  # 1 for those who asked for it
    liking: int
    same: bool  # whether it is liked that the two are the same, or that they differ


class Worth:
    """What meetings among the people of a round are worth; people are called by their position in `people`."""

    def __init__(self, inputs: RoundInputs, people: Sequence[Person]) -> None:
        at = {person.id: position for position, person in enumerate(people)}
        self.size = inputs.group_size
        self.met: defaultdict[int, dict[int, int]] = defaultdict(dict)  # the latest meeting, in rounds ago
        self.apart: defaultdict[int, set[int]] = defaultdict(set)
        for one, other in inputs.not_with:
            self.apart[at[one]].add(at[other])
            self.apart[at[other]].add(at[one])
        for one, other, rounds_ago in inputs.met:
            for here, there in ((at[one], at[other]), (at[other], at[one])):
                self.met[here][there] = min(rounds_ago, self.met[here].get(there, rounds_ago))
        self.turn = _turns(inputs, at)
        plain = _PlainLabels()
        self.labels = [(plain[person.organisation], plain[person.profession], plain[person.area]) for person in people]
        self._traits = [
            _trait([labels[number] for labels in self.labels], people, preference)
            for number, preference in enumerate(LIKING)
        ]

    def liking(self, some: Numbers, others: Numbers) -> Numbers:
        """What is liked about meetings, whether or not the two have met; the arrays are broadcast together."""
        total = np.zeros(np.broadcast_shapes(some.shape, others.shape), dtype=np.int64)
        for codes, asked, liking, same in self._traits:
            here, there = codes[some], codes[others]
            fits = ((here == there) == same) & (here != NOT_KNOWN) & (there != NOT_KNOWN)
            total += fits * (liking + ASKED * (asked[some] + asked[others]))
        return total

    def table(self, rows: Sequence[int], columns: Sequence[int]) -> Numbers:
        """The worth of each meeting between one of `rows` and one of `columns`."""
        worth = self.liking(np.asarray(rows, dtype=np.int64)[:, None], np.asarray(columns, dtype=np.int64)[None, :])
        for row, column, rounds_ago in self._meetings(rows, columns):
            worth[row, column] -= REPEAT + RECENT * recency(rounds_ago)
        return worth

    def allowed(self, rows: Sequence[int], columns: Sequence[int]) -> Flags:
        """Which of those meetings may be: nobody with themselves, nobody with whom they must not be put together."""
        may: Flags = np.asarray(rows)[:, None] != np.asarray(columns)[None, :]
        column_of = {person: column for column, person in enumerate(columns)}
        for row, person in enumerate(rows):
            for other in self.apart.get(person, ()):
                if other in column_of:
                    may[row, column_of[other]] = False
        return may

    def known(self, person: int) -> set[int]:
        """Whom somebody should not meet again, or must not meet."""
        return {*self.met.get(person, ()), *self.apart.get(person, ())}

    def may_join(self, person: int, group: Iterable[int]) -> bool:
        """Whether somebody may be put together with everybody of a group."""
        return person not in self.apart or self.apart[person].isdisjoint(group)

    def odd_size(self, group: Sequence[int]) -> int:
        """What it costs (0 or less) that these people are in a group of another size than the round's."""
        return 0 if len(group) == self.size else -RECENT * sum(self.turn.get(person, 0) for person in group)

    def of(self, groups: Sequence[Sequence[int]]) -> int:
        """The worth of whole groups: every meeting in them, and the price of odd sizes."""
        couples = [couple for group in groups for couple in combinations(group, 2)]
        some, others = (np.array([couple[side] for couple in couples], dtype=np.int64) for side in (0, 1))
        total = int(self.liking(some, others).sum()) + sum(self.odd_size(group) for group in groups)
        repeats = [rounds_ago for group in groups for rounds_ago in self.earlier(group)]
        return total - REPEAT * len(repeats) - RECENT * sum(map(recency, repeats))

    def earlier(self, group: Sequence[int]) -> list[int]:
        """How many rounds ago any two of these people met; empty when nobody has met anybody."""
        return [
            self.met[one][other] for one, other in combinations(group, 2) if one in self.met and other in self.met[one]
        ]

    def _meetings(self, rows: Sequence[int], columns: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        column_of = {person: column for column, person in enumerate(columns)}
        for row, person in enumerate(rows):
            for other, rounds_ago in self.met.get(person, {}).items():
                if other in column_of:
                    yield row, column_of[other], rounds_ago


def _trait(labels: Sequence[Label], people: Sequence[Person], preference: Preference) -> Trait:
    numbers: dict[Label, int] = {None: NOT_KNOWN}
    codes = [numbers.setdefault(label, len(numbers)) for label in labels]
    asked = [preference in person.prefers for person in people]
    return Trait(
        np.array(codes, dtype=np.int64),
        np.array(asked, dtype=np.int64),
        LIKING[preference],
        same=preference is Preference.SAME_AREA,
    )


class _PlainLabels(dict[Label, Label]):
    """Labels that differ in capitals or outer spaces are the same, and an empty one is not known."""

    def __missing__(self, label: Label) -> Label:
        self[label] = (label.strip().casefold() or None) if isinstance(label, str) else label
        return self[label]


def _turns(inputs: RoundInputs, at: dict[Identity, int]) -> dict[int, int]:
    """How lately each person was in a group of another size than usual, as told by how many they met in one round."""
    meetings = {(*sorted((at[one], at[other])), rounds_ago) for one, other, rounds_ago in inputs.met}
    company = Counter((person, rounds_ago) for *couple, rounds_ago in meetings for person in couple)
    turns: dict[int, int] = {}
    for (person, rounds_ago), others in company.items():
        if others != inputs.group_size - 1:
            turns[person] = max(turns.get(person, 0), recency(rounds_ago))
    return turns
