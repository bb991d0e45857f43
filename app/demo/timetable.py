"""When the cohorts of the demonstration meet: two as the programme page prints them, two relative to today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from app.programme.rules import CohortState, EventKind

THURSDAY = 3
WEEK = timedelta(days=7)
FULL_DAY = (time(8, 45), time(16, 30))
HALF_DAY = (time(8, 45), time(13, 0))
SET_HOURS = (time(14, 0), time(15, 30))
SETS = 6
ONLINE = "Online"


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A date as clocks show it where the programme is."""

    kind: EventKind
    title: str
    day: date
    hours: tuple[time, time]
    venue: str


@dataclass(frozen=True, slots=True)
class PlannedCohort:
    """A cohort and how many people are in it."""

    slug: str
    name: str
    state: CohortState
    people: int
    first_workshop: date
    venue: str

    def dates(self) -> Iterator[PlannedDate]:
        """Workshop one, workshop two a week later, then six monthly sets."""
        second = self.first_workshop + WEEK
        yield PlannedDate(EventKind.WORKSHOP_ONE, "Workshop one", self.first_workshop, FULL_DAY, self.venue)
        yield PlannedDate(EventKind.WORKSHOP_TWO, "Workshop two", second, HALF_DAY, self.venue)
        for number in range(1, SETS + 1):
            day = thursday_in(second, number)
            yield PlannedDate(EventKind.LEARNING_SET, f"Action learning set {number}", day, SET_HOURS, ONLINE)


def cohorts(today: date, venue: str) -> list[PlannedCohort]:
    """The cohorts, the oldest first.

    Source: programme page, "December Group" and "January Group". It prints 2024 for January, but 9 and 16 January are
    Thursdays, like the others, in 2025.
    """
    begun, coming = thursday_in(today, -2), thursday_in(today, 2)
    return [
        PlannedCohort("december-2024", "December group", CohortState.FINISHED, 14, date(2024, 12, 5), venue),
        PlannedCohort("january-2025", "January group", CohortState.FINISHED, 16, date(2025, 1, 9), venue),
        PlannedCohort("running", f"{begun:%B %Y} group", CohortState.RUNNING, 12, begun, venue),
        PlannedCohort("next", f"{coming:%B %Y} group", CohortState.OPEN, 0, coming, venue),
    ]


def thursday_in(start: date, months: int) -> date:
    """The second Thursday of the month that is some months after (or before) a day; in every year a working day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7) + WEEK
