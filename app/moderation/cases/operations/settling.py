"""When the time to undo is over: the measure begins, people are told, an appeal's decision is carried out."""

import logging

from sqlalchemy import update

from app.core import audit, clock
from app.core.db import Effect, db
from app.moderation.cases import subjects
from app.moderation.cases.machine import Event
from app.moderation.cases.models import Decision, ModerationCase
from app.moderation.cases.operations import penalties, telling
from app.moderation.cases.operations.deciding import order_of
from app.moderation.cases.operations.moving import advance
from app.moderation.cases.rules import AGAINST_THE_AUTHOR, Measure, Outcome, Source
from app.moderation.cases.subjects import APPEAL, CannotApplyError

log = logging.getLogger(__name__)

AUTHOR_NEED_NOT_KNOW = frozenset({Outcome.NO_ACTION, Outcome.PASS_ON, Outcome.ANSWER})


def tell(decision_id: int, after: list[Effect]) -> None:
    """Tell everybody of a decision, once; nothing when it was undone or told meanwhile."""
    told = (
        update(Decision)
        .where(Decision.id == decision_id, Decision.told_at.is_(None), Decision.undone_at.is_(None))
        .values(told_at=clock.now())
        .returning(Decision.id)
        .execution_options(synchronize_session=False)
    )
    if db.session.scalar(told) is None:
        return
    db.session.expire_all()
    decision = db.session.get_one(Decision, decision_id)
    case = decision.case
    advance(case.id, Event.TELL, closed_at=clock.now())
    if case.subject_type == APPEAL and decision.outcome is Outcome.REVERSE:
        _reverse(db.session.get_one(Decision, case.subject_id), by_id=decision.decided_by_id, after=after)
    penalties.impose(decision, after)
    if _author_is_told(decision, case):
        telling.decided(decision)
    telling.reporters(decision, case)


def _author_is_told(decision: Decision, case: ModerationCase) -> bool:
    """Whoever never knew of a report need not learn of it when nothing came of it; a held post's author waits."""
    if decision.measure is not Measure.NONE or decision.outcome in AGAINST_THE_AUTHOR:
        return True
    if decision.outcome is Outcome.PUBLISH:
        return any(concern.source is Source.HOLD for concern in case.concerns)
    return decision.outcome not in AUTHOR_NEED_NOT_KNOW


def _reverse(decision: Decision, *, by_id: int, after: list[Effect]) -> None:
    """Do the opposite of a decision and take back what it took from its author."""
    decision.reversed_at = clock.now()
    db.session.flush()
    carried_out = True
    if decision.outcome in AGAINST_THE_AUTHOR:
        carried_out = _put_back(decision, decision.case)
    penalties.expunge(decision, by_id=by_id, after=after)
    audit.record(
        "reverse", "case", decision.case_id, actor_id=by_id, programme_id=decision.programme_id,
        decision_id=decision.id, carried_out=carried_out,
    )  # fmt: skip


def _put_back(decision: Decision, case: ModerationCase) -> bool:
    """What was held and refused is published; what was there before is there again. False when it is gone for good."""
    kind = subjects.find(case.subject_type)
    if kind is None:
        return False
    was_held = any(concern.source is Source.HOLD for concern in case.concerns)
    order = order_of(decision, case)
    try:
        with db.session.begin_nested():
            if was_held and decision.outcome in {Outcome.HIDE, Outcome.REMOVE} and Outcome.PUBLISH in kind.outcomes:
                kind.reverse(order, decision.before)
                kind.apply(_publishing(decision, case))
            else:
                kind.reverse(order, decision.before)
    except CannotApplyError:
        log.warning("decision %s was reversed, but could not be carried out", decision.id)
        return False
    return True


def _publishing(decision: Decision, case: ModerationCase) -> subjects.Order:
    return subjects.Order(
        decision_id=decision.id,
        subject_id=case.subject_id or 0,
        outcome=Outcome.PUBLISH,
        by_id=decision.decided_by_id,
        at=clock.now(),
    )
