"""Taking a case into one's hands, and putting it back."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, or_, select

from app.core import audit, clock
from app.core.db import db
from app.moderation.cases.machine import Event, State
from app.moderation.cases.models import ModerationCase
from app.moderation.cases.operations.moving import advance
from app.moderation.cases.queries.scope import Reviewer, may_decide
from app.moderation.cases.rules import IDLE_CLAIM, IDLE_URGENT_CLAIM


class TakenError(Exception):
    """Somebody else has the case in their hands, or has decided it; or there is more to it than was shown."""


def claim(case_id: int, who: Reviewer) -> None:
    """Take a case; again by the same reviewer changes nothing. Raises TakenError."""
    now = clock.now()
    if advance(case_id, Event.CLAIM, may_decide(who), claimed_by_id=who.member_id, claimed_at=now):
        _note("claim", case_id, who.member_id)
        return
    case = db.session.get(ModerationCase, case_id, populate_existing=True)
    if case is None or case.state is not State.CLAIMED or case.claimed_by_id != who.member_id:
        raise TakenError
    case.claimed_at = now
    db.session.flush()


def claim_first(case_ids: Iterable[int], who: Reviewer) -> int | None:
    """Take the first of some cases that nobody was faster with; gives its id."""
    for case_id in case_ids:
        try:
            claim(case_id, who)
        except TakenError:
            continue
        return case_id
    return None


def release(case_id: int, who: Reviewer) -> None:
    """Put a case back into the queue. Raises TakenError when it is not in their hands."""
    mine = ModerationCase.claimed_by_id == who.member_id
    if not advance(case_id, Event.RELEASE, mine, claimed_by_id=None, claimed_at=None):
        raise TakenError
    _note("release", case_id, who.member_id)


def release_idle(now: datetime) -> int:
    """Put back what somebody took and did not decide; gives how many."""
    urgent = and_(ModerationCase.urgency == 0, ModerationCase.claimed_at < now - IDLE_URGENT_CLAIM)
    idle = or_(urgent, ModerationCase.claimed_at < now - IDLE_CLAIM)
    found = select(ModerationCase.id).where(ModerationCase.state == State.CLAIMED, idle)
    released = [
        case_id
        for case_id in db.session.scalars(found).all()
        if advance(case_id, Event.RELEASE, idle, claimed_by_id=None, claimed_at=None)
    ]
    for case_id in released:
        _note("release_idle", case_id, None)
    return len(released)


def _note(action: str, case_id: int, actor_id: int | None) -> None:
    programme_id = db.session.scalar(select(ModerationCase.programme_id).where(ModerationCase.id == case_id))
    audit.record(action, "case", case_id, actor_id=actor_id, programme_id=programme_id)
