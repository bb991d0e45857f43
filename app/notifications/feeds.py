"""What a member's calendar shows: their bookings, and the dates that features keep themselves and add in create_app."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from app.notifications import queries
from app.notifications.calendars import Entry
from app.notifications.models import CalendarEntry

if TYPE_CHECKING:
    from app.config import Settings
from app.core import clock

Dates = Callable[[int], Iterable[Entry]]  # of a member's id


def init_app(app: Flask) -> None:
    """Begin with bookings alone."""
    app.extensions["dates_in_feeds"] = []


def contribute(app: Flask, dates: Dates) -> None:
    """Let a feature add dates of its own to the calendar of each member."""
    app.extensions["dates_in_feeds"].append(dates)


def dates_of(member_id: int) -> list[Entry]:
    """Everything that a member's calendar shows, the earliest first."""
    contributed = cast("list[Dates]", current_app.extensions["dates_in_feeds"])
    entries = [as_calendar_entry(booked) for booked in queries.entries_in_feed(member_id)]
    of_late = clock.now() - queries.PAST_IN_FEED
    entries += [entry for dates in contributed for entry in dates(member_id) if entry.ends_at > of_late]
    return sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))


def as_calendar_entry(booked: CalendarEntry) -> Entry:
    """A booking as calendar files have it."""
    settings: Settings = current_app.extensions["settings"]
    return Entry(
        uid=booked.uid,
        sequence=booked.sequence,
        title=booked.title,
        starts_at=booked.starts_at,
        ends_at=booked.ends_at,
        organiser=booked.organiser,
        sent_by=settings.mail_from,
        place=booked.place,
        link=settings.public_url + booked.path,
        cancelled=booked.cancelled_at is not None,
    )
