"""What else a member is booked for at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.catchups.slots.timing import Span
from app.core.db import db
from app.notifications.models import CalendarEntry
from app.programme.models import CohortEvent, CohortMembership

SUBJECT = "slot"  # what calendar entries and notices call a slot


@dataclass(frozen=True, slots=True)
class Clash:
    """Something else that a member is booked for at a time. `path` is its page, where it has one."""

    title: str
    starts_at: datetime
    ends_at: datetime
    path: str


def clash(member_id: int, span: Span, besides: tuple[str, int] | None = None) -> Clash | None:
    """What a member is booked for at a time: anything in their calendar but one subject, or a date of their cohort."""
    booked = select(CalendarEntry).where(booked_at(member_id, *span))
    if besides is not None:
        subject_type, subject_id = besides
        booked = booked.where(or_(CalendarEntry.subject_type != subject_type, CalendarEntry.subject_id != subject_id))
    entry = db.session.scalar(booked.order_by(CalendarEntry.starts_at).limit(1))
    if entry is not None:
        return Clash(entry.title, entry.starts_at, entry.ends_at, entry.path)
    event = db.session.scalar(select(CohortEvent).where(cohort_meets_at(member_id, *span)).limit(1))
    return Clash(event.title, event.starts_at, event.ends_at, "") if event else None


def booked_at(member_id: int, starts_at: Any, ends_at: Any) -> ColumnElement[bool]:  # noqa: ANN401 - moments or columns
    """Which of a member's calendar entries are at that time."""
    return and_(
        CalendarEntry.member_id == member_id,
        CalendarEntry.cancelled_at.is_(None),
        CalendarEntry.starts_at < ends_at,
        CalendarEntry.ends_at > starts_at,
    )


def cohort_meets_at(member_id: int, starts_at: Any, ends_at: Any) -> ColumnElement[bool]:  # noqa: ANN401 - as above
    """Which dates of a member's cohorts are at that time."""
    belongs = exists().where(
        CohortMembership.cohort_id == CohortEvent.cohort_id, CohortMembership.member_id == member_id
    )
    return and_(belongs, CohortEvent.starts_at < ends_at, CohortEvent.ends_at > starts_at)
