"""Raising a concern. All about one subject meet in one case, whoever raises them at the same moment."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from sqlalchemy import select

from app.accounts.models import Member
from app.core import audit, clock, outbox
from app.core.db import db, insert
from app.core.html import cook
from app.moderation.cases import subjects
from app.moderation.cases.machine import State
from app.moderation.cases.models import Concern, ModerationCase
from app.moderation.cases.operations.keeping import keep
from app.moderation.cases.rules import (
    COMPLAINT_DUE,
    LONGEST_WORDS,
    Lane,
    Reason,
    Route,
    Source,
    first_of,
    is_about_staff,
    lane_of,
)
from app.moderation.cases.subjects import OWN_WORDS, Snapshot

ARRIVED = "case_arrived"  # the outbox message that sees to who can decide, and alerts them


class NothingThereError(Exception):
    """What the concern is about does not exist (any more)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where in the body something stands, and of which kind it is; characters from the start, the end not included."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A concern as it comes in.

    `subject_type` and `subject_id` as a feature registered them; `findings` are kinds and counts, never values.
    `contact` is where a visitor wants the answer.
    """

    subject_type: str
    subject_id: int
    source: Source
    reason: Reason
    reporter_id: int | None = None
    words: str = ""
    contact: str | None = None
    findings: Mapping[str, int] = field(default_factory=dict)
    spans: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was when they said something: a label for people, and an address of ours."""

    programme_id: int
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a concern: its case, whether it is a new one, and whether the concern was told before."""

    case_id: int
    lane: Lane
    is_new: bool
    told_before: bool


def open_case(raised: Raised) -> Opened:
    """Let a concern open a case, or join the one that waits; in the caller's transaction (wake the outbox after it).

    Raises NothingThereError when there is no such subject, ValueError for a type that nobody registered.
    """
    shown = subjects.named(raised.subject_type).snapshot(raised.subject_id)
    if shown is None:
        raise NothingThereError
    lane = lane_of(raised.source, raised.reason)
    case, is_new = _waiting_case(raised.subject_type, raised.subject_id, shown.programme_id, shown.author_id, lane)
    return _join(case, raised, shown, is_new=is_new)


def open_in_own_words(
    reason: Reason,
    words: str,
    place: Place,
    *,
    source: Source,
    reporter_id: int | None = None,
    about_id: int | None = None,
    contact: str | None = None,
) -> Opened:
    """Open a case that is about no subject but what somebody says: safeguarding from any feature, or a complaint.

    `place` is where they were when they said it; `about_id` is the member it is about, if it is one.
    """
    raised = Raised(
        subject_type=OWN_WORDS,
        subject_id=0,
        source=source,
        reason=reason,
        reporter_id=reporter_id,
        words=words,
        contact=contact,
    )
    case = _new_case(OWN_WORDS, None, place.programme_id, about_id, lane_of(source, reason))
    db.session.add(case)
    db.session.flush()
    shown = Snapshot(
        programme_id=place.programme_id,
        author_id=about_id,
        body=words,
        html=cook(words),
        where=place.label,
        path=place.path,
    )
    return _join(case, raised, shown, is_new=True)


def _new_case(
    subject_type: str, subject_id: int | None, programme_id: int, author_id: int | None, lane: Lane
) -> ModerationCase:
    return ModerationCase(
        programme_id=programme_id,
        subject_type=subject_type,
        subject_id=subject_id,
        author_id=author_id,
        lane=lane,
        urgency=lane.urgency,
        route=Route.TEAM,
        state=State.OPEN,
        version=0,
        opened_at=clock.now(),
    )


def _waiting_case(
    subject_type: str, subject_id: int, programme_id: int, author_id: int | None, lane: Lane
) -> tuple[ModerationCase, bool]:
    """The case of a subject that waits, held; made if there is none. Another one may decide it between two looks."""
    fresh = {
        column.key: getattr(case, column.key)
        for case in [_new_case(subject_type, subject_id, programme_id, author_id, lane)]
        for column in ModerationCase.__table__.columns
        if getattr(case, column.key) is not None
    }
    while True:
        made = db.session.scalar(
            insert(ModerationCase)
            .values(fresh)
            .on_conflict_do_nothing(
                index_elements=["subject_type", "subject_id"], index_where=ModerationCase.decided_at.is_(None)
            )
            .returning(ModerationCase.id)
        )
        held = db.session.scalar(
            select(ModerationCase)
            .where(
                ModerationCase.subject_type == subject_type,
                ModerationCase.subject_id == subject_id,
                ModerationCase.decided_at.is_(None),
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if held is not None:
            return held, made is not None


def _join(case: ModerationCase, raised: Raised, shown: Snapshot, *, is_new: bool) -> Opened:
    snapshot_id = keep(case, shown)
    fresh = db.session.scalar(
        insert(Concern)
        .values(
            programme_id=case.programme_id,
            case_id=case.id,
            source=raised.source,
            reason=raised.reason,
            reporter_id=raised.reporter_id,
            words=raised.words[:LONGEST_WORDS],
            contact=raised.contact,
            findings=dict(raised.findings),
            spans={"spans": [asdict(span) for span in raised.spans]},
            snapshot_id=snapshot_id,
            raised_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["case_id", "reporter_id", "reason"])
        .returning(Concern.id)
    )
    if fresh is None:
        return Opened(case.id, case.lane, is_new=False, told_before=True)
    case.version += 1
    case.lane = first_of([case.lane, lane_of(raised.source, raised.reason)])
    case.urgency = case.lane.urgency
    route = _route(case)
    if route is not case.route and case.state is State.CLAIMED:
        case.state, case.claimed_by_id, case.claimed_at = State.OPEN, None, None
    case.route = route
    if raised.source is Source.VISITOR:
        case.due_at = case.due_at or clock.now() + COMPLAINT_DUE
    db.session.flush()
    audit.record(
        "raise_concern",
        "case",
        case.id,
        actor_id=None,  # who reports is for the case to know, not for the log
        programme_id=case.programme_id,
        source=raised.source.value,
        reason=raised.reason.value,
    )
    outbox.put(
        ARRIVED, f"case-arrived:{fresh}", {"case_id": case.id, "concern_id": fresh}, programme_id=case.programme_id
    )
    return Opened(case.id, case.lane, is_new=is_new, told_before=False)


def _route(case: ModerationCase) -> Route:
    """Once independent, always: only arranging it can change that."""
    if case.route is not Route.TEAM or case.author_id is None:
        return case.route
    author = db.session.get_one(Member, case.author_id)
    return Route.INDEPENDENT if is_about_staff(case.lane, author.roles_in(case.programme_id)) else Route.TEAM
