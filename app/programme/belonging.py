"""What other features need of programmes and cohorts; create_app hands these functions to them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from app.accounts.models import Invitation, Member
from app.core import clock
from app.core.db import db, insert
from app.notifications.calendars import Entry
from app.programme.models import Cohort, CohortEvent, CohortMembership, Programme


def programmes(ids: Collection[int]) -> dict[int, Programme]:
    """Programmes by their ids."""
    return {each.id: each for each in db.session.scalars(select(Programme).where(Programme.id.in_(ids)))}


def programme_id(slug: str) -> int | None:
    """The id of the programme with a slug."""
    return db.session.scalar(select(Programme.id).where(Programme.slug == slug))


def cohorts(programme_id: int) -> Sequence[tuple[int, str]]:
    """Id and name of each cohort of a programme, the newest first."""
    found = select(Cohort.id, Cohort.name).where(Cohort.programme_id == programme_id).order_by(Cohort.id.desc())
    return [(row.id, row.name) for row in db.session.execute(found)]


def share_a_cohort(member_id: int, other_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that a member belongs to a cohort of the member whose id is in a column."""
    mine, theirs = aliased(CohortMembership), aliased(CohortMembership)
    return exists(
        select(mine.id)
        .join(theirs, theirs.cohort_id == mine.cohort_id)
        .where(mine.member_id == member_id, theirs.member_id == other_id)
    )


def welcome(invitation: Invitation, member: Member) -> None:
    """Let somebody who accepted an invitation belong to its cohort, if it names one; in the caller's transaction."""
    if invitation.cohort_id is None:
        return
    db.session.execute(
        insert(CohortMembership)
        .values(
            programme_id=invitation.programme_id,
            cohort_id=invitation.cohort_id,
            member_id=member.id,
            joined_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["cohort_id", "member_id"])
    )


def dates(member_id: int) -> list[Entry]:
    """Every date of the cohorts that a member belongs to, learning sets too, for their own calendar."""
    found = db.session.execute(
        select(CohortEvent, Programme.contact_email)
        .join(CohortMembership, CohortMembership.cohort_id == CohortEvent.cohort_id)
        .join(Programme, Programme.id == CohortEvent.programme_id)
        .where(CohortMembership.member_id == member_id)
    )
    return [as_entry(event, organiser) for event, organiser in found]


def as_entry(event: CohortEvent, organiser: str) -> Entry:
    """A date of a cohort as calendars have it."""
    return Entry(
        uid=event.uid,
        sequence=event.sequence,
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        place=event.venue,
        organiser=organiser,
    )
