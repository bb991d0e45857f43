"""When slots are, on the clocks of London: an hour that does not exist is refused, a series keeps its time of day."""

from calendar import Calendar, monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MOST_TIMES = 12  # each is an invitation in the host's mail
ORDINALS = ("first", "second", "third", "fourth", "last")
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)


class NoSuchHourError(ValueError):
    """The clocks leave the hour out; the message is a sentence."""


class Cadence(StrEnum):
    """How often a slot comes again."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"

    @property
    def words(self) -> str:
        """The cadence as people choose it."""
        return {
            "once": "Only once",
            "weekly": "Every week",
            "fortnightly": "Every two weeks",
            "monthly": "Every month, on the same weekday of the month",
        }[self.value]


class Span(NamedTuple):
    """From when to when, in UTC."""

    starts_at: datetime
    ends_at: datetime


class Hours(NamedTuple):
    """From which time of day to which; an end at or before the start is on the next day."""

    starts: time
    ends: time

    def on(self, day: date) -> Span:
        """The moments on a day; of an hour that comes twice in autumn, the first. Raises NoSuchHourError."""
        last = day if self.ends > self.starts else day + A_DAY
        return Span(_moment(day, self.starts), _moment(last, self.ends))

    def come_twice(self, day: date) -> list[time]:
        """Which of the two times a clock shows twice, because clocks go back."""
        last = day if self.ends > self.starts else day + A_DAY
        return [at for on, at in ((day, self.starts), (last, self.ends)) if _comes_twice(on, at)]


def hours_of(span: Span) -> tuple[date, Hours]:
    """The day and the times of day of a span, as a clock in London showed them."""
    starts, ends = (at.astimezone(LONDON) for at in span)
    return starts.date(), Hours(starts.time(), ends.time())


def days(first: date, cadence: Cadence, times: int) -> list[date]:
    """The days of a series, the first one first.

    Monthly is the same weekday of each month ("second Tuesday"); a fifth one is the last, as not every month has five.
    """
    if cadence is Cadence.MONTHLY:
        months = (month_after(Month(first.year, first.month), n) for n in range(times))
        return [_nth_weekday(month, first.weekday(), _nth(first)) for month in months]
    step = {Cadence.ONCE: timedelta(0), Cadence.WEEKLY: A_WEEK, Cadence.FORTNIGHTLY: 2 * A_WEEK}[cadence]
    return [first + n * step for n in range(1 if cadence is Cadence.ONCE else times)]


def cadence_words(first: date, cadence: Cadence) -> str:
    """How often, in words: "on the second Tuesday of each month"."""
    return {
        Cadence.ONCE: "once",
        Cadence.WEEKLY: f"every {first:%A}",
        Cadence.FORTNIGHTLY: f"every other {first:%A}",
        Cadence.MONTHLY: f"on the {ORDINALS[_nth(first)]} {first:%A} of each month",
    }[cadence]


class Month(NamedTuple):
    """A month of a calendar."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str, today: date) -> Self:
        """The month of "2026-04"; this one for anything else, and for years that nobody plans for."""
        year, _, number = text.partition("-")
        if year.isdecimal() and number.isdecimal() and text.isascii():
            found = cls(int(year[:5]), int(number[:3]))
            if abs(found.year - today.year) <= 5 and 1 <= found.number <= 12:  # noqa: PLR2004 - months of a year
                return found
        return cls(today.year, today.month)

    @property
    def code(self) -> str:
        """The month as it stands in an address."""
        return f"{self.year}-{self.number:02}"

    @property
    def words(self) -> str:
        """April 2026."""
        return f"{date(self.year, self.number, 1):%B %Y}"

    @property
    def span(self) -> Span:
        """From its first moment to the first of the next month."""
        after = month_after(self, 1)
        return Span(_moment(date(*self, 1), time(0)), _moment(date(*after, 1), time(0)))

    def weeks(self) -> list[list[date]]:
        """Its weeks, each from Monday to Sunday, with the days of other months that fill them."""
        return Calendar().monthdatescalendar(self.year, self.number)


def month_after(month: Month, number: int) -> Month:
    """The month so many months later (earlier when negative)."""
    year, index = divmod(month.year * 12 + month.number - 1 + number, 12)
    return Month(year, index + 1)


def _nth(day: date) -> int:
    """Which of its weekday in the month a day is: 0 for the first, 4 for the fifth."""
    return (day.day - 1) // 7


def _nth_weekday(month: Month, weekday: int, nth: int) -> date:
    every = list(_weekdays(month, weekday))
    return every[min(nth, len(every) - 1)]


def _weekdays(month: Month, weekday: int) -> Iterator[date]:
    first = date(month.year, month.number, 1)
    for day in range(1 + (weekday - first.weekday()) % 7, monthrange(*month)[1] + 1, 7):
        yield first.replace(day=day)


def _moment(day: date, at: time) -> datetime:
    moment = datetime.combine(day, at, LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != datetime.combine(day, at):
        raise NoSuchHourError(
            f"There is no {at:%H:%M} on {day.day} {day:%B %Y}, because the clocks go forward. Choose another time"
        )
    return moment


def _comes_twice(day: date, at: time) -> bool:
    first, second = (datetime.combine(day, at.replace(fold=fold), LONDON) for fold in (0, 1))
    return first.utcoffset() > second.utcoffset()  # type: ignore[operator]
