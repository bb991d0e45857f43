"""What other features ask: is this under review, may this member write, how much waits for a moderator."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select

from app.core import clock
from app.core.db import db
from app.moderation.cases.machine import State
from app.moderation.cases.models import ModerationCase, Penalty
from app.moderation.cases.queries.scope import Reviewer, may_decide
from app.moderation.cases.rules import Measure


def under_review(subject_type: str, ids: Collection[int]) -> set[int]:
    """Those of the subjects that have a case which waits; one query for a whole page."""
    if not ids:
        return set()
    found = select(ModerationCase.subject_id).where(
        ModerationCase.subject_type == subject_type,
        ModerationCase.subject_id.in_(ids),
        ModerationCase.decided_at.is_(None),
    )
    return {each for each in db.session.scalars(found) if each is not None}


def silenced_until(member_id: int, programme_id: int) -> datetime | None:
    """Until when a member may read but not write in a programme (None: they may write)."""
    now = clock.now()
    return db.session.scalar(
        select(func.max(Penalty.ends_at)).where(
            Penalty.member_id == member_id,
            Penalty.programme_id == programme_id,
            Penalty.kind == Measure.SILENCE,
            Penalty.ends_at > now,
            Penalty.lifted_at.is_(None),
            Penalty.expunged_at.is_(None),
        )
    )


def waiting(who: Reviewer) -> int:
    """How many cases wait for somebody and are in nobody else's hands: the number in the navigation."""
    free = or_(ModerationCase.state == State.OPEN, ModerationCase.claimed_by_id == who.member_id)
    counted = select(func.count()).where(may_decide(who), ModerationCase.decided_at.is_(None), free)
    return db.session.scalar(counted) or 0
