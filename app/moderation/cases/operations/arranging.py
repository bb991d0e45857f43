"""Seeing to it that somebody can decide: alerts, escalation, independent reviewers, and answers that are late."""

from datetime import datetime

from sqlalchemy import select, update

from app.core import audit, clock
from app.core.db import db
from app.moderation.cases.machine import State
from app.moderation.cases.models import Concern, Invite, ModerationCase
from app.moderation.cases.operations import telling
from app.moderation.cases.operations.claiming import TakenError
from app.moderation.cases.queries import people
from app.moderation.cases.rules import ARRANGES, URGENT, Reason, Route


class NobodyElseError(Exception):
    """This member cannot be invited to the case."""


def arrived(case_id: int, concern_id: int) -> None:
    """What a new concern asks for: support for an author, an alert, somebody who can decide; in the transaction."""
    case = db.session.get_one(ModerationCase, case_id, with_for_update=True, populate_existing=True)
    concern = db.session.get_one(Concern, concern_id)
    if concern.reason is Reason.WELLBEING:
        telling.support(case)
    if case.decided_at is not None:
        return
    if case.route is Route.TEAM and not people.deciders(case):
        escalate(case)
    if case.route is Route.INDEPENDENT:
        telling.to_arrange(case, *people.arrangers(case))
    if case.lane in URGENT:
        telling.urgent(case, concern_id, *people.whom_to_alert(case, clock.now()))
    elif case.route is Route.TEAM:
        telling.arrived(case, *people.deciders(case))


def escalate(case: ModerationCase, *, by_id: int | None = None) -> None:
    """Let the leads decide, or whoever they invite: no moderator can."""
    case.route = Route.ESCALATED
    if case.state is State.CLAIMED:
        case.state, case.claimed_by_id, case.claimed_at = State.OPEN, None, None
    db.session.flush()
    audit.record("escalate", "case", case.id, actor_id=by_id, programme_id=case.programme_id)
    able = people.deciders(case)
    if able:
        telling.escalated(case, *able)
    else:
        telling.to_arrange(case, *people.arrangers(case))


def invite(case: ModerationCase, member_id: int, *, by_id: int) -> None:
    """Let a moderator of another programme into this one case. Raises NobodyElseError, and TakenError when decided."""
    if case.decided_at is not None:
        raise TakenError
    if member_id not in {member.id for member in people.could_be_invited(case)}:
        raise NobodyElseError
    row = db.session.scalar(select(Invite).where(Invite.case_id == case.id, Invite.member_id == member_id))
    if row is None:
        row = Invite(programme_id=case.programme_id, case_id=case.id, member_id=member_id)
        db.session.add(row)
    row.invited_by_id, row.invited_at, row.withdrawn_at = by_id, clock.now(), None
    db.session.flush()
    audit.record(
        "invite_reviewer", "case", case.id, actor_id=by_id, programme_id=case.programme_id, member_id=member_id
    )
    telling.invited(case, member_id)


def decide_at_home(case: ModerationCase, *, by_id: int) -> None:
    """Nobody from outside can be asked: the leads decide after all. Raises NobodyElseError while somebody can."""
    if people.could_be_invited(case):
        raise NobodyElseError
    escalate(case, by_id=by_id)


def escalate_stuck(now: datetime) -> int:
    """Find cases that nobody can decide any more (people leave, are suspended, join a cohort); gives how many."""
    open_ones = select(ModerationCase).where(
        ModerationCase.decided_at.is_(None), ModerationCase.route == Route.TEAM, ModerationCase.opened_at < now
    )
    able: dict[int, set[int]] = {}
    stuck = []
    for case in db.session.scalars(open_ones).all():
        if case.programme_id not in able:
            able[case.programme_id] = people.decidable_in(case.programme_id)
        if case.id not in able[case.programme_id]:
            stuck.append(case)
    for case in stuck:
        escalate(case)
    return len(stuck)


def ring_for_late_ones(now: datetime) -> int:
    """Tell leads and whoever can decide of each answer that is late, once; gives how many."""
    late = (
        update(ModerationCase)
        .where(ModerationCase.due_at < now, ModerationCase.decided_at.is_(None), ModerationCase.alarmed_at.is_(None))
        .values(alarmed_at=now)
        .returning(ModerationCase.id)
        .execution_options(synchronize_session=False)
    )
    ids = db.session.scalars(late).all()
    for case_id in ids:
        case = db.session.get_one(ModerationCase, case_id, populate_existing=True)
        leads = set(people.holders(ARRANGES, case.programme_id)) - {case.author_id or 0, case.excluded_id or 0}
        telling.overdue(case, *sorted({*people.deciders(case), *leads}))
    return len(ids)
