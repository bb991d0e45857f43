"""What is read of notices, choices and bookings: always one member's own."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from app.accounts.models import Member
from app.core import clock
from app.core.db import db
from app.core.prepared import Prepared
from app.notifications.models import (
    CalendarEntry,
    CalendarFeed,
    Notification,
    NotificationPreference,
    QuietWindow,
    ReminderPreference,
    Shift,
)
from app.notifications.quiet import QuietHours, Shifts, Window
from app.notifications.rules import USUAL_REMINDERS, Delivery, Kind, told

PAGE = 25
MOST_COUNTED = 99
LONGEST_DIGEST = 30  # notices named in one mail
PAST_IN_FEED = timedelta(days=90)
CANCELLED_IN_FEED = timedelta(days=30)  # calendars that asked for the booking learn that it is off


class Seen(NamedTuple):
    """A notice as a page or a mail shows it."""

    id: int
    kind: str
    subject: str
    body: str
    path: str
    created_at: datetime
    read_at: datetime | None


# -- the inbox ---------------------------------------------------------------------------------------------------------


def unread_count(member_id: int) -> int:
    """How many notices a member has not read; counting stops above MOST_COUNTED, so that it costs the same always."""
    row = _UNREAD.one({"member_id": member_id})
    return int(row[0]) if row else 0


_UNREAD = Prepared(
    select(func.count()).select_from(
        select(Notification.id)
        .where(Notification.member_id == bindparam("member_id"), Notification.read_at.is_(None))
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
)


def inbox(member_id: int, *, unread: bool = False, before: int | None = None) -> tuple[list[Seen], int | None]:
    """A page of a member's notices, the newest first, and the `before` of the next page (None: this is the last)."""
    found = _seen(member_id)
    if unread:
        found = found.where(Notification.read_at.is_(None))
    if before is not None:
        found = found.where(Notification.id < before)
    rows = db.session.execute(found.order_by(Notification.id.desc()).limit(PAGE + 1)).all()
    return _as_seen(rows[:PAGE]), rows[PAGE - 1].id if len(rows) > PAGE else None


def newest_id(member_id: int) -> int:
    """The id of a member's newest notice; 0 when there is none."""
    return db.session.scalar(select(func.max(Notification.id)).where(Notification.member_id == member_id)) or 0


def notification(member_id: int, notification_id: int) -> Notification | None:
    """One of a member's own notices."""
    return db.session.scalar(
        select(Notification).where(Notification.id == notification_id, Notification.member_id == member_id)
    )


def for_digest(member_id: int, off: Collection[str]) -> list[Seen]:
    """The notices that a member's next collected mail names, the oldest first; `off` are kinds they turned off."""
    found = (
        _seen(member_id)
        .where(
            Notification.read_at.is_(None),
            Notification.mailed_at.is_(None),
            Notification.digest_at <= clock.now(),
            Notification.kind.not_in(off),
        )
        .order_by(Notification.id)
    )
    return _as_seen(db.session.execute(found).all())


def _seen(member_id: int) -> Select[int, str, str, str, str, datetime, datetime | None, str]:
    return (
        select(
            Notification.id,
            Notification.kind,
            Notification.subject,
            Notification.body,
            Notification.path,
            Notification.created_at,
            Notification.read_at,
            Member.name,
        )
        .outerjoin(Member, Member.id == Notification.about_id)
        .where(Notification.member_id == member_id)
    )


def _as_seen(rows: Sequence[Any]) -> list[Seen]:
    return [
        Seen(row.id, row.kind, row.subject, told(row.body, row.name), row.path, row.created_at, row.read_at)
        for row in rows
    ]


def is_member(member_id: int) -> bool:
    """Whether there is still a member of this id."""
    return db.session.get(Member, member_id) is not None


# -- what members chose ------------------------------------------------------------------------------------------------


def deliveries(kind: Kind, member_ids: Collection[int]) -> dict[int, Delivery]:
    """When each of some members wants mail about a kind."""
    rows = db.session.execute(
        select(NotificationPreference.member_id, NotificationPreference.delivery).where(
            NotificationPreference.kind == kind.code, NotificationPreference.member_id.in_(member_ids)
        )
    )
    chosen = {row.member_id: row.delivery for row in rows}
    return {member_id: kind.chosen(chosen.get(member_id)) for member_id in member_ids}


