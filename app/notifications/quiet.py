"""Pure decisions about quiet hours: no mail while a member rests or is on shift. All times are on the clocks of London.

An hour that the clocks repeat in autumn is quiet both times; a time that they leave out in spring is the change itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
CLOCKS_CHANGE = time(1)  # UTC; in spring and autumn alike
LONGEST_WAIT = timedelta(days=42)  # nothing waits longer, whatever is entered
LONGEST_SHIFTS = 28  # days in one entry
MOST_REST = 12  # hours
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEAST_OPEN = timedelta(hours=1)  # that a week of quiet hours must leave

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Window:
    """A quiet time of every week; one that ends at or before its start ends on the next day."""

    weekday: int  # 0 is Monday
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Shifts:
    """A shift on each of some days, with rest after it; one that ends at or before its start ends on the next day."""

    first_day: date
    last_day: date
    starts: time
    ends: time
    rest_hours: int = 0


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When a member wants no mail: times of every week, and shifts on certain days."""

    windows: Sequence[Window] = ()
    shifts: Sequence[Shifts] = ()

    def is_quiet(self, at: datetime) -> bool:
        """Whether mail waits at a moment."""
        return self._ends_after(at) is not None

    def next_open(self, now: datetime) -> datetime:
        """The first moment from now on that is not quiet, at the latest after LONGEST_WAIT."""
        latest, moment = now + LONGEST_WAIT, now
        while moment < latest and (end := self._ends_after(moment)) is not None:
            moment = end
        return min(moment, latest)

    def _ends_after(self, at: datetime) -> datetime | None:
        """The latest end of all quiet times that a moment is in; None when it is in none."""
        return max((end for start, end in self._around(at) if start <= at < end), default=None)

    def _around(self, at: datetime) -> Iterator[Span]:
        """All quiet times that could hold a moment: those that begin that day or up to two days before it."""
        today = at.astimezone(LONDON).date()
        for day in (today - timedelta(days=before) for before in range(3)):
            for window in self.windows:
                if window.weekday == day.weekday():
                    yield span(day, window.starts, window.ends)
            for shift in self.shifts:
                if shift.first_day <= day <= shift.last_day:
                    start, end = span(day, shift.starts, shift.ends)
                    yield start, end + timedelta(hours=shift.rest_hours)


def span(day: date, starts: time, ends: time) -> Span:
    """The moments between two times that begin on a day, in UTC."""
    last = day if ends > starts else day + timedelta(days=1)
    return _moment(day, starts, fold=0), _moment(last, ends, fold=1)


def leaves_room(windows: Sequence[Window]) -> bool:
    """Whether quiet times leave at least LEAST_OPEN without a break in every week."""
    if not windows:
        return True
    quiet = QuietHours(windows)
    # A week without a change of the clocks, and a day more: time that is open may reach over its end.
    moment = datetime(2024, 1, 1, tzinfo=UTC)
    end = moment + timedelta(days=8)
    while (moment := quiet.next_open(moment)) < end:
        closes = min((start for start in _starts(windows, moment) if start >= moment), default=end)
        if closes - moment >= LEAST_OPEN:
            return True
        moment = closes
    return False


def _starts(windows: Sequence[Window], moment: datetime) -> Iterator[datetime]:
    for ahead in range(9):
        day = moment.date() + timedelta(days=ahead)
        yield from (span(day, window.starts, window.ends)[0] for window in windows if window.weekday == day.weekday())


def _moment(day: date, at: time, *, fold: int) -> datetime:
    """A time on a day; of one that comes twice, the first (fold 0) or the second; for one left out, the change."""
    moment = datetime.combine(day, at.replace(fold=fold), LONDON).astimezone(UTC)
    exists = moment.astimezone(LONDON).replace(tzinfo=None) == datetime.combine(day, at)
    return moment if exists else datetime.combine(day, CLOCKS_CHANGE, UTC)
