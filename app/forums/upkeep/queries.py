"""The boards of a programme as those see them who look after them, and how many people read one."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from app.accounts.models import Member, RoleGrant
from app.accounts.rules import STAFF, Role
from app.core.db import db
from app.forums.models import Board, Topic
from app.forums.rules import Audience, Reader
from app.forums.upkeep.rules import hides_anybody
from app.programme.models import Cohort, CohortMembership
from app.programme.rules import CohortState


def boards(programme_id: int) -> Sequence[Board]:
    """All boards of a programme, in their order."""
    found = select(Board).where(Board.programme_id == programme_id)
    return db.session.scalars(found.order_by(Board.position, Board.name, Board.id)).all()


def board(programme_id: int, board_id: int) -> Board | None:
    """A board of the programme."""
    return db.session.scalar(select(Board).where(Board.id == board_id, Board.programme_id == programme_id))


def held(programme_id: int) -> dict[int, Board]:
    """All boards of a programme, kept from changing until the transaction ends; in their order."""
    found = (
        select(Board)
        .where(Board.programme_id == programme_id)
        .order_by(Board.position, Board.name, Board.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {each.id: each for each in db.session.scalars(found)}


def has_topics(board_id: int) -> bool:
    """Whether somebody has written there, published or not."""
    return db.session.scalar(select(exists().where(Topic.board_id == board_id))) or False


def cohorts(programme_id: int) -> Sequence[tuple[int, str]]:
    """The cohorts of a programme, the newest first."""
    found = select(Cohort.id, Cohort.name).where(Cohort.programme_id == programme_id).order_by(Cohort.id.desc())
    return [(row.id, row.name) for row in db.session.execute(found)]


def readers_of(programme_id: int, audience: Audience, cohort_id: int | None) -> int:
    """How many members a board of this audience is meant for. Moderators, who read every board, do not count."""
    meant = select(func.count(Member.id)).where(Member.active, _meant_for(programme_id, audience, cohort_id))
    return db.session.scalar(meant) or 0


def may_post_anonymously(reader: Reader, board: Board) -> bool:
    """Whether the reader may write under an alias now. Ask before showing the choice, and again before storing a post.

    One query, and none where the board does not allow it.
    """
    if not board.anonymity or reader.programme_id != board.programme_id:
        return False
    return hides_anybody(readers_of(board.programme_id, board.audience, board.cohort_id))


def _meant_for(programme_id: int, audience: Audience, cohort_id: int | None) -> ColumnElement[bool]:
    if audience is Audience.COHORT:
        return _belongs(Cohort.id == cohort_id)
    if audience is Audience.ALUMNI:
        return _belongs(Cohort.programme_id == programme_id, Cohort.state == CohortState.FINISHED)
    if audience is Audience.FACILITATORS:
        return _holds(programme_id, Role.FACILITATOR, Role.LEAD)
    in_a_cohort = and_(_holds(programme_id, Role.PARTICIPANT), _belongs(Cohort.programme_id == programme_id))
    return or_(_holds(programme_id, *STAFF), in_a_cohort)


def _belongs(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    joined = select(CohortMembership.id).join(Cohort, Cohort.id == CohortMembership.cohort_id)
    return joined.where(CohortMembership.member_id == Member.id, *which).exists()


def _holds(programme_id: int, *roles: Role) -> ColumnElement[bool]:
    return exists().where(
        RoleGrant.member_id == Member.id, RoleGrant.programme_id == programme_id, RoleGrant.role.in_(sorted(roles))
    )
