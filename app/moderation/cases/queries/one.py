"""One case, as whoever may decide it sees it; and one's own decisions, as their author does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.core import clock
from app.core.db import db
from app.moderation.cases import subjects
from app.moderation.cases.models import Appeal, CannedReply, CaseNote, CaseSnapshot, Concern, Decision, ModerationCase
from app.moderation.cases.paging import Piece, highlighted
from app.moderation.cases.queries.offers import is_punitive, offered
from app.moderation.cases.queries.scope import Reviewer, may_decide
from app.moderation.cases.rules import Lane, Measure, Outcome, Reason, Source
from app.moderation.cases.subjects import APPEAL, OWN_WORDS
from app.moderation.cases.verdicts import by_one_key

MOST_EARLIER = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the page of a case shows."""

    case: ModerationCase
    snapshots: Sequence[CaseSnapshot]
    findings: Sequence[Piece]
    earlier: Sequence[Decision]
    appealed: Decision | None
    decision: Decision | None
    notes: Sequence[CaseNote]
    offered: Sequence[Outcome]
    keys: Sequence[tuple[str, Outcome]]
    punitive: bool

    @property
    def seen_last(self) -> CaseSnapshot | None:
        """What was said, as it stood when somebody last raised a concern."""
        return self.snapshots[-1] if self.snapshots else None

    @property
    def is_anonymous(self) -> bool:
        """Whether the author wrote under an alias: then their name stays out of the page."""
        return bool(self.seen_last and self.seen_last.shown_as)

    @property
    def reason(self) -> Reason:
        """What brought the case first."""
        return self.case.concerns[0].reason

    @property
    def words(self) -> str:
        """What the subject is called: "post"."""
        kind = subjects.find(self.case.subject_type)
        return "concern" if self.case.subject_type == OWN_WORDS else kind.words if kind else self.case.subject_type


def shown(who: Reviewer, case_id: int) -> Shown | None:
    """A case that somebody may decide, or could have; None for any other, as if it did not exist."""
    case = db.session.scalar(
        select(ModerationCase)
        .where(ModerationCase.id == case_id, may_decide(who))
        .options(
            selectinload(ModerationCase.concerns).joinedload(Concern.reporter),
            joinedload(ModerationCase.claimed_by),
            joinedload(ModerationCase.author),
        )
    )
    if case is None:
        return None
    snapshots = db.session.scalars(
        select(CaseSnapshot).where(CaseSnapshot.case_id == case.id).order_by(CaseSnapshot.id)
    ).all()
    outcomes = offered(case)
    return Shown(
        case=case,
        snapshots=snapshots,
        findings=_found(case, snapshots),
        earlier=_earlier(case),
        appealed=db.session.get(Decision, case.subject_id) if case.subject_type == APPEAL else None,
        decision=_standing(case),
        notes=_notes(case),
        offered=outcomes,
        keys=by_one_key(case.lane, outcomes, held=_is_held(case)),
        punitive=is_punitive(case),
    )


def undoable(who: Reviewer, decision_id: int) -> Decision | None:
    """A decision of one's own that nobody has been told of."""
    return db.session.scalar(
        select(Decision).where(
            Decision.id == decision_id,
            Decision.decided_by_id == who.member_id,
            Decision.undone_at.is_(None),
            Decision.told_at.is_(None),
            Decision.tell_at > clock.now(),
        )
    )


def reply_for(programme_id: int, outcome: Outcome) -> str | None:
    """The words that moderators keep for a decision, the newest of them."""
    kept = select(CannedReply.words).where(CannedReply.programme_id == programme_id, CannedReply.outcome == outcome)
    return db.session.scalar(kept.order_by(CannedReply.changed_at.desc()).limit(1))


def replies(programme_id: int) -> Sequence[CannedReply]:
    """All canned replies of a programme, by title."""
    return db.session.scalars(
        select(CannedReply).where(CannedReply.programme_id == programme_id).order_by(CannedReply.title)
    ).all()


def _is_held(case: ModerationCase) -> bool:
    return any(concern.source is Source.HOLD for concern in case.concerns)


def _found(case: ModerationCase, snapshots: Sequence[CaseSnapshot]) -> list[Piece]:
    """The newest held text with what screening found in it marked; nothing when it found nothing."""
    held = [concern for concern in case.concerns if concern.source is Source.HOLD and concern.spans]
    for concern in reversed(held):
        spans: list[dict[str, Any]] = (concern.spans or {}).get("spans", [])
        seen = next((row for row in snapshots if row.id == concern.snapshot_id), None)
        if spans and seen:
            return highlighted(seen.body, [(span["start"], span["end"], span["kind"]) for span in spans])
    return []


def _earlier(case: ModerationCase) -> Sequence[Decision]:
    """What was decided about this author before, the newest first; without what was undone, reversed or only care."""
    if case.author_id is None:
        return []
    against = or_(Decision.measure != Measure.NONE, Decision.outcome.in_([Outcome.HIDE, Outcome.REMOVE, Outcome.EDIT]))
    return db.session.scalars(
        select(Decision)
        .join(ModerationCase, ModerationCase.id == Decision.case_id)
        .where(
            Decision.member_id == case.author_id,
            Decision.programme_id == case.programme_id,
            Decision.case_id != case.id,
            Decision.undone_at.is_(None),
            Decision.reversed_at.is_(None),
            ModerationCase.lane.not_in([Lane.WELLBEING, Lane.APPEALS]),
            against,
        )
        .options(joinedload(Decision.decided_by))
        .order_by(Decision.id.desc())
        .limit(MOST_EARLIER)
    ).all()


def _standing(case: ModerationCase) -> Decision | None:
    return db.session.scalar(
        select(Decision)
        .where(Decision.case_id == case.id, Decision.undone_at.is_(None))
        .options(joinedload(Decision.decided_by))
    )


def _notes(case: ModerationCase) -> Sequence[CaseNote]:
    """The notes of the case, and of the one that an appeal is about."""
    cases = [case.id]
    if case.subject_type == APPEAL:
        first = select(Decision.case_id).join(Appeal, Appeal.decision_id == Decision.id)
        cases += db.session.scalars(first.where(Appeal.case_id == case.id)).all()
    return db.session.scalars(
        select(CaseNote)
        .where(CaseNote.case_id.in_(cases))
        .options(joinedload(CaseNote.written_by))
        .order_by(CaseNote.id)
    ).all()
