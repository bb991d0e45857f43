"""The desk: a moderator's own actions, the rota, people and how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Member, RoleGrant
from app.accounts.rules import Role
from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db
from app.moderation.cases.models import CannedReply, Decision, Penalty, RotaTurn
from app.moderation.cases.queries.scope import Reviewer
from app.moderation.cases.rules import WITH_AUTHORITY, Measure

SIZE = 25
OURS = ("case", "rota", "reply", "member")


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the log as people read it."""

    event: AuditEvent
    actor: Member | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member stands: what is in force, and what was before."""

    member: Member
    running: Sequence[Penalty]
    past: Sequence[Decision]


def actions(who: Reviewer, after: int | None, *, everybody: bool) -> tuple[Sequence[Act], int | None]:
    """One's own actions, the newest first; for leads everybody's, in the programme."""
    found = (
        select(AuditEvent, Member)
        .outerjoin(Member, Member.id == AuditEvent.actor_id)
        .where(AuditEvent.programme_id == who.programme_id, AuditEvent.subject_type.in_(OURS))
        .where(AuditEvent.actor_id.is_not(None))
        .order_by(AuditEvent.id.desc())
        .limit(SIZE + 1)
    )
    if not (everybody and who.leads):
        found = found.where(AuditEvent.actor_id == who.member_id)
    if after is not None:
        found = found.where(AuditEvent.id < after)
    rows = [Act(event, actor) for event, actor in db.session.execute(found)]
    return rows[:SIZE], rows[SIZE - 1].event.id if len(rows) > SIZE else None


def reply(programme_id: int, reply_id: int) -> CannedReply | None:
    """A canned reply of the programme."""
    return db.session.scalar(
        select(CannedReply).where(CannedReply.id == reply_id, CannedReply.programme_id == programme_id)
    )


def rota(programme_id: int) -> Sequence[RotaTurn]:
    """Who is there when, from Monday on."""
    return db.session.scalars(
        select(RotaTurn)
        .where(RotaTurn.programme_id == programme_id)
        .options(joinedload(RotaTurn.member))
        .order_by(RotaTurn.weekday, RotaTurn.starts, RotaTurn.id)
    ).all()


def could_take_turns(programme_id: int) -> Sequence[Member]:
    """Moderators and leads of a programme, by name."""
    holds = select(RoleGrant.member_id).where(
        RoleGrant.programme_id == programme_id, RoleGrant.role.in_([Role.MODERATOR, Role.LEAD])
    )
    return db.session.scalars(
        select(Member).where(Member.id.in_(holds), Member.active.is_(True)).order_by(Member.name, Member.id)
    ).all()


def standing(who: Reviewer, member_id: int) -> Standing | None:
    """Somebody of the programme about whom the reviewer may act; None for themselves and for others."""
    holds = select(RoleGrant.member_id).where(RoleGrant.programme_id == who.programme_id)
    member = db.session.scalar(
        select(Member).where(Member.id == member_id, Member.id.in_(holds), Member.id != who.member_id)
    )
    if member is None or not may_act_on(who, member):
        return None
    running = db.session.scalars(
        select(Penalty).where(
            Penalty.member_id == member_id,
            Penalty.programme_id == who.programme_id,
            Penalty.kind.in_([Measure.SILENCE, Measure.SUSPEND]),
            Penalty.ends_at > clock.now(),
            Penalty.lifted_at.is_(None),
            Penalty.expunged_at.is_(None),
        )
    ).all()
    past = db.session.scalars(
        select(Decision)
        .where(
            Decision.member_id == member_id,
            Decision.programme_id == who.programme_id,
            Decision.measure != Measure.NONE,
            Decision.undone_at.is_(None),
            Decision.reversed_at.is_(None),
        )
        .options(joinedload(Decision.decided_by))
        .order_by(Decision.id.desc())
        .limit(SIZE)
    ).all()
    return Standing(member, running, past)


def may_act_on(who: Reviewer, member: Member) -> bool:
    """Moderators act about members; about staff only a lead does, and about leads only somebody independent."""
    roles = member.roles_in(who.programme_id)
    if Role.LEAD in roles or member.id == who.member_id:
        return False
    return who.leads or (who.moderates and WITH_AUTHORITY.isdisjoint(roles))
