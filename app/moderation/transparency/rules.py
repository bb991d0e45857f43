"""Pure decisions about the figures: which quarter, what is counted, and how it is kept once it is published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.core.suppression import JOINED, Cell, Facts, Release, Table, release
from app.moderation.cases.rules import Lane, Outcome, Reason

SETTLES_FOR = timedelta(days=28)  # after a quarter: what is decided by then counts as decided, and then it is frozen
OPEN = "open"  # nobody had decided by then
TABLES: tuple[Table, ...] = (("lane",), ("reason",), ("outcome",), ("time",), ("lane", "outcome"))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year, on the clocks of London: Quarter(2026, 4) is October to December."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter that a day is in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def read(cls, text: str) -> "Quarter | None":
        """The quarter of "2026-Q4"; None for anything else."""
        year, _, number = text.partition("-Q")
        if not (year.isascii() and year.isdecimal() and len(year) == 4 and number in set("1234")):  # noqa: PLR2004
            return None
        return cls(int(year), int(number))

    @property
    def code(self) -> str:
        """As it stands in addresses: 2026-Q4."""
        return f"{self.year:04d}-Q{self.number}"

    @property
    def words(self) -> str:
        """As people say it."""
        months = ("January to March", "April to June", "July to September", "October to December")
        return f"{months[self.number - 1]} {self.year}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def next(self) -> "Quarter":
        """The one after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)  # noqa: PLR2004

    def is_settled(self, today: date) -> bool:
        """Whether its figures can be published."""
        return today >= self.next.first_day + SETTLES_FOR


class Band(StrEnum):
    """How long it took from the first concern to the decision."""

    DAY = "day"
    THREE_DAYS = "three_days"
    WEEK = "week"
    LONGER = "longer"
    OPEN = "open"

    @property
    def words(self) -> str:
        """The band as a reader sees it."""
        return {
            "day": "Within a day",
            "three_days": "One to three days",
            "week": "Three days to a week",
            "longer": "More than a week",
            "open": "Not decided when this was counted",
        }[self.value]


LIMITS = ((timedelta(days=1), Band.DAY), (timedelta(days=3), Band.THREE_DAYS), (timedelta(days=7), Band.WEEK))


@dataclass(frozen=True, slots=True)
class Counted:
    """One case: where it waited, what brought it, how it was decided, and after how long (None: it was not)."""

    lane: Lane
    reason: Reason
    outcome: Outcome | None
    took: timedelta | None

    @property
    def row(self) -> Cell:
        """As suppression counts it."""
        return (self.lane.value, self.reason.value, self.outcome.value if self.outcome else OPEN, band(self.took).value)


def band(took: timedelta | None) -> Band:
    """In which band a time is."""
    if took is None:
        return Band.OPEN
    return next((name for limit, name in LIMITS if took <= limit), Band.LONGER)


def publishable(cases: Iterable[Counted], secret: bytes) -> Release:
    """The figures of a quarter as they may be published.

    A zero says nothing about anybody here (no case of a kind), so it is shown. `core.suppression` says what is proved.
    """
    attributes: dict[str, Sequence[str]] = {
        "lane": tuple(lane.value for lane in Lane),
        "reason": tuple(reason.value for reason in Reason),
        "outcome": (*(outcome.value for outcome in Outcome), OPEN),
        "time": tuple(each.value for each in Band),
    }
    facts = Facts.of_rows(attributes, (case.row for case in cases))
    return release(facts, TABLES, secret=secret, zeros_shown=True)


def median_band(found: Release) -> Band | None:
    """The band of the median time to a decision, from the published figures alone; None where they hide it."""
    if found.is_withheld:
        return None
    counts = {each: found.figure(time=each.value) for each in Band if each is not Band.OPEN}
    if not any(count is None for count in counts.values()):
        return _middle({each: count or 0 for each, count in counts.items()})
    together = found.figure(time=JOINED) or 0
    known = {each: count for each, count in counts.items() if count is not None}
    decided = sum(known.values()) + together
    # A band that holds more than half holds the middle, whatever the joined ones are.
    return next((each for each, count in known.items() if 2 * count > decided), None)


def plain(found: Release) -> dict[str, Any]:
    """A release as JSON keeps it."""
    return {
        "attributes": {name: list(values) for name, values in found.attributes.items()},
        "joined": {name: sorted(values) for name, values in found.joined.items()},
        "figures": [
            [list(table), [[list(cell), count] for cell, count in cells.items()]]
            for table, cells in found.figures.items()
        ],
    }


def read_plain(kept: dict[str, Any]) -> Release:
    """The release that `plain` kept."""
    return Release(
        {name: tuple(values) for name, values in kept["attributes"].items()},
        {name: frozenset(values) for name, values in kept["joined"].items()},
        {tuple(table): {tuple(cell): count for cell, count in cells} for table, cells in kept["figures"]},
    )


def _middle(counts: dict[Band, int]) -> Band | None:
    decided, seen = sum(counts.values()), 0
    for each, count in counts.items():
        seen += count
        if count and 2 * seen >= decided:
            return each
    return None
