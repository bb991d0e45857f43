"""Pure decisions about rounds: who is due, what state a round is in, what counts as a meeting, what leads may see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import combinations

from app.catchups.pairing import Preference
from app.catchups.slots.timing import Cadence, days
from app.core.suppression import SMALL

SIZES = (2, 3, 4)
LONGEST_PLACE = 200
MOST_OFFERS = 6  # times that one group may have on the table
MOST_DAYS_OPEN, MOST_DAYS_TO_MEET = 28, 60
USUAL_DAYS_OPEN, USUAL_DAYS_TO_MEET = 5, 14
CLOSES_AT = time(20)  # on the clocks of London, where no change of the clocks ever falls
LONGEST_PAUSE = timedelta(days=366)
STRAGGLERS = timedelta(days=14)  # for meeting after the days that a round gives, until which times may be offered
ANSWERS = timedelta(days=21)  # for answering, after which the figures of a round are made
POOL_WAITS = timedelta(days=1)  # for a second match of two who both look, before somebody joins a pair
REMEMBERED = 52  # rounds: pairing tells no older meeting from none of late (pairing.worth)
SNAPSHOTS_KEPT = timedelta(days=180)


BETWEEN = {
    Cadence.WEEKLY: timedelta(days=7),
    Cadence.FORTNIGHTLY: timedelta(days=14),
    Cadence.MONTHLY: timedelta(days=28),
}
SLACK = timedelta(days=3)  # rounds do not close to the day
STANDING = tuple(BETWEEN)  # the cadences that members and programmes choose from


class RoundState(StrEnum):
    """How far a round is. Each step is kept before the next begins, so that a killed worker loses nothing."""

    OPEN = "open"
    CLOSED = "closed"  # its inputs are kept; it is being paired
    PAIRED = "paired"  # its groups are kept; they are being told
    ANNOUNCED = "announced"
    FINISHED = "finished"  # its figures are kept; nobody is asked any more
    CANCELLED = "cancelled"

    @property
    def words(self) -> str:
        """The state as leads read it."""
        return {
            "open": "Open for sign-up",
            "closed": "Being paired",
            "paired": "Being announced",
            "announced": "People are meeting",
            "finished": "Finished",
            "cancelled": "Called off",
        }[self.value]


AT_WORK = (RoundState.CLOSED, RoundState.PAIRED)  # the worker is not done with them


class EntryState(StrEnum):
    """Whether somebody takes part in one round."""

    IN = "in"
    OUT = "out"


class SeatState(StrEnum):
    """Whether somebody in a group can meet the others."""

    IN = "in"
    AWAY = "away"


class Answer(StrEnum):
    """What somebody says to "did it happen?"."""

    MET = "met"
    NOT_MET = "not_met"

    @property
    def words(self) -> str:
        """The answer as members read it."""
        return {"met": "Yes, we met", "not_met": "No, it did not happen"}[self.value]


PREFERENCES = {
    Preference.OTHER_ORGANISATION: "Somebody from another organisation",
    Preference.OTHER_PROFESSION: "Somebody with another profession",
    Preference.SAME_AREA: "Somebody in the same area",
}
CADENCES = {
    Cadence.WEEKLY: "Every week",
    Cadence.FORTNIGHTLY: "Every two weeks",
    Cadence.MONTHLY: "Every month",
}


def is_due(cadence: Cadence, last_closed_at: datetime | None, closes_at: datetime) -> bool:
    """Whether somebody who wants to meet so often takes part in a round, by when the last one closed they were in.

    A programme may have rounds more often than they want, and less often: then they are in each.
    """
    return last_closed_at is None or closes_at - last_closed_at >= BETWEEN[cadence] - SLACK


def is_paused(until: date | None, closes_on: date) -> bool:
    """Whether somebody who pauses until a day (on which they are back) misses a round that closes on a day."""
    return until is not None and closes_on < until


def opens_next(opened_on: date, cadence: Cadence, today: date) -> date:
    """The day after today on which the timetable opens the next round; days that were missed are not made up for."""
    coming, step = opened_on, 1
    while coming <= today:
        coming = days(opened_on, cadence, step + 1)[-1]
        step += 1
    return coming


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """What is known of one person in a group when the figures of a round are made."""

    organisation_id: int | None
    state: SeatState
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Meetings:
    """Couples who met: from different organisations, and from the same one. Who has none known is in neither."""

    across: int
    within: int


def met(group: Collection[SeatFacts]) -> bool:
    """Whether a group met: one of those who could come says so."""
    return any(seat.answer is Answer.MET for seat in group if seat.state is SeatState.IN)


def meetings(groups: Iterable[Collection[SeatFacts]]) -> Meetings:
    """How many couples met in a round."""
    across = within = 0
    for group in groups:
        if not met(group):
            continue
        known = [seat.organisation_id for seat in group if seat.state is SeatState.IN and seat.organisation_id]
        for one, other in combinations(known, 2):
            across += one != other
            within += one == other
    return Meetings(across, within)


def shown(number: int) -> int | None:
    """A number of people or meetings as leads may see it; None where it is too small to be shown."""
    return number if number >= SMALL else None
