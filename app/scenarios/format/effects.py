"""What a choice does to the variables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effect:
    """`variable = amount` when `sets`, else `variable + amount` (which may be negative)."""

    variable: str
    sets: bool
    amount: int
