"""Dates as calendar files (RFC 5545): published, or as an invitation or a cancellation for one person (RFC 5546).

Entries are private and carry a plain title only: a calendar on a shared screen gives people away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vRecur,
)
from icalendar.enums import CLASS, STATUS

LONDON = ZoneInfo("Europe/London")
PRODUCT = "-//Active bystanders//Dates//EN"
ASK_AGAIN = timedelta(hours=1)  # how often a calendar that subscribed should look


class Method(StrEnum):
    """What a file is for. The `method` of its MIME type has to say the same."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"

    @property
    def mime(self) -> str:
        """The content type of a file."""
        return f"text/calendar; charset=utf-8; method={self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A date: `uid` and `organiser` never change, `sequence` rises whenever something that a calendar shows does.

    `sent_by` is the address that writes in the organiser's name, `link` the page about it.
    """

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    organiser: str
    place: str = ""
    link: str = ""
    sent_by: str = ""
    cancelled: bool = False


def published(name: str, entries: Iterable[Entry], made_at: datetime) -> bytes:
    """Dates for a calendar that opens or follows them."""
    calendar = _calendar(Method.PUBLISH)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", vDuration(ASK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(ASK_AGAIN))
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    return bytes(calendar.to_ical())


def addressed(entry: Entry, attendee: str, made_at: datetime) -> tuple[Method, bytes]:
    """An entry for one person, who sees nobody else in it: an invitation or an update, or the cancellation."""
    method = Method.CANCEL if entry.cancelled else Method.REQUEST
    event = _event(entry, made_at)
    # They said yes on our page, so their calendar need not ask, and no answer is wanted.
    taking_part = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE", "CUTYPE": "INDIVIDUAL"}
    event.add("ATTENDEE", vCalAddress(f"mailto:{attendee}"), parameters=taking_part)
    calendar = _calendar(method)
    calendar.add_component(event)
    return method, bytes(calendar.to_ical())


def _calendar(method: Method) -> Calendar:
    calendar = Calendar.new(method=method.value, prodid=PRODUCT, calscale="GREGORIAN")
    del calendar["UID"]  # of the calendar itself; older programs only know that of an entry
    calendar.add_component(_london())
    return calendar


def _event(entry: Entry, made_at: datetime) -> Event:
    event = Event.new(
        uid=entry.uid,
        sequence=entry.sequence,
        stamp=made_at,
        summary=entry.title,
        start=_written(entry.starts_at),
        end=_written(entry.ends_at),
        location=entry.place or None,
        url=entry.link or None,
        description=f"More about it: {entry.link}" if entry.link else None,
        status=STATUS.CANCELLED if entry.cancelled else STATUS.CONFIRMED,
        classification=CLASS.PRIVATE,
    )
    on_behalf = {"SENT-BY": f"mailto:{entry.sent_by}"} if entry.sent_by else {}
    event.add("ORGANIZER", vCalAddress(f"mailto:{entry.organiser}"), parameters=on_behalf)
    return event


def _written(at: datetime) -> datetime:
    """On the clocks of London, so that it stays right when those change.

    In UTC in the second of the two hours with one name in autumn: calendars would read the first.
    """
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
