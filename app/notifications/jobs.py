"""What the worker does: mail and reminders, each looked up again when it is due.

So what was read, turned off, moved or cancelled by then is not mailed, and quiet hours entered today hold today.
"""

from datetime import datetime, timedelta

from sqlalchemy import or_, update

from app.accounts.models import Member
from app.core import clock, outbox
from app.core.db import db, transaction
from app.core.outbox import Message
from app.notifications import kinds, letters, mail, queries
from app.notifications.feeds import as_calendar_entry
from app.notifications.models import CalendarEntry, Notification
from app.notifications.operations import notices, preferences
from app.notifications.rules import Delivery, Kind, Notice, sends_at

SHIFTS_KEPT = timedelta(days=7)


def send_notice(message: Message) -> None:
    """Mail one notice, unless it was read or mailed, or the member turned its kind off."""
    notification = db.session.get(Notification, message.payload["notification_id"])
    if notification is None or notification.read_at or notification.mailed_at:
        return
    kind = kinds.named(notification.kind)
    member = _reader(notification.member_id, kind)
    if member is None:
        return
    _wait_for_quiet_to_end(member.id, notification.until)
    mail.send(letters.of_notice(message, notification, kind, member))
    _note_as_mailed([notification.id])


def send_digest(message: Message) -> None:
    """Mail what a member has not read of what was collected for them; nothing when they have."""
    member = db.session.get(Member, message.payload["member_id"])
    if member is None or not member.active:
        return
    _wait_for_quiet_to_end(member.id, None)
    chosen = queries.choices(member.id)
    off = [kind.code for kind in kinds.every() if kind.chosen(chosen.get(kind.code)) is Delivery.OFF]
    collected = queries.for_digest(member.id, off)
    if collected:
        mail.send(letters.of_digest(message, collected, member))
        _note_as_mailed([seen.id for seen in collected])


def tell_later(message: Message) -> None:
    """Tell what was put off until now."""
    with transaction() as after:
        notices.notify(notices.read_plain(message.payload["notice"]), message.payload["member_id"])
        after.append(outbox.wake)


def send_calendar(message: Message) -> None:
    """Mail an invitation, an update or a cancellation, unless a newer one follows."""
    booked = db.session.get(CalendarEntry, message.payload["entry_id"])
    if booked is None or booked.sequence != message.payload["sequence"]:
        return
    cancelled = booked.cancelled_at is not None
    if (cancelled and booked.mailed_sequence is None) or booked.ends_at < clock.now():
        return  # their calendar never had it, or it is over
    member = _reader(booked.member_id, kinds.BOOKING)
    if member is None:
        return
    _wait_for_quiet_to_end(member.id, booked.starts_at)
    what = "Cancelled" if cancelled else "Invitation" if booked.mailed_sequence is None else "Changed"
    mail.send(letters.of_entry(message, as_calendar_entry(booked), what, kinds.BOOKING, member))
    _note_sequence(booked.id, message.payload["sequence"])


def remind(message: Message) -> None:
    """Tell a member that a booking comes near, if it still stands as it did and they still want to know by then."""
    booked = db.session.get(CalendarEntry, message.payload["entry_id"])
    minutes = message.payload["minutes"]
    if booked is None or booked.sequence != message.payload["sequence"] or booked.cancelled_at:
        return
    wanted = queries.reminder_minutes([booked.member_id])[booked.member_id]
    if minutes not in wanted or booked.starts_at <= clock.now():
        return
    notice = Notice(
        kind=kinds.REMINDER.code,
        key=f"reminder:{booked.id}:{booked.sequence}:{minutes}",
        subject=f"Reminder: {booked.title}, {clock.span_words(booked.starts_at, booked.ends_at)}",
        path=booked.path,
        until=booked.starts_at,
        programme_id=booked.programme_id,
    )
    with transaction() as after:
        notices.notify(notice, booked.member_id)
        after.append(outbox.wake)


def forget() -> None:
    """Remove shifts that are over, and notices that are old."""
    now = clock.now()
    with transaction():
        preferences.forget_past_shifts(clock.london(now - SHIFTS_KEPT).date())
        notices.forget_old(now)


def _reader(member_id: int, kind: Kind) -> Member | None:
    """The member, when they want mail about the kind."""
    member = db.session.get(Member, member_id)
    if member is None or not member.active:
        return None
    return None if queries.deliveries(kind, [member_id])[member_id] is Delivery.OFF else member


def _wait_for_quiet_to_end(member_id: int, until: datetime | None) -> None:
    now = clock.now()
    moment = sends_at(now, queries.quiet_hours(member_id), until)
    if moment > now:
        raise outbox.Later(moment)


def _note_as_mailed(notification_ids: list[int]) -> None:
    with transaction():
        db.session.execute(
            update(Notification).where(Notification.id.in_(notification_ids)).values(mailed_at=clock.now())
        )


def _note_sequence(entry_id: int, sequence: int) -> None:
    older = or_(CalendarEntry.mailed_sequence.is_(None), CalendarEntry.mailed_sequence < sequence)
    with transaction():
        db.session.execute(
            update(CalendarEntry).where(CalendarEntry.id == entry_id, older).values(mailed_sequence=sequence)
        )
