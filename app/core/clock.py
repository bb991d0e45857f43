"""What time it is, and how a person here reads it.

Moments are aware and in UTC everywhere; only wording is in Europe/London.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOON = 12

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
    local = london(at)
    if local.minute == 0 and local.hour in {0, NOON}:
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{(local.hour - 1) % NOON + 1}{minutes}{'am' if local.hour < NOON else 'pm'}"


def span_words(start: datetime, end: datetime) -> str:
    """From when to when: Thursday 5 December 2024, 8:45am to 4:30pm; an end on another day is named in full."""
    if london(start).date() == london(end).date():
        return f"{weekday_words(start)}, {time_words(start)} to {time_words(end)}"
    return f"{weekday_words(start)}, {time_words(start)} to {weekday_words(end)}, {time_words(end)}"


def datetime_words(at: datetime) -> str:
    """The moment: 5 December 2024, 8:45am."""
    return f"{date_words(at)}, {time_words(at)}"
