"""Valuations (what all variables hold together), sets of them, and what a choice makes of such a set.

Valuations are numbered as they are met. A set of them is a block and bits: bit n of block b stands for the number
b * BLOCK + n.
"""

from app.scenarios.format.conditions import Condition, variables_in
from app.scenarios.format.effects import Effect, apply_effects
from app.scenarios.format.model import Story

BLOCK = 512
"""How many valuations one integer holds: many enough to save time, few enough that it stays short."""

Sets = list[tuple[int, int]]
"""Blocks with their bits."""


class EffortSpent(Exception):  # noqa: N818 - a limit that was agreed on, not a mistake
    """Following the story took as long as it may."""


class Valuations:
    """Gives each valuation its number. `effort` is what may still be spent on moving from one to another."""

    def __init__(self, story: Story, effort: int) -> None:
        self.bounds = story.bounds
        self.effort = effort
        self.met: list[tuple[int, ...]] = []
        self.numbers: dict[tuple[int, ...], int] = {}
        self.start = self.number_of(story.start_values())

    def number_of(self, values: dict[str, int]) -> int:
        """The number of these values, a new one if they were not met before."""
        key = tuple(values.values())
        number = self.numbers.setdefault(key, len(self.met))
        if number == len(self.met):
            self.met.append(key)
        return number

    def spend(self, effort: int) -> None:
        """Take from the effort that is left. Raises EffortSpent when it is less."""
        self.effort -= effort
        if self.effort < 0:
            raise EffortSpent

    def __getitem__(self, number: int) -> dict[str, int]:
        return dict(zip(self.bounds, self.met[number], strict=True))


class Moves:
    """What one wording of a condition and effects makes of valuations. Answers are kept: questions recur.

    `many` has those for sets, `one` those for single valuations: the set they become, None when the choice is closed.
    """

    def __init__(self, valuations: Valuations, when: Condition | None, effects: tuple[Effect, ...]) -> None:
        self.valuations, self.when, self.effects = valuations, when, effects
        self.effort = 6 + len(effects) + (len(list(variables_in(when))) if when else 0)
        self.many: dict[tuple[int, int], Sets] = {}
        self.one: dict[int, tuple[int, int] | None] = {}

    def after_all(self, block: int, bits: int) -> Sets:
        """The sets that a set becomes, without the valuations with which the choice is closed."""
        one, first, rest = self.one, block * BLOCK - 1, bits
        after: dict[int, int] = {}
        while rest:
            lowest = rest & -rest
            rest ^= lowest
            number = first + lowest.bit_length()
            moved = one[number] if number in one else self._after(number)
            if moved is not None:
                to, bit = moved
                after[to] = after.get(to, 0) | bit
        sets = self.many[block, bits] = list(after.items())
        return sets

    def _after(self, number: int) -> tuple[int, int] | None:
        self.valuations.spend(self.effort)
        after = None
        if self.is_open(number):
            if self.effects:
                values = apply_effects(self.effects, self.valuations[number], self.valuations.bounds)
                block, place = divmod(self.valuations.number_of(values), BLOCK)
            else:
                block, place = divmod(number, BLOCK)
            after = block, 1 << place
        self.one[number] = after
        return after

    def is_open(self, number: int) -> bool:
        """Whether the condition holds of a valuation."""
        return self.when is None or self.when.holds(self.valuations[number])


def numbers_in(block: int, bits: int) -> list[int]:
    """The numbers of the valuations in a set, smallest first."""
    first = block * BLOCK
    return [first + place for place, bit in enumerate(f"{bits:b}"[::-1]) if bit == "1"]
