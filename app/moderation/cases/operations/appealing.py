"""Asking that somebody else looks again: once for each decision, with a day by which it is answered."""

from sqlalchemy import select

from app.core import audit, clock
from app.core.db import db, insert
from app.moderation.cases.models import Appeal, CaseSnapshot, Concern, Decision, ModerationCase
from app.moderation.cases.operations.opening import Opened, Place, Raised, open_case, open_in_own_words
from app.moderation.cases.rules import APPEAL_DUE, APPEAL_WITHIN, Reason, Route, Source, can_be_appealed
from app.moderation.cases.subjects import APPEAL, Snapshot


class CannotAppealError(Exception):
    """There is nothing to appeal against, or it has been done; the message is a sentence for the member."""


def appeal(decision: Decision, words: str, *, by_id: int) -> Opened:
    """Open the case of an appeal; it never goes to whoever decided. Raises CannotAppealError."""
    refused = cannot_appeal(decision)
    if refused:
        raise CannotAppealError(refused)
    opened = open_case(
        Raised(
            subject_type=APPEAL,
            subject_id=decision.id,
            source=Source.AUTHOR,
            reason=Reason.APPEAL,
            reporter_id=by_id,
            words=words,
        )
    )
    now = clock.now()
    fresh = db.session.scalar(
        insert(Appeal)
        .values(programme_id=decision.programme_id, decision_id=decision.id, case_id=opened.case_id, appealed_at=now)
        .on_conflict_do_nothing(index_elements=["decision_id"])
        .returning(Appeal.id)
    )
    if fresh is None:
        raise CannotAppealError("You have asked for this already")
    case = db.session.get_one(ModerationCase, opened.case_id)
    case.excluded_id, case.due_at = decision.decided_by_id, now + APPEAL_DUE
    if decision.case.route is Route.INDEPENDENT:
        case.route = Route.INDEPENDENT
    db.session.flush()
    audit.record("appeal", "case", case.id, actor_id=by_id, programme_id=case.programme_id, decision_id=decision.id)
    return opened


def cannot_appeal(decision: Decision) -> str | None:
    """Why a decision cannot be appealed against, as a sentence; None when it can."""
    if not can_be_appealed(decision.outcome, decision.measure):
        return "This decision took nothing from you"
    if decision.told_at is None or decision.undone_at is not None:
        return "This decision does not stand"
    if decision.reversed_at is not None:
        return "This decision was reversed"
    if decision.told_at < clock.now() - APPEAL_WITHIN:
        return f"You could ask for this for {APPEAL_WITHIN.days} days, and they are over"
    return None


def snapshot(decision_id: int) -> Snapshot | None:
    """What an appeal is about: the words of the first case as they were seen last."""
    decision = db.session.get(Decision, decision_id)
    if decision is None:
        return None
    seen = db.session.scalar(
        select(CaseSnapshot).where(CaseSnapshot.case_id == decision.case_id).order_by(CaseSnapshot.id.desc()).limit(1)
    )
    if seen is None:
        return None
    return Snapshot(
        programme_id=decision.programme_id,
        author_id=decision.member_id,
        body=seen.body,
        html=seen.html,
        title=seen.title,
        shown_as=seen.shown_as,
        where=seen.where_label,
        path=seen.path,
    )


def ask_again(concern: Concern, words: str, answered: Decision) -> Opened:
    """A visitor who made a complaint asks that somebody else looks at it: the same, in a new case."""
    case = concern.case
    seen = concern.snapshot
    place = Place(case.programme_id, seen.where_label if seen else "", seen.path if seen else "/")
    opened = open_in_own_words(
        Reason.COMPLAINT,
        f"{concern.words}\n\n---\n\n{words}",
        place,
        source=Source.VISITOR,
        contact=concern.contact,
        about_id=case.author_id,
    )
    fresh = db.session.scalar(
        insert(Appeal)
        .values(
            programme_id=case.programme_id,
            decision_id=answered.id,
            case_id=opened.case_id,
            appealed_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["decision_id"])
        .returning(Appeal.id)
    )
    if fresh is None:
        raise CannotAppealError("You have asked for this already")
    again = db.session.get_one(ModerationCase, opened.case_id)
    again.excluded_id = answered.decided_by_id
    db.session.flush()
    audit.record("ask_again", "case", again.id, actor_id=None, programme_id=again.programme_id, first_id=case.id)
    return opened
