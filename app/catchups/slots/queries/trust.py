"""Who can come, in SQL: what Reader.is_trusted and policies.can_see say of one member, asked of many at once."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from app.accounts.models import Member, RoleGrant
from app.accounts.rules import STAFF, Role
from app.catchups.slots.models import SignUp, Slot
from app.catchups.slots.rules import HOLDS_A_PLACE, LIVE, SignUpState, SlotKind
from app.core import clock
from app.core.db import db
from app.programme.models import CohortMembership


def able_to_come(slot_id: int) -> frozenset[int]:
    """Those in a slot's line who can still come: trusted in its programme, and in its cohort where it is for one."""
    line = select(SignUp.member_id).join(Slot).join(Member, Member.id == SignUp.member_id)
    return frozenset(db.session.scalars(line.where(Slot.id == slot_id, SignUp.state.in_(LIVE), _trusted(), _meant())))


def slots_to_tend() -> list[int]:
    """Slots ahead where an offer lapsed, somebody is gone, people wait beside a free place, or there is no host."""
    line = exists().where(SignUp.slot_id == Slot.id)
    inside = select(func.count()).where(SignUp.slot_id == Slot.id, SignUp.state.in_(HOLDS_A_PLACE)).scalar_subquery()
    lapsed = line.where(SignUp.state == SignUpState.OFFERED, SignUp.offer_expires_at <= clock.now())
    gone = line.where(SignUp.state.in_(LIVE), SignUp.member_id == Member.id, ~and_(_trusted(), _meant()))
    could_move_up = and_(Slot.taken < Slot.capacity, line.where(SignUp.state == SignUpState.WAITING))
    return list(
        db.session.scalars(_ahead().where(or_(lapsed, gone, Slot.taken != inside, could_move_up, _lacks_host())))
    )


def lacks_host(slot_id: int) -> bool:
    """Whether this is a catch-up ahead whose host is gone or not trusted any more. Events any lead can look after."""
    return db.session.scalar(_ahead().where(Slot.id == slot_id, _lacks_host())) is not None


def slots_of(member_id: int) -> list[int]:
    """Slots ahead that a member hosts or is in the line of."""
    in_line = exists().where(SignUp.slot_id == Slot.id, SignUp.member_id == member_id, SignUp.state.in_(LIVE))
    return list(db.session.scalars(_ahead().where(or_(Slot.host_id == member_id, in_line))))


def _ahead() -> Select[int]:
    return select(Slot.id).where(Slot.starts_at > clock.now(), Slot.cancelled_at.is_(None)).order_by(Slot.id)


def _lacks_host() -> ColumnElement[bool]:
    hosted = exists().where(Member.id == Slot.host_id, _trusted())
    return and_(Slot.kind == SlotKind.CATCH_UP, ~hosted)


def trusted_in(programme_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - an id or a column
    """Of Member, in a programme: what Reader.is_trusted says of one."""
    may_sign_in = and_(Member.active, or_(Member.suspended_until.is_(None), Member.suspended_until <= clock.now()))
    in_a_cohort = exists().where(CohortMembership.member_id == Member.id, CohortMembership.programme_id == programme_id)
    in_a_cohort = in_a_cohort.correlate_except(CohortMembership)
    return and_(
        may_sign_in, or_(_holds(programme_id, *STAFF), and_(_holds(programme_id, Role.PARTICIPANT), in_a_cohort))
    )


def _trusted() -> ColumnElement[bool]:
    """Of Member, in the programme of Slot."""
    return trusted_in(Slot.programme_id)


def _meant() -> ColumnElement[bool]:
    """Whether Slot is for Member."""
    in_its_cohort = exists().where(
        CohortMembership.member_id == Member.id, CohortMembership.cohort_id == Slot.cohort_id
    )
    leads = _holds(Slot.programme_id, Role.LEAD)
    return or_(Slot.cohort_id.is_(None), in_its_cohort.correlate(Member, Slot), leads)


def _holds(programme_id: Any, *roles: Role) -> ColumnElement[bool]:  # noqa: ANN401 - an id or a column
    here = and_(RoleGrant.member_id == Member.id, RoleGrant.programme_id == programme_id)
    return exists().where(here, RoleGrant.role.in_(roles)).correlate_except(RoleGrant)
