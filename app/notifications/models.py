"""Notices, what members chose about them, what they are booked for, and the address of their calendar."""

from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.crypto import EncryptedText
from app.core.db import Model, UtcDateTime, text_enum
from app.notifications.rules import (
    LONGEST_BODY,
    LONGEST_KEY,
    LONGEST_PATH,
    LONGEST_PLACE,
    LONGEST_SUBJECT,
    LONGEST_TITLE,
    Delivery,
)

UNREAD = text("read_at IS NULL")


class Notification(Model):
    """A notice in one member's inbox. A mail that collects several takes it up at `digest_at` (none: it never does)."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("member_id", "key"),
        # Pages of the inbox read the first, the count in the navigation of every page the second.
        Index("ix_notification_inbox", "member_id", "id"),
        Index("ix_notification_unread", "member_id", "id", postgresql_where=UNREAD, sqlite_where=UNREAD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    body: Mapped[str] = mapped_column(String(LONGEST_BODY), default="")
    about_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NotificationPreference(Model):
    """When a member wants mail about a kind of notice; no row: the kind's default."""

    __tablename__ = "notification_preference"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    delivery: Mapped[Delivery] = mapped_column(text_enum(Delivery))


class ReminderPreference(Model):
    """How many minutes before a booking a member is reminded of it; no row: a day and an hour."""

    __tablename__ = "reminder_preference"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    minutes: Mapped[list[int]] = mapped_column(JSON)


class QuietWindow(Model):
    """A quiet time on one day of every week, on the clocks of London."""

    __tablename__ = "quiet_window"
    __table_args__ = (
        UniqueConstraint("member_id", "weekday", "starts", "ends"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="a_day_of_the_week"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]


class Shift(Model):
    """A member's shift on each of some days, and the rest after it, on the clocks of London."""

    __tablename__ = "shift"
    __table_args__ = (
        UniqueConstraint("member_id", "first_day", "last_day", "starts", "ends"),
        CheckConstraint("first_day <= last_day", name="in_order"),
        CheckConstraint("rest_hours BETWEEN 0 AND 12", name="possible_rest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    rest_hours: Mapped[int] = mapped_column(default=0)


class CalendarEntry(Model):
    """A member's booking as calendars know it: `uid` and `organiser` stay, `sequence` rises with each change."""

    __tablename__ = "calendar_entry"
    __table_args__ = (
        UniqueConstraint("member_id", "subject_type", "subject_id"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        Index("ix_calendar_entry_subject", "subject_type", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    uid: Mapped[str] = mapped_column(String(100), unique=True)
    organiser: Mapped[str] = mapped_column(String(254))
    sequence: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    path: Mapped[str] = mapped_column(String(LONGEST_PATH))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mailed_sequence: Mapped[int | None]


class CalendarFeed(Model):
    """The secret address of a member's calendar: found by its digest, kept encrypted so that they can copy it again."""

    __tablename__ = "calendar_feed"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    secret: Mapped[str] = mapped_column(EncryptedText)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
