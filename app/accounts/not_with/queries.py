"""What is read of wishes: one's own by name, and for features that put people together, who is not to meet whom."""

from collections.abc import Collection

from sqlalchemy import select, union

from app.accounts.models import Member
from app.accounts.not_with.models import NotWith
from app.core.db import db


def wishes_of(member_id: int) -> list[tuple[int, str]]:
    """Id and name of those whom a member would rather not meet, by name; for that member alone."""
    rows = db.session.execute(
        select(Member.id, Member.name)
        .join(NotWith, NotWith.other_id == Member.id)
        .where(NotWith.member_id == member_id)
        .order_by(Member.name, Member.id)
    )
    return [(row.id, row.name) for row in rows]


def apart_from(member_id: int) -> frozenset[int]:
    """Whom a member is not to meet, whoever of the two wished it."""
    theirs = select(NotWith.other_id).where(NotWith.member_id == member_id)
    of_others = select(NotWith.member_id).where(NotWith.other_id == member_id)
    return frozenset(db.session.scalars(union(theirs, of_others)))


def couples_among(member_ids: Collection[int]) -> set[frozenset[int]]:
    """The couples among some members who are not to meet."""
    rows = db.session.execute(
        select(NotWith.member_id, NotWith.other_id).where(
            NotWith.member_id.in_(member_ids), NotWith.other_id.in_(member_ids)
        )
    )
    return {frozenset((row.member_id, row.other_id)) for row in rows}
