"""What is read of wishes: one's own by name, and for features that put people together, who is not to meet whom."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select, union

from app.accounts.models import Member, Organisation, RoleGrant
from app.accounts.not_with.models import NotWith
from app.core.db import db

MOST_FOUND = 10


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


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody in the same community, told apart from others of the name by what they do and where."""

    member_id: int
    name: str
    profession: str
    organisation: str | None


def found(member_id: int, words: str) -> list[Found]:
    """Who in a member's own communities has a name with all these words in it; one more than MOST_FOUND at most."""
    parts = words.casefold().split()
    if not parts:
        return []
    holds = _peoples_of(member_id).where(*(func.lower(Member.name).contains(part, autoescape=True) for part in parts))
    return [Found(*row) for row in db.session.execute(holds.order_by(Member.name, Member.id).limit(MOST_FOUND + 1))]


def one_found(member_id: int, other_id: int) -> Found | None:
    """One of them; None for somebody who is in no community of theirs."""
    row = db.session.execute(_peoples_of(member_id).where(Member.id == other_id)).first()
    return Found(*row) if row else None


def _peoples_of(member_id: int) -> Select[int, str, str, str | None]:
    """Everybody else in the programmes in which a member holds a role."""
    mine = select(RoleGrant.programme_id).where(RoleGrant.member_id == member_id)
    shared = exists().where(RoleGrant.member_id == Member.id, RoleGrant.programme_id.in_(mine))
    return (
        select(Member.id, Member.name, Member.profession, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Member.organisation_id)
        .where(Member.active, Member.id != member_id, shared)
    )
