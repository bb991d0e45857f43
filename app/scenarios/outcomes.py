"""Outcome axes in words and as a small picture: where things stand, and which way they moved. Never a score."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.scenarios.format.model import Story, Variable

MOST_PARTS = 8
"""Into how many parts a meter is cut at most."""

LOW, HIGH = 0.4, 0.6
"""The shares of an axis below which it is low, and above which it is high."""

A_LOT = 0.4
"""The share of an axis from which on a move is "a lot"."""


@dataclass(frozen=True, slots=True)
class Meter:
    """Where an axis stands: in words, and as `filled` of so many parts."""

    label: str
    words: str
    filled: int
    parts: int


@dataclass(frozen=True, slots=True)
class Change:
    """An axis that moved: `went` is "up" or "down", `words` the whole of it, as in "went up a lot"."""

    label: str
    went: str
    words: str


def meters(story: Story, values: Mapping[str, int]) -> list[Meter]:
    """Where each shown axis stands, in the author's order."""
    return [_meter(axis, values[axis.name]) for axis in story.variables if axis.shown]


def changes(story: Story, before: Mapping[str, int], after: Mapping[str, int]) -> list[Change]:
    """The shown axes that stand elsewhere after than before, in the author's order."""
    axes = [axis for axis in story.variables if axis.shown and before[axis.name] != after[axis.name]]
    return [_change(axis, after[axis.name] - before[axis.name]) for axis in axes]


def _meter(axis: Variable, value: int) -> Meter:
    span = axis.maximum - axis.minimum
    parts = min(max(span, 1), MOST_PARTS)
    share = (value - axis.minimum) / span if span else 1.0
    return Meter(axis.label, _standing(share), round(share * parts), parts)


def _standing(share: float) -> str:
    if share in {0.0, 1.0}:
        return "very high" if share else "very low"
    if share < LOW:
        return "low"
    return "high" if share > HIGH else "in the middle"


def _change(axis: Variable, by: int) -> Change:
    went = "up" if by > 0 else "down"
    a_lot = abs(by) > 1 and abs(by) >= A_LOT * (axis.maximum - axis.minimum)
    return Change(axis.label, went, f"went {went}{' a lot' if a_lot else ''}")
