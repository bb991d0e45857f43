"""What decisions take from members: warnings, silence, suspension; given, lifted and expunged."""

from datetime import datetime

from sqlalchemy import Select, select

from app.accounts.models import Member
from app.accounts.operations import standing
from app.core import audit, clock
from app.core.db import Effect, db
from app.moderation.cases.models import Decision, Penalty
from app.moderation.cases.operations import telling
from app.moderation.cases.rules import Measure


def impose(decision: Decision, after: list[Effect]) -> None:
    """Let the measure of a decision begin, when its member is told. A longer suspension stays as long as it is."""
    if decision.measure is Measure.NONE or decision.member_id is None:
        return
    db.session.add(
        Penalty(
            programme_id=decision.programme_id,
            decision_id=decision.id,
            member_id=decision.member_id,
            kind=decision.measure,
            begins_at=clock.now(),
            ends_at=decision.measure_until,
        )
    )
    db.session.flush()
    if decision.measure is Measure.SUSPEND and decision.measure_until:
        member = _held(decision.member_id)
        until = max(decision.measure_until, member.suspended_until or decision.measure_until)
        standing.suspend(member, until, by_id=decision.decided_by_id, programme_id=decision.programme_id, after=after)


def expunge(decision: Decision, *, by_id: int, after: list[Effect]) -> None:
    """Take back what a reversed decision took, as if it had never been."""
    penalty = db.session.scalar(select(Penalty).where(Penalty.decision_id == decision.id).with_for_update())
    if penalty is None:
        return
    penalty.expunged_at = clock.now()
    db.session.flush()
    audit.record(
        "expunge", "member", penalty.member_id, actor_id=by_id, programme_id=penalty.programme_id,
        decision_id=decision.id,
    )  # fmt: skip
    if penalty.kind is Measure.SUSPEND:
        _suspend_as_long_as_others_say(penalty.member_id, penalty.programme_id, by_id, after)


def lift(member_id: int, programme_id: int, *, by_id: int, after: list[Effect]) -> bool:
    """End the silence and suspension that a programme has imposed, before their time; False when there is none.

    What another programme has imposed stays.
    """
    now = clock.now()
    found = db.session.scalars(_running(member_id, now).where(Penalty.programme_id == programme_id)).all()
    member = _held(member_id)
    elsewhere = db.session.scalar(_running(member_id, now).where(Penalty.programme_id != programme_id).limit(1))
    without_penalty = member.suspended and not found and elsewhere is None
    if not found and not without_penalty:
        return False
    for penalty in found:
        penalty.lifted_at = now
    db.session.flush()
    for penalty in found:
        audit.record(
            "lift_penalty", "member", member_id, actor_id=by_id, programme_id=programme_id,
            penalty_id=penalty.id, measure=penalty.kind.value,
        )  # fmt: skip
    _suspend_as_long_as_others_say(member_id, programme_id, by_id, after)
    telling.lifted(member_id, programme_id, f"lifted:{member_id}:{now.timestamp():.0f}")
    return True


def _suspend_as_long_as_others_say(member_id: int, programme_id: int, by_id: int, after: list[Effect]) -> None:
    now = clock.now()
    others = db.session.scalars(_running(member_id, now).where(Penalty.kind == Measure.SUSPEND)).all()
    ends = [penalty.ends_at for penalty in others if penalty.ends_at]
    member = _held(member_id)
    if not ends:
        if member.suspended_until is not None:
            standing.lift_suspension(member, by_id=by_id, programme_id=programme_id)
    elif max(ends) != member.suspended_until:
        standing.suspend(member, max(ends), by_id=by_id, programme_id=programme_id, after=after)


def _running(member_id: int, now: datetime) -> Select[Penalty]:
    return select(Penalty).where(
        Penalty.member_id == member_id,
        Penalty.ends_at > now,
        Penalty.lifted_at.is_(None),
        Penalty.expunged_at.is_(None),
    )


def _held(member_id: int) -> Member:
    return db.session.get_one(Member, member_id, with_for_update={"key_share": True}, populate_existing=True)
