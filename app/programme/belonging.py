"""What the features below need of programmes and cohorts; create_app hands these functions to them."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.accounts.models import Invitation, Member
from app.core import clock
from app.core.db import db, is_sqlite
from app.programme.models import Cohort, CohortMembership, Programme


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


def welcome(invitation: Invitation, member: Member) -> None:
    """Let somebody who accepted an invitation belong to its cohort, if it names one; in the caller's transaction."""
    if invitation.cohort_id is None:
        return
    insert = sqlite.insert if is_sqlite() else postgresql.insert
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
