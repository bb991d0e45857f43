"""The queue: what waits for a reviewer, urgent and oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import db
from app.moderation.cases.machine import State
from app.moderation.cases.models import CaseSnapshot, Concern, ModerationCase
from app.moderation.cases.paging import Mark
from app.moderation.cases.queries.scope import Reviewer, may_arrange, may_decide
from app.moderation.cases.rules import Lane, Reason

SIZE = 25
MOST_AT_ONCE = 50  # cases that one press of a button decides
ORDER = (ModerationCase.urgency, ModerationCase.opened_at, ModerationCase.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filters of the page ask for."""

    lane: Lane | None = None
    held: str = ""  # "free": in nobody's hands; "mine": in one's own; else all


@dataclass(frozen=True, slots=True)
class Listed:
    """A case as the queue shows it: without a word of what was said."""

    case: ModerationCase
    where: str
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of the queue, and where the next begins."""

    rows: Sequence[Listed]
    following: Mark | None


def stretch(who: Reviewer, wanted: Wanted, after: Mark | None, size: int = SIZE) -> Stretch:
    """A page of the queue."""
    where = (
        select(CaseSnapshot.where_label)
        .where(CaseSnapshot.case_id == ModerationCase.id)
        .order_by(CaseSnapshot.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = select(ModerationCase, where).where(*_waiting(who, wanted)).order_by(*ORDER)
    if after is not None:
        found = found.where(_beyond(after))
    found = found.options(
        selectinload(ModerationCase.concerns).load_only(Concern.case_id, Concern.reason, Concern.source),
        joinedload(ModerationCase.claimed_by),
    )
    rows = [
        Listed(case, label or "", list(dict.fromkeys(concern.reason for concern in case.concerns)))
        for case, label in db.session.execute(found.limit(size + 1))
    ]
    last = rows[size - 1].case if len(rows) > size else None
    return Stretch(rows[:size], Mark(last.urgency, last.opened_at, last.id) if last else None)


def first_ids(who: Reviewer, wanted: Wanted, *, besides: int = 0, number: int = 10) -> Sequence[int]:
    """The first few that nobody has in their hands."""
    free = Wanted(wanted.lane, "free")
    found = select(ModerationCase.id).where(*_waiting(who, free), ModerationCase.id != besides).order_by(*ORDER)
    return db.session.scalars(found.limit(number)).all()


def counts(who: Reviewer) -> dict[Lane, int]:
    """How many wait in each lane."""
    counted = select(ModerationCase.lane, func.count()).where(*_waiting(who, Wanted())).group_by(ModerationCase.lane)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def spam(who: Reviewer, ids: Sequence[int] | None = None) -> Sequence[ModerationCase]:
    """Cases that were brought by nothing but spam, the oldest first; only those of `ids`, if they are given."""
    other = select(Concern.id).where(Concern.case_id == ModerationCase.id, Concern.reason != Reason.SPAM).exists()
    found = select(ModerationCase).where(*_waiting(who, Wanted(Lane.REPORTS, "reach")), ~other).order_by(*ORDER)
    if ids is not None:
        found = found.where(ModerationCase.id.in_(ids[:MOST_AT_ONCE]))
    found = found.options(
        selectinload(ModerationCase.concerns).joinedload(Concern.snapshot), joinedload(ModerationCase.author)
    )
    return db.session.scalars(found.limit(MOST_AT_ONCE)).unique().all()


def to_arrange(who: Reviewer) -> Sequence[ModerationCase]:
    """Cases that wait for somebody from outside, the oldest first; nothing of what was said comes with them."""
    return db.session.scalars(
        select(ModerationCase)
        .where(ModerationCase.decided_at.is_(None), may_arrange(who))
        .order_by(*ORDER)
        .limit(MOST_AT_ONCE)
    ).all()


def one_to_arrange(who: Reviewer, case_id: int) -> ModerationCase | None:
    """One of them."""
    return db.session.scalar(
        select(ModerationCase).where(
            ModerationCase.id == case_id, ModerationCase.decided_at.is_(None), may_arrange(who)
        )
    )


def _waiting(who: Reviewer, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [may_decide(who), ModerationCase.decided_at.is_(None)]
    mine = ModerationCase.claimed_by_id == who.member_id
    if wanted.lane is not None:
        conditions.append(ModerationCase.lane == wanted.lane)
    if wanted.held == "free":
        conditions.append(ModerationCase.state == State.OPEN)
    if wanted.held == "mine":
        conditions.append(mine)
    if wanted.held == "reach":
        conditions.append(or_(ModerationCase.state == State.OPEN, mine))
    return conditions


def _beyond(mark: Mark) -> ColumnElement[bool]:
    same_urgency = ModerationCase.urgency == mark.urgency
    same_moment = and_(same_urgency, ModerationCase.opened_at == mark.opened_at)
    return or_(
        ModerationCase.urgency > mark.urgency,
        and_(same_urgency, ModerationCase.opened_at > mark.opened_at),
        and_(same_moment, ModerationCase.id > mark.id),
    )
