"""Pure decisions about programmes, cohorts and dates."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self


class CohortState(StrEnum):
    """Where a cohort stands."""

    PLANNED = "planned"
    OPEN = "open"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    FINISHED = "finished"

    @property
    def words(self) -> str:
        """The state as the team chooses it."""
        return {
            "planned": "Planned: only the team sees it",
            "open": "Open for interest",
            "confirmed": "Confirmed: it will go ahead",
            "running": "Running",
            "finished": "Finished",
        }[self.value]


class Standing(StrEnum):
    """What a cohort's state means on a given day."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    FINISHED = "finished"

    @property
    def words(self) -> str:
        """The standing as the public reads it."""
        return {
            "planned": "Being planned",
            "open": "Open for interest",
            "closed": "No longer open",
            "confirmed": "Confirmed, starting soon",
            "running": "Running now",
            "finished": "Finished",
        }[self.value]

    @property
    def is_ahead(self) -> bool:
        """Whether it has still to begin."""
        return self in {Standing.PLANNED, Standing.OPEN, Standing.CONFIRMED}

    @property
    def is_over(self) -> bool:
        """Whether nobody can join it or is in it now."""
        return self in {Standing.CLOSED, Standing.FINISHED}


def standing(state: CohortState, starts_at: datetime | None, now: datetime) -> Standing:
    """Where a cohort stands. Its team may forget to say that it began, so a past first date speaks for itself."""
    begun = starts_at is not None and starts_at <= now
    if begun and state is CohortState.OPEN:
        return Standing.CLOSED
    if begun and state is CohortState.CONFIRMED:
        return Standing.RUNNING
    return Standing(state.value)


class EventKind(StrEnum):
    """What happens on a date of a cohort."""

    WORKSHOP_ONE = "workshop_one"
    WORKSHOP_TWO = "workshop_two"
    LEARNING_SET = "learning_set"

    @property
    def words(self) -> str:
        """The kind as people say it."""
        return {
            "workshop_one": "Workshop one",
            "workshop_two": "Workshop two",
            "learning_set": "Action learning set",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What a programme asks and offers. Each figure is kept, none is derived: the sources do not add up exactly.

    Source: role description §5 (11 h, 9 h, 48 h), programme page (2.5 h a week, 100 places, 5 cohorts, 12 to 20).
    """

    contact_hours: int = 11
    set_hours: int = 9
    workbook_hours: int = 48
    workbook_hours_a_week: str = "2.5"
    sets: int = 6
    set_minutes: int = 90
    places: int = 100
    cohorts: int = 5
    cohort_min: int = 12
    cohort_max: int = 20

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        """The targets of a row; figures it does not name keep the pilot's value."""
        return cls(**{name: stored[name] for name in asdict(cls()) if name in stored})
