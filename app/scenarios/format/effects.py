"""What a choice does to the variables: from left to right, each result held within the variable's bounds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.scenarios.format.expressions import NAME, NUMBER, RESERVED, ExpressionError

MAX_EFFECTS = 50

_EFFECT = re.compile(rf"[ \t]*+({NAME})[ \t]*+(?:([+-])[ \t]*+({NUMBER})|=[ \t]*+([+-]?{NUMBER}))[ \t]*+")


class Bounds(Protocol):
    """What holds a variable: its smallest and its largest value."""

    @property
    def minimum(self) -> int:
        """The smallest value."""

    @property
    def maximum(self) -> int:
        """The largest value."""


@dataclass(frozen=True, slots=True)
class Effect:
    """`variable = amount` when `sets`, else `variable + amount` (which may be negative)."""

    variable: str
    sets: bool
    amount: int

    def __str__(self) -> str:
        return f"{self.variable} = {self.amount}" if self.sets else f"{self.variable} {self.amount:+d}"


def parse_effects(text: str) -> tuple[Effect, ...]:
    """Read a list of effects such as `dignity +1, own_safety -1, told = 1`.

    Raises ExpressionError with the place of the first one that cannot be read.
    """
    effects: list[Effect] = []
    at = 0
    for part in text.split(",", MAX_EFFECTS):
        if len(effects) == MAX_EFFECTS:
            raise ExpressionError(f"A choice may have at most {MAX_EFFECTS} effects.", at)
        found = _EFFECT.fullmatch(part)
        if found is None or found[1] in RESERVED:
            blank = len(part) - len(part.lstrip(" \t"))
            raise ExpressionError(
                "This effect cannot be read. Write `dignity +1`, `dignity -1` or `dignity = 1`, "
                "with a comma between two.",
                at + blank,
            )
        name, sign, change, value = found.groups()
        effects.append(
            Effect(name, sets=False, amount=int(sign + change)) if sign else Effect(name, sets=True, amount=int(value))
        )
        at += len(part) + 1
    return tuple(effects)


def apply_effects(effects: Iterable[Effect], values: Mapping[str, int], bounds: Mapping[str, Bounds]) -> dict[str, int]:
    """The values after these effects; the ones given stay as they are. Raises KeyError for an unknown variable."""
    after = dict(values)
    for effect in effects:
        bound = bounds[effect.variable]
        amount = effect.amount if effect.sets else after[effect.variable] + effect.amount
        after[effect.variable] = min(max(amount, bound.minimum), bound.maximum)
    return after
