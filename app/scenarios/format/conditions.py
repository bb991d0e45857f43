"""The conditions under which a choice is open."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """A variable held against a whole number, as in `own_safety >= 2`."""

    variable: str
    operator: str
    number: int


@dataclass(frozen=True, slots=True)
class Not:
    """True when its operand is false."""

    operand: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """True when every operand is."""

    operands: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """True when at least one operand is."""

    operands: "tuple[Condition, ...]"


Condition = Comparison | Not | And | Or
