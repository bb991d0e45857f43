"""What is read of slots, already scoped to the reader (policies.can_see says the same of one slot).

Whether a slot looks full is part of the scope: to somebody who should not meet a person in it, it does.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from app.accounts.models import Member
from app.accounts.not_with.queries import apart_from
from app.catchups.slots.models import SignUp, Slot
from app.catchups.slots.queries.clashes import booked_at, cohort_meets_at
from app.catchups.slots.queries.lines import inside
from app.catchups.slots.rules import LIVE, Reader, SignUpState, SlotKind, Way
from app.catchups.slots.timing import Span
from app.core import clock
from app.core.db import db
from app.core.pages import LAST, SIZE, Page
from app.programme.models import Cohort, CohortMembership

MOST_IN_A_MONTH = 400

KEEP_APART = tuple(kind for kind in SlotKind if kind.keeps_apart)

Mine = aliased(SignUp)
Seen = Select[Slot, str, str, SignUpState, datetime | None, bool | None, bool]


@dataclass(frozen=True, slots=True)
class Shown:
    """A slot as one reader sees it. Nobody but its host and leads learns how many places are taken."""

    slot: Slot
    host_name: str | None
    cohort_name: str | None
    mine: SignUpState | None
    offer_expires_at: datetime | None
    attended: bool | None
    looks_full: bool

    @property
    def has_begun(self) -> bool:
        """Whether its start has passed."""
        return self.slot.starts_at <= clock.now()

    @property
    def is_open(self) -> bool:
        """Whether places in it can still be taken and given up."""
        return not self.slot.is_cancelled and not self.has_begun

    @property
    def has_offer(self) -> bool:
        """Whether a place is held for the reader now."""
        return self.offer_expires_at is not None and self.offer_expires_at > clock.now() and self.is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed down to."""

    open_now: bool = False
    ways: frozenset[Way] = frozenset(Way)


def reader(member_id: int, programme_id: int) -> Reader:
    """A member as slots of a programme see them, read now."""
    member = db.session.get_one(Member, member_id)
    cohorts = select(CohortMembership.cohort_id).where(
        CohortMembership.member_id == member_id, CohortMembership.programme_id == programme_id
    )
    return Reader(
        member_id=member_id,
        programme_id=programme_id,
        roles=member.roles_in(programme_id),
        cohort_ids=frozenset(db.session.scalars(cohorts)),
        apart_from=apart_from(member_id),
        shut_out=member.suspended or not member.active,
    )


def coming_up(reader: Reader, wanted: Wanted, number: int) -> Page[Shown]:
    """What is ahead and not cancelled, the next first."""
    ahead = and_(Slot.starts_at > clock.now(), Slot.cancelled_at.is_(None))
    return _page(_seen_by(reader).where(ahead, *_wanted(reader, wanted)).order_by(Slot.starts_at, Slot.id), number)


def in_month(reader: Reader, wanted: Wanted, month: Span) -> list[Shown]:
    """What begins in a month and is not cancelled, the earliest first; at most MOST_IN_A_MONTH."""
    within = and_(Slot.starts_at >= month.starts_at, Slot.starts_at < month.ends_at, Slot.cancelled_at.is_(None))
    found = _seen_by(reader).where(within, *_wanted(reader, wanted)).order_by(Slot.starts_at, Slot.id)
    return _shown(found.limit(MOST_IN_A_MONTH))


def mine(reader: Reader, number: int) -> Page[Shown]:
    """What the reader hosts, has a place in, is offered or waits for, and that is not over; cancelled ones too."""
    own = or_(Slot.host_id == reader.member_id, Mine.state.in_(LIVE))
    return _page(
        _seen_by(reader).where(own, Slot.ends_at > clock.now()).order_by(Slot.starts_at, Slot.id),
        number,
    )


def past(reader: Reader, number: int) -> Page[Shown]:
    """What is over: what the reader hosted or had a place in; to leads, all that they may see. The latest first."""
    own = or_(Slot.host_id == reader.member_id, Mine.state == SignUpState.BOOKED)
    whose = [] if reader.leads else [own]
    over = and_(Slot.ends_at <= clock.now(), Slot.cancelled_at.is_(None))
    return _page(_seen_by(reader).where(over, *whose).order_by(Slot.starts_at.desc(), Slot.id.desc()), number)


def seen(reader: Reader, slot_id: int) -> Shown | None:
    """A slot, if the reader may see it."""
    return next(iter(_shown(_seen_by(reader).where(Slot.id == slot_id))), None)


def _seen_by(reader: Reader) -> Seen:
    """Every slot that the reader may see, with what `Shown` has of it."""
    me = reader.member_id
    looks_full = Slot.taken >= Slot.capacity
    if reader.apart_from:
        looks_full = or_(looks_full, _kept_out(reader))
    meant_for_them = or_(
        Slot.cohort_id.is_(None), Slot.cohort_id.in_(reader.cohort_ids), true() if reader.leads else false()
    )
    may_meet_host = or_(Slot.kind.not_in(KEEP_APART), Slot.host_id.is_(None), Slot.host_id.not_in(reader.apart_from))
    with_others = and_(may_meet_host, meant_for_them)
    may_see = or_(Slot.host_id == me, Mine.state.in_(LIVE), with_others)
    return (
        select(
            Slot,
            Member.name.label("host_name"),
            Cohort.name.label("cohort_name"),
            Mine.state,
            Mine.offer_expires_at,
            Mine.attended,
            looks_full.label("looks_full"),
        )
        .outerjoin(Member, Member.id == Slot.host_id)
        .outerjoin(Cohort, Cohort.id == Slot.cohort_id)
        .outerjoin(Mine, and_(Mine.slot_id == Slot.id, Mine.member_id == me))
        .where(Slot.programme_id == reader.programme_id, may_see if reader.is_trusted else false())
    )


def _kept_out(reader: Reader) -> ColumnElement[bool]:
    """Whether somebody has a place whom the reader is not to meet, where that counts."""
    return and_(Slot.kind.in_(KEEP_APART), inside(reader.apart_from).where(SignUp.slot_id == Slot.id))


def _wanted(reader: Reader, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.ways != frozenset(Way):
        conditions.append(Slot.way.in_(wanted.ways))
    if wanted.open_now:
        me = reader.member_id
        conditions += [
            Slot.starts_at > clock.now(),
            Slot.taken < Slot.capacity,
            ~_kept_out(reader),
            Slot.host_id.is_distinct_from(me),
            or_(Mine.state.is_(None), Mine.state.not_in(LIVE)),
            ~exists().where(booked_at(me, Slot.starts_at, Slot.ends_at)),
            ~exists().where(cohort_meets_at(me, Slot.starts_at, Slot.ends_at)),
        ]
    return conditions


def _shown(found: Seen) -> list[Shown]:
    rows = db.session.execute(found.execution_options(populate_existing=True))
    return [Shown(*row) for row in rows]


def _page(found: Seen, number: int) -> Page[Shown]:
    number = min(max(number, 1), LAST)
    rows = _shown(found.offset((number - 1) * SIZE).limit(SIZE + 1))
    return Page(rows[:SIZE], number, len(rows) > SIZE)
