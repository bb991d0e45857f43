"""Who can do what for a case: eligible moderators and leads, who is on duty, who could be invited."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select

from app.accounts.models import Member, RoleGrant
from app.accounts.rules import Role
from app.core import clock
from app.core.db import db
from app.moderation.cases.models import Invite, ModerationCase, RotaTurn
from app.moderation.cases.queries.scope import may_arrange, may_decide, reviewer
from app.moderation.cases.rota import Turn, staffed, to_alert
from app.moderation.cases.rules import ARRANGES, DECIDES


def holders(role: Role, programme_id: int) -> Sequence[int]:
    """Ids of the active members who hold a role in a programme and are not suspended."""
    return db.session.scalars(
        select(RoleGrant.member_id)
        .join(Member, Member.id == RoleGrant.member_id)
        .where(RoleGrant.programme_id == programme_id, RoleGrant.role == role, *_present())
        .order_by(RoleGrant.member_id)
    ).all()


def deciders(case: ModerationCase) -> list[int]:
    """Who can decide a case as it is routed now. A query for each moderator and lead, of whom there are a few."""
    return [member_id for member_id in _desk(case) if _holds(case, may_decide(reviewer(member_id, case.programme_id)))]


def arrangers(case: ModerationCase) -> list[int]:
    """Who can ask somebody from outside."""
    return [member_id for member_id in _desk(case) if _holds(case, may_arrange(reviewer(member_id, case.programme_id)))]


def decidable_in(programme_id: int) -> set[int]:
    """The waiting cases of a programme that at least one person can decide."""
    people = {*holders(DECIDES, programme_id), *holders(ARRANGES, programme_id)}
    found: set[int] = set()
    for member_id in people:
        can = may_decide(reviewer(member_id, programme_id))
        found.update(db.session.scalars(select(ModerationCase.id).where(ModerationCase.decided_at.is_(None), can)))
    invited = select(Invite.case_id).where(Invite.programme_id == programme_id, Invite.withdrawn_at.is_(None))
    return found | set(db.session.scalars(invited))


def could_be_invited(case: ModerationCase) -> Sequence[Member]:
    """Moderators of other programmes who have no role in this one."""
    here = select(RoleGrant.member_id).where(RoleGrant.programme_id == case.programme_id)
    elsewhere = select(RoleGrant.member_id).where(
        RoleGrant.programme_id != case.programme_id, RoleGrant.role == DECIDES
    )
    return db.session.scalars(
        select(Member)
        .where(Member.id.in_(elsewhere), Member.id.not_in(here), *_present())
        .order_by(Member.name, Member.id)
    ).all()


def turns(programme_id: int) -> list[Turn]:
    """The rota of a programme, of those who can still decide."""
    found = db.session.scalars(
        select(RotaTurn)
        .join(Member, Member.id == RotaTurn.member_id)
        .where(RotaTurn.programme_id == programme_id, *_present())
        .order_by(RotaTurn.weekday, RotaTurn.starts, RotaTurn.id)
    )
    return [
        Turn(member_id=row.member_id, weekday=row.weekday, starts=row.starts, ends=row.ends, on_call=row.on_call)
        for row in found
    ]


def is_staffed(programme_id: int, now: datetime) -> bool:
    """Whether moderators are there now."""
    return staffed(turns(programme_id), now)


def whom_to_alert(case: ModerationCase, now: datetime) -> list[int]:
    """Whom an urgent case alerts: of those who can decide it, whoever is there or on call; if that is nobody, all."""
    able = deciders(case) or arrangers(case)
    on_duty = [member_id for member_id in to_alert(turns(case.programme_id), now) if member_id in able]
    return on_duty or able


def _desk(case: ModerationCase) -> list[int]:
    return sorted({*holders(DECIDES, case.programme_id), *holders(ARRANGES, case.programme_id)})


def _holds(case: ModerationCase, condition: ColumnElement[bool]) -> bool:
    return bool(db.session.scalar(select(exists().where(ModerationCase.id == case.id, condition))))


def _present() -> tuple[ColumnElement[bool], ...]:
    return (
        Member.active.is_(True),
        or_(Member.suspended_until.is_(None), Member.suspended_until <= clock.now()),
    )
