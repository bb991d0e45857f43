"""Dates as a calendar file (RFC 5545) that is published, not an invitation (RFC 5546, METHOD:PUBLISH).

Entries are private and carry the plain title only: a calendar on a shared screen gives people away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur
from icalendar.enums import CLASS

LONDON = ZoneInfo("Europe/London")
PRODUCT = "-//Active bystanders//Dates//EN"
MIME = "text/calendar; charset=utf-8; method=PUBLISH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A date: `uid` never changes, `sequence` rises whenever something that a calendar shows does."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    organiser: str


def calendar_file(name: str, entries: Iterable[Entry], made_at: datetime) -> bytes:
    """The file; times are on the clocks of London, so that they stay right when those change."""
    calendar = Calendar.new(method="PUBLISH", prodid=PRODUCT, calscale="GREGORIAN")
    del calendar["UID"]  # of the calendar itself; older programs only know that of an entry
    calendar.add("X-WR-CALNAME", name)
    calendar.add_component(_london())
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    return bytes(calendar.to_ical())


def _event(entry: Entry, made_at: datetime) -> Event:
    return Event.new(
        uid=entry.uid,
        sequence=entry.sequence,
        stamp=made_at,
        summary=entry.title,
        start=_written(entry.starts_at),
        end=_written(entry.ends_at),
        location=entry.venue or None,
        organizer=vCalAddress(f"mailto:{entry.organiser}"),
        classification=CLASS.PRIVATE,
    )


def _written(at: datetime) -> datetime:
    """By the clocks of London; in the second of the two like hours of autumn, which these cannot name, in UTC."""
    local = at.astimezone(LONDON)
    return at.astimezone(UTC) if local.fold else local


def _london() -> Timezone:
    """The rule in force since 1996: last Sunday of March and of October, at 01:00 UTC.

    Written by hand, because the library puts the spring change one hour late.
    """
    zone = Timezone()
    zone.add("TZID", LONDON.key)
    winter, summer = timedelta(0), timedelta(hours=1)
    changes = (
        (TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), winter, summer, 3),  # noqa: DTZ001 - a wall clock
        (TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), summer, winter, 10),  # noqa: DTZ001
    )
    for part, name, first, before, after, month in changes:
        part.add("TZNAME", name)
        part.add("DTSTART", first)
        part.add("TZOFFSETFROM", before)
        part.add("TZOFFSETTO", after)
        part.add("RRULE", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        zone.add_component(part)
    return zone
