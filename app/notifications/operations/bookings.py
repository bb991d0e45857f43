"""What members are booked for: calendar entries with their invitations and reminders, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import uuid4

from app.accounts.seams import programme
from app.core import clock, outbox
from app.core.db import db, insert
from app.notifications import kinds, queries
from app.notifications.models import CalendarEntry
from app.notifications.operations.notices import record
from app.notifications.rules import Booking, Notice, reminders_ahead

CALENDAR, REMINDER = "calendar", "reminder"  # kinds of outbox messages


def book(booking: Booking, *member_ids: int) -> None:
    """Put a booking into members' calendars: an invitation for whoever has not got it as it is now."""
    fresh = _begin(booking, member_ids)
    held = queries.entries_held(booking.subject_type, booking.subject_id, member_ids)
    changed = [entry for entry in held if entry.id not in fresh and (entry.cancelled_at or not _is(entry, booking))]
    for entry in changed:
        _change(entry, booking)
    _announce([entry for entry in held if entry.id in fresh] + changed)


def move(booking: Booking, *, by: int | None = None) -> None:
    """Let everybody who is booked know the new time, place or title; whoever it was done `by` need not be told why."""
    booked = _booked(booking.subject_type, booking.subject_id)
    changed = [entry for entry in booked if not _is(entry, booking)]
    for entry in changed:
        _change(entry, booking)
    _announce(changed)
    _tell("Changed", changed, by)


def cancel(subject_type: str, subject_id: int, *member_ids: int) -> None:
    """Take a booking out of these members' calendars."""
    _announce(_call_off(_booked(subject_type, subject_id, member_ids)))


def cancel_all(subject_type: str, subject_id: int, *, by: int | None = None) -> None:
    """Take a booking out of the calendars of everybody who is booked, and tell them."""
    cancelled = _call_off(_booked(subject_type, subject_id))
    _announce(cancelled)
    _tell("Cancelled", cancelled, by)


def plan_reminders(entries: Iterable[CalendarEntry]) -> None:
    """Queue the reminders of bookings; those that no longer fit by then do nothing (see jobs.remind)."""
    entries, now = list(entries), clock.now()
    minutes = queries.reminder_minutes({entry.member_id for entry in entries})
    for entry in entries:
        for before, moment in reminders_ahead(minutes[entry.member_id], entry.starts_at, now):
            payload = {"entry_id": entry.id, "sequence": entry.sequence, "minutes": before}
            key = f"reminder:{entry.id}:{entry.sequence}:{before}"
            outbox.put(REMINDER, key, payload, due_at=moment, programme_id=entry.programme_id)


def _begin(booking: Booking, member_ids: Sequence[int]) -> set[int]:
    """Write the entries that are not there yet; gives their ids."""
    if not member_ids:
        return set()
    organiser, now = programme(booking.programme_id).contact_email, clock.now()
    first = {"organiser": organiser, "sequence": 0, "changed_at": now, **asdict(booking)}
    rows = [{**first, "member_id": member_id, "uid": str(uuid4())} for member_id in dict.fromkeys(member_ids)]
    written = (
        insert(CalendarEntry)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["member_id", "subject_type", "subject_id"])
        .returning(CalendarEntry.id)
    )
    return set(db.session.scalars(written))


def _booked(subject_type: str, subject_id: int, member_ids: Sequence[int] | None = None) -> list[CalendarEntry]:
    return [entry for entry in queries.entries_held(subject_type, subject_id, member_ids) if entry.cancelled_at is None]


def _is(entry: CalendarEntry, booking: Booking) -> bool:
    """Whether calendars show the booking as it is."""
    return all(getattr(entry, name) == value for name, value in asdict(booking).items())


def _change(entry: CalendarEntry, booking: Booking) -> None:
    for name, value in asdict(booking).items():
        setattr(entry, name, value)
    entry.cancelled_at = None
    entry.sequence, entry.changed_at = entry.sequence + 1, clock.now()


def _call_off(entries: list[CalendarEntry]) -> list[CalendarEntry]:
    now = clock.now()
    for entry in entries:
        entry.sequence, entry.changed_at, entry.cancelled_at = entry.sequence + 1, now, now
    return entries


def _announce(entries: Sequence[CalendarEntry]) -> None:
    """Queue what calendars must learn, and the reminders."""
    db.session.flush()
    for entry in entries:
        payload = {"entry_id": entry.id, "sequence": entry.sequence}
        outbox.put(CALENDAR, f"calendar:{entry.id}:{entry.sequence}", payload, programme_id=entry.programme_id)
    plan_reminders(entry for entry in entries if entry.cancelled_at is None)


def _tell(what: str, entries: Sequence[CalendarEntry], by: int | None) -> None:
    """A line in the inbox; the mail about it is the one for the calendar."""
    if not entries:
        return
    one = entries[0]
    subject = f"{what}: {one.title}, {clock.span_words(one.starts_at, one.ends_at)}"
    notice = Notice(
        kind=kinds.BOOKING.code,
        key=f"{what.lower()}:{one.subject_type}:{one.subject_id}:{one.changed_at:%Y%m%dT%H%M%S.%f}",
        subject=subject,
        path=one.path,
        programme_id=one.programme_id,
    )
    record(notice, *(entry.member_id for entry in entries if entry.member_id != by))
