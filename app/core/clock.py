"""What time it is, and how a person here reads and writes it.

Moments are aware and in UTC everywhere; only wording is in Europe/London.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from app.core.wall_clock import NOON, clock_words

LONDON = ZoneInfo("Europe/London")

_typed = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?")
_named = {"midday": time(12), "noon": time(12), "midnight": time(0)}

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Let the clock stand still at an aware moment, for tests and for demo data made as of a day."""
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def london(at: datetime) -> datetime:
    """The same moment on a clock in London."""
    return at.astimezone(LONDON)


def in_london(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment named by a clock in London, as UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def date_words(at: datetime) -> str:
    """The day as the NHS service manual writes it: 5 December 2024."""
    local = london(at)
    return f"{local.day} {local:%B %Y}"


def weekday_words(at: datetime) -> str:
    """The day with its weekday: Thursday 5 December 2024."""
    return f"{london(at):%A} {date_words(at)}"


def time_words(at: datetime) -> str:
    """The time as the NHS service manual writes it: 8:45am, 4pm, midday, midnight."""
    return clock_words(london(at).time())


def day_words(day: date) -> str:
    """A day of the calendar, with its weekday: Thursday 5 December 2024."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def span_words(start: datetime, end: datetime) -> str:
    """From when to when: Thursday 5 December 2024, 8:45am to 4:30pm; an end on another day is named in full."""
    if london(start).date() == london(end).date():
        return f"{weekday_words(start)}, {time_words(start)} to {time_words(end)}"
    return f"{weekday_words(start)}, {time_words(start)} to {weekday_words(end)}, {time_words(end)}"


def datetime_words(at: datetime) -> str:
    """The moment: 5 December 2024, 8:45am."""
    return f"{date_words(at)}, {time_words(at)}"


def read_time(text: str) -> time:
    """A time such as "8:45am", "8.45 am", "4pm", "16:30" or "midday"; raises ValueError with a sentence.

    A bare hour is refused: nobody can tell whether "8" is the morning or the evening.
    """
    text = text.strip().lower()
    if text in _named:
        return _named[text]
    found = _typed.fullmatch(text)
    if not found or (found["half"] is None and found["minute"] is None):
        raise ValueError("Enter a time like 8:45am or 16:30")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= NOON:
            raise ValueError("Enter a real time, like 8:45am or 16:30")
        hour = hour % NOON + (NOON if found["half"].startswith("p") else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise ValueError("Enter a real time, like 8:45am or 16:30") from None


def moment(day: date, at: time) -> datetime:
    """The moment that a clock in London shows, as UTC.

    In the hour that comes twice in autumn it is the first one. Raises ValueError, with a sentence, for the hour that
    clocks leave out in spring.
    """
    there = in_london(day.year, day.month, day.day, at.hour, at.minute)
    if london(there).time() != at:
        raise ValueError("The clocks go forward in that hour, so there is no such time on that day")
    return there
