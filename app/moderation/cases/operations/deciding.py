"""Deciding a case once, and taking the decision back before anybody was told."""

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.core import audit, clock, outbox
from app.core.db import db
from app.moderation.cases import subjects
from app.moderation.cases.machine import Event
from app.moderation.cases.models import Concern, Decision, ModerationCase
from app.moderation.cases.operations.claiming import TakenError
from app.moderation.cases.operations.moving import advance
from app.moderation.cases.queries.offers import is_punitive, offered
from app.moderation.cases.queries.scope import Reviewer, may_decide
from app.moderation.cases.rules import CARRIED_OUT, TIME_TO_UNDO
from app.moderation.cases.subjects import Order
from app.moderation.cases.verdicts import Verdict, complaint

TELL = "case_decided"  # the outbox message that tells everybody, when the time to undo is over


class WrongVerdictError(Exception):
    """This cannot be decided so; the message is a sentence for the moderator."""


class TooLateError(Exception):
    """The time to undo is over: people are being told."""


def decide(case_id: int, seen_version: int, verdict: Verdict, who: Reviewer) -> Decision:
    """Settle a case. The feature carries it out now; people are told when the time to undo is over.

    Raises TakenError when somebody was faster or there is more to the case than `seen_version` had, WrongVerdictError,
    and what the feature says (subjects.CannotApplyError).
    """
    free = or_(ModerationCase.claimed_by_id.is_(None), ModerationCase.claimed_by_id == who.member_id)
    return settle(case_id, verdict, who.member_id, and_(may_decide(who), free, ModerationCase.version == seen_version))


def settle(case_id: int, verdict: Verdict, by_id: int, condition: ColumnElement[bool]) -> Decision:
    """Settle a case if a condition holds; as `decide`."""
    now = clock.now()
    if not advance(case_id, Event.DECIDE, condition, decided_at=now, claimed_by_id=by_id, claimed_at=now):
        raise TakenError
    case = db.session.get_one(ModerationCase, case_id)
    wrong = complaint(verdict, offered(case), now, punitive=is_punitive(case))
    if wrong:
        raise WrongVerdictError(wrong)
    decision = Decision(
        programme_id=case.programme_id,
        case_id=case.id,
        member_id=case.author_id,
        decided_by_id=by_id,
        outcome=verdict.outcome,
        measure=verdict.measure,
        measure_until=verdict.measure_until,
        ground=verdict.ground,
        rule=verdict.rule,
        words=verdict.words,
        before={},
        decided_at=now,
        tell_at=now + TIME_TO_UNDO,
    )
    db.session.add(decision)
    db.session.flush()
    if verdict.outcome in CARRIED_OUT:
        order = order_of(decision, case, text=verdict.text, target_id=verdict.target_id)
        decision.before = dict(subjects.named(case.subject_type).apply(order))
    outbox.put(
        TELL, key_of(decision.id), {"decision_id": decision.id}, due_at=decision.tell_at, programme_id=case.programme_id
    )
    _note("decide", decision, by_id)
    return decision


def undo(decision_id: int, who: Reviewer) -> ModerationCase:
    """Take one's own decision back; the case is in one's hands again, or has joined a newer one about the same.

    Raises TooLateError when people are being told.
    """
    taken_back = (
        update(Decision)
        .where(
            Decision.id == decision_id,
            Decision.decided_by_id == who.member_id,
            Decision.undone_at.is_(None),
            Decision.told_at.is_(None),
        )
        .values(undone_at=clock.now())
        .returning(Decision.id)
        .execution_options(synchronize_session=False)
    )
    if db.session.scalar(taken_back) is None or not outbox.withdraw(key_of(decision_id)):
        raise TooLateError
    db.session.expire_all()
    decision = db.session.get_one(Decision, decision_id)
    case = decision.case
    if decision.outcome in CARRIED_OUT:
        subjects.named(case.subject_type).reverse(order_of(decision, case), decision.before)
    _note("undo", decision, who.member_id)
    if not _back_into_hands(case.id):
        _join_newer(case)
    return db.session.get_one(ModerationCase, case.joined_to_id or case.id)


def order_of(decision: Decision, case: ModerationCase, *, text: str = "", target_id: int | None = None) -> Order:
    """The decision as a feature carries it out or takes it back."""
    return Order(
        decision_id=decision.id,
        subject_id=case.subject_id or 0,
        outcome=decision.outcome,
        by_id=decision.decided_by_id,
        text=text,
        target_id=target_id,
        at=clock.now(),
    )


def key_of(decision_id: int) -> str:
    """The outbox key under which a decision is told."""
    return f"case-decided:{decision_id}"


def _back_into_hands(case_id: int) -> bool:
    """False when its subject has a newer case that waits: somebody reported it again in these seconds."""
    try:
        with db.session.begin_nested():
            advance(case_id, Event.UNDO, decided_at=None, claimed_at=clock.now())
    except IntegrityError:
        return False
    return True


def _join_newer(case: ModerationCase) -> None:
    newer = db.session.scalars(
        select(ModerationCase)
        .where(
            ModerationCase.subject_type == case.subject_type,
            ModerationCase.subject_id == case.subject_id,
            ModerationCase.decided_at.is_(None),
        )
        .with_for_update()
    ).one()
    told = {(concern.reporter_id, concern.reason) for concern in newer.concerns}
    for concern in list(case.concerns):
        if concern.reporter_id is None or (concern.reporter_id, concern.reason) not in told:
            db.session.execute(update(Concern).where(Concern.id == concern.id).values(case_id=newer.id))
    newer.version += 1
    newer.urgency = min(newer.urgency, case.urgency)
    if case.urgency < newer.lane.urgency:
        newer.lane = case.lane
    db.session.flush()
    advance(case.id, Event.JOIN, closed_at=clock.now(), joined_to_id=newer.id)
    audit.record("join", "case", case.id, actor_id=None, programme_id=case.programme_id, newer_id=newer.id)


def _note(action: str, decision: Decision, by_id: int) -> None:
    audit.record(
        action,
        "case",
        decision.case_id,
        actor_id=by_id,
        programme_id=decision.programme_id,
        decision_id=decision.id,
        outcome=decision.outcome.value,
        measure=decision.measure.value,
        ground=decision.ground,
        rule=decision.rule,
    )
