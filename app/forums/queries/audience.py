"""Who can find a board: readable.found_boards asked the other way round, for mentions and notices."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from app.accounts.models import Member, RoleGrant
from app.accounts.rules import STAFF, Role
from app.core import clock
from app.core.db import db
from app.forums import mentions
from app.forums.models import Board
from app.forums.rules import Audience
from app.programme.models import Cohort, CohortMembership
from app.programme.rules import CohortState

MOST_OFFERED = 8  # names in one answer of the completion
MOST_LIKE_IT = 500  # names that are looked at for one at-name


def of(board: Board) -> ColumnElement[bool]:
    """The condition that a member can find a board (policies.can_find says the same of one member)."""
    here = board.programme_id
    meant: dict[Audience, ColumnElement[bool]] = {
        Audience.EVERYONE: or_(_staff(here), _participates(here)),
        Audience.COHORT: and_(
            _belongs(CohortMembership.cohort_id == board.cohort_id), or_(_staff(here), _participates(here))
        ),
        Audience.FACILITATORS: _holds(here, {Role.FACILITATOR, Role.LEAD}),
        Audience.ALUMNI: and_(_has_completed(here), or_(_staff(here), _participates(here))),
    }
    able = and_(Member.active, or_(Member.suspended_until.is_(None), Member.suspended_until <= clock.now()))
    return and_(able, or_(meant.get(board.audience, false()), _holds(here, {Role.MODERATOR})))


def among(board: Board, member_ids: Collection[int]) -> set[int]:
    """Those of some members who can find a board."""
    if not member_ids:
        return set()
    return set(db.session.scalars(select(Member.id).where(Member.id.in_(member_ids), of(board))))


def by_slug(board: Board, slugs: Collection[str]) -> dict[str, int]:
    """The only member of each name who can find a board; where two have it, nobody."""
    found: dict[str, list[int]] = {}
    for wanted in sorted(set(slugs))[: mentions.MOST]:
        rows = db.session.execute(
            select(Member.id, Member.name).where(Member.name.ilike(_like(wanted)), of(board)).limit(MOST_LIKE_IT)
        )
        found[wanted] = [row.id for row in rows if mentions.slug(row.name) == wanted]
    return {wanted: ids[0] for wanted, ids in found.items() if len(ids) == 1}


def offered(board: Board, begun: str, *, besides: int) -> list[tuple[int, str]]:
    """Id and name of those who can find a board and one of whose names begins like that, by name.

    Who has written in a topic makes no difference: that would give away who wrote there under an alias.
    """
    like = "".join(sign for sign in begun if sign not in "%_\\")
    if not like:
        return []
    rows = db.session.execute(
        select(Member.id, Member.name)
        .where(or_(Member.name.ilike(f"{like}%"), Member.name.ilike(f"% {like}%")), Member.id != besides, of(board))
        .order_by(Member.name, Member.id)
        .limit(MOST_OFFERED)
    )
    return [(row.id, row.name) for row in rows]


def names(member_ids: Collection[int]) -> dict[int, str]:
    """The names of some members."""
    if not member_ids:
        return {}
    rows = db.session.execute(select(Member.id, Member.name).where(Member.id.in_(member_ids)))
    return {row.id: row.name for row in rows}


def there(member_ids: Collection[int]) -> frozenset[int]:
    """Those of some members who have not left."""
    return frozenset(names(member_ids))


def _like(wanted: str) -> str:
    """A pattern that fits every name with this slug, and some others: what a at-name leaves out may stand anywhere."""
    first = wanted.partition("-")[0]
    return "%".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in first) + "%"


def _holds(programme_id: int, roles: Collection[Role]) -> ColumnElement[bool]:
    return exists().where(
        RoleGrant.member_id == Member.id, RoleGrant.programme_id == programme_id, RoleGrant.role.in_(sorted(roles))
    )


def _staff(programme_id: int) -> ColumnElement[bool]:
    return _holds(programme_id, STAFF)


def _participates(programme_id: int) -> ColumnElement[bool]:
    return and_(_holds(programme_id, {Role.PARTICIPANT}), _belongs(CohortMembership.programme_id == programme_id))


def _belongs(where: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(CohortMembership.member_id == Member.id, where)


def _has_completed(programme_id: int) -> ColumnElement[bool]:
    finished: Select[int] = select(Cohort.id).where(
        Cohort.programme_id == programme_id, Cohort.state == CohortState.FINISHED
    )
    return _belongs(CohortMembership.cohort_id.in_(finished))
