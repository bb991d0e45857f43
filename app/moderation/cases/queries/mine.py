"""What a member sees of moderation: decisions about them, their appeals, and what became of what they told us."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.moderation.cases.models import Appeal, CaseSnapshot, Concern, Decision
from app.moderation.cases.rules import AGAINST_THE_AUTHOR, Measure, Outcome, Source
from app.moderation.cases.subjects import OWN_WORDS

SIZE = 25


@dataclass(frozen=True, slots=True)
class Mine:
    """A decision as its author sees it: with their own words, and nobody's name."""

    decision: Decision
    seen: CaseSnapshot | None
    appeal: Appeal | None
    answer: Decision | None  # what became of the appeal, once it is told


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of a list, and the id after which the next begins."""

    rows: Sequence[Mine] | Sequence[Concern]
    following: int | None


def decisions(member_id: int, after: int | None) -> Rows:
    """Told decisions about a member that took something from them or that they waited for, the newest first."""
    found = _about(member_id).order_by(Decision.id.desc()).limit(SIZE + 1)
    if after is not None:
        found = found.where(Decision.id < after)
    rows = db.session.scalars(found).all()
    shown = [Mine(row, None, None, None) for row in rows[:SIZE]]
    return Rows(shown, rows[SIZE - 1].id if len(rows) > SIZE else None)


def decision(member_id: int, decision_id: int) -> Mine | None:
    """One of them, with what it was about and what became of an appeal."""
    found = db.session.scalar(_about(member_id).where(Decision.id == decision_id))
    if found is None:
        return None
    appeal = db.session.scalar(select(Appeal).where(Appeal.decision_id == found.id).options(joinedload(Appeal.case)))
    answer = None
    if appeal:
        answer = db.session.scalar(
            select(Decision).where(Decision.case_id == appeal.case_id, Decision.told_at.is_not(None))
        )
    return Mine(found, _own_words(found), appeal, answer)


def reports(member_id: int, after: int | None) -> Rows:
    """What a member told moderators, the newest first."""
    found = (
        select(Concern)
        .where(Concern.reporter_id == member_id, Concern.source == Source.MEMBER)
        .options(joinedload(Concern.case), joinedload(Concern.snapshot))
        .order_by(Concern.id.desc())
        .limit(SIZE + 1)
    )
    if after is not None:
        found = found.where(Concern.id < after)
    rows = db.session.scalars(found).all()
    return Rows(rows[:SIZE], rows[SIZE - 1].id if len(rows) > SIZE else None)


def report(member_id: int, concern_id: int) -> Concern | None:
    """One of them."""
    return db.session.scalar(
        select(Concern)
        .where(Concern.id == concern_id, Concern.reporter_id == member_id, Concern.source == Source.MEMBER)
        .options(joinedload(Concern.case))
    )


def answered(concern_id: int) -> tuple[Concern, Decision | None] | None:
    """A visitor's complaint and the answer to it, once there is one."""
    concern = db.session.scalar(select(Concern).where(Concern.id == concern_id, Concern.source == Source.VISITOR))
    if concern is None:
        return None
    told = select(Decision).where(Decision.case_id == concern.case_id, Decision.told_at.is_not(None))
    return concern, db.session.scalar(told)


def appealed(decision_id: int) -> bool:
    """Whether somebody was asked to look at a decision again."""
    return db.session.scalar(select(Appeal.id).where(Appeal.decision_id == decision_id)) is not None


def _about(member_id: int) -> Select[Decision]:
    """Decisions of whose existence the member was told. An appeal's answer stands with the decision it is about."""
    known = or_(
        Decision.measure != Measure.NONE,
        Decision.outcome.in_([*AGAINST_THE_AUTHOR, Outcome.PUBLISH, Outcome.SUPPORT]),
    )
    return (
        select(Decision)
        .where(Decision.member_id == member_id, Decision.told_at.is_not(None), known)
        .options(joinedload(Decision.case))
    )


def _own_words(decision: Decision) -> CaseSnapshot | None:
    """What the member wrote. In a concern of somebody else's words they are not theirs to read."""
    if decision.case.subject_type == OWN_WORDS:
        return None
    return db.session.scalar(
        select(CaseSnapshot).where(CaseSnapshot.case_id == decision.case_id).order_by(CaseSnapshot.id.desc()).limit(1)
    )