def choices(member_id: int) -> dict[str, Delivery]:
    """What a member chose, by the code of the kind; kinds they left alone are not in it."""
    rows = db.session.execute(
        select(NotificationPreference.kind, NotificationPreference.delivery).where(
            NotificationPreference.member_id == member_id
        )
    )
    return {row.kind: row.delivery for row in rows}


def reminder_minutes(member_ids: Collection[int]) -> dict[int, Sequence[int]]:
    """How many minutes before a booking each of some members is reminded of it."""
    rows = db.session.execute(
        select(ReminderPreference.member_id, ReminderPreference.minutes).where(
            ReminderPreference.member_id.in_(member_ids)
        )
    )
    chosen = {row.member_id: row.minutes for row in rows}
    return {member_id: chosen.get(member_id, USUAL_REMINDERS) for member_id in member_ids}


def windows(member_id: int) -> Sequence[QuietWindow]:
    """A member's quiet times of every week, from Monday on."""
    return db.session.scalars(
        select(QuietWindow)
        .where(QuietWindow.member_id == member_id)
        .order_by(QuietWindow.weekday, QuietWindow.starts, QuietWindow.id)
    ).all()


def shifts(member_id: int) -> Sequence[Shift]:
    """A member's shifts that are not over, the next first."""
    yesterday = clock.london(clock.now()).date() - timedelta(days=2)
    return db.session.scalars(
        select(Shift)
        .where(Shift.member_id == member_id, Shift.last_day >= yesterday)
        .order_by(Shift.first_day, Shift.starts, Shift.id)
    ).all()


def number_of_shifts(member_id: int) -> int:
    """How many entries of shifts a member has, those that are over too."""
    return db.session.scalar(select(func.count(Shift.id)).where(Shift.member_id == member_id)) or 0


def quiet_hours(member_id: int) -> QuietHours:
    """When a member wants no mail."""
    return QuietHours(
        [Window(window.weekday, window.starts, window.ends) for window in windows(member_id)],
        [
            Shifts(shift.first_day, shift.last_day, shift.starts, shift.ends, shift.rest_hours)
            for shift in shifts(member_id)
        ],
    )


# -- bookings ----------------------------------------------------------------------------------------------------------


def entries_ahead(member_id: int) -> Sequence[CalendarEntry]:
    """What a member is booked for from now on, the next first."""
    return db.session.scalars(
        select(CalendarEntry)
        .where(
            CalendarEntry.member_id == member_id,
            CalendarEntry.cancelled_at.is_(None),
            CalendarEntry.ends_at > clock.now(),
        )
        .order_by(CalendarEntry.starts_at, CalendarEntry.id)
    ).all()


def entries_held(
    subject_type: str, subject_id: int, member_ids: Collection[int] | None = None
) -> Sequence[CalendarEntry]:
    """The bookings of a subject (of some members, or of everybody), kept from changing until the transaction ends."""
    found = select(CalendarEntry).where(
        CalendarEntry.subject_type == subject_type, CalendarEntry.subject_id == subject_id
    )
    if member_ids is not None:
        found = found.where(CalendarEntry.member_id.in_(member_ids))
    held = found.order_by(CalendarEntry.id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(held).all()


def entries_in_feed(member_id: int) -> Sequence[CalendarEntry]:
    """What a member's calendar shows: bookings of late and ahead, and for a while those that were cancelled."""
    now = clock.now()
    return db.session.scalars(
        select(CalendarEntry)
        .where(
            CalendarEntry.member_id == member_id,
            CalendarEntry.ends_at > now - PAST_IN_FEED,
            CalendarEntry.cancelled_at.is_(None) | (CalendarEntry.cancelled_at > now - CANCELLED_IN_FEED),
        )
        .order_by(CalendarEntry.starts_at, CalendarEntry.id)
    ).all()


def feed(member_id: int) -> CalendarFeed | None:
    """A member's calendar address, if they have one."""
    return db.session.get(CalendarFeed, member_id)


def reader_of_feed(digest: str) -> int | None:
    """Whose calendar the address with this digest is; None for none, or a member who is no longer active."""
    return db.session.scalar(
        select(CalendarFeed.member_id)
        .join(Member, Member.id == CalendarFeed.member_id)
        .where(CalendarFeed.digest == digest, Member.active)
    )
