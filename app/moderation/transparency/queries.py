"""What is counted, and what was published."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app.core.clock import in_london
from app.core.db import db
from app.moderation.cases.models import Concern, Decision, ModerationCase
from app.moderation.transparency.models import TransparencyQuarter
from app.moderation.transparency.rules import Counted, Quarter


class First(NamedTuple):
    """A programme, and when its first case was opened."""

    programme_id: int
    at: datetime


def published(programme_id: int) -> Sequence[TransparencyQuarter]:
    """All that was published about a programme, the newest first."""
    found = select(TransparencyQuarter).where(TransparencyQuarter.programme_id == programme_id)
    return db.session.scalars(found.order_by(TransparencyQuarter.quarter.desc())).all()


def firsts() -> list[First]:
    """The programmes that have had cases."""
    found = select(ModerationCase.programme_id, func.min(ModerationCase.opened_at)).group_by(
        ModerationCase.programme_id
    )
    return [First(*row) for row in db.session.execute(found)]


def cases(programme_id: int, quarter: Quarter) -> list[Counted]:
    """The cases that were opened in a quarter, each with what first brought it and the decision that stands."""
    first = select(func.min(Concern.id)).where(Concern.case_id == ModerationCase.id).correlate(ModerationCase)
    rows = db.session.execute(
        select(
            ModerationCase.lane,
            ModerationCase.opened_at,
            Concern.reason,
            Decision.outcome,
            Decision.decided_at,
        )
        .join(Concern, Concern.id == first.scalar_subquery())
        .outerjoin(Decision, (Decision.case_id == ModerationCase.id) & Decision.undone_at.is_(None))
        .where(
            ModerationCase.programme_id == programme_id,
            ModerationCase.joined_to_id.is_(None),  # its concern goes on in another case
            ModerationCase.opened_at >= _start(quarter),
            ModerationCase.opened_at < _start(quarter.next),
        )
    )
    return [
        Counted(row.lane, row.reason, row.outcome, row.decided_at - row.opened_at if row.decided_at else None)
        for row in rows
    ]


def _start(quarter: Quarter) -> datetime:
    return in_london(quarter.year, quarter.first_day.month, 1)
