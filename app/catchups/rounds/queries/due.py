"""What the worker has to do, and with whom."""

from datetime import datetime

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.accounts.models import Member
from app.catchups.rounds.models import (
    Round,
    RoundEntry,
    RoundGroup,
    RoundSeat,
    RoundTaker,
    RoundTimetable,
)
from app.catchups.rounds.rules import (
    ANSWERS,
    AT_WORK,
    EntryState,
    RoundState,
    SeatState,
)
from app.catchups.slots.queries.trust import trusted_in
from app.core import clock
from app.core.db import db

Asking = aliased(Round)


def programmes_to_open() -> list[int]:
    """Programmes whose timetable opens a round today or should have."""
    today = clock.london(clock.now()).date()
    return list(db.session.scalars(select(RoundTimetable.programme_id).where(RoundTimetable.next_opens_on <= today)))


def rounds_to_tend() -> list[int]:
    """Rounds with something to do: to be closed, paired, announced, looked through for second matches or finished."""
    now = clock.now()
    closes = and_(Round.state == RoundState.OPEN, Round.closes_at <= now)
    at_work = Round.state.in_(AT_WORK)
    announced = Round.state == RoundState.ANNOUNCED
    unannounced = exists().where(RoundGroup.round_id == Round.id, RoundGroup.announced_at.is_(None))
    looking = exists().where(RoundEntry.round_id == Round.id, RoundEntry.looking_since.is_not(None))
    done = Round.ask_at <= now - ANSWERS
    asks = exists(to_be_asked(Round.id))
    due = or_(closes, at_work, and_(announced, or_(unannounced, looking, asks, done)))
    return list(db.session.scalars(select(Round.id).where(due).order_by(Round.id)))


def held(round_id: int) -> Round:
    """A round, kept from changing until the end of the transaction."""
    one = select(Round).where(Round.id == round_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(one).one()


def held_timetable(programme_id: int) -> RoundTimetable | None:
    """A programme's timetable, kept from changing until the end of the transaction."""
    one = select(RoundTimetable).where(RoundTimetable.programme_id == programme_id).with_for_update()
    return db.session.scalar(one.execution_options(populate_existing=True))


def takers(programme_id: int) -> list[tuple[RoundTaker, datetime | None]]:
    """Who takes part until they leave and can, with when the last round closed in which they had a group."""
    last = (
        select(func.max(Round.closes_at))
        .join(RoundSeat, RoundSeat.round_id == Round.id)
        .where(RoundSeat.member_id == RoundTaker.member_id, Round.programme_id == programme_id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(RoundTaker, last)
        .join(Member, Member.id == RoundTaker.member_id)
        .where(RoundTaker.programme_id == programme_id, trusted_in(programme_id))
    )
    return [(taker, closed_at) for taker, closed_at in rows]


def unannounced(round_id: int, most: int) -> list[RoundGroup]:
    """Groups whose members have not been told."""
    found = select(RoundGroup).where(RoundGroup.round_id == round_id, RoundGroup.announced_at.is_(None))
    return list(db.session.scalars(found.order_by(RoundGroup.number).limit(most)))


def without_group(round_id: int) -> list[int]:
    """Who is in a round and in no group of it."""
    seated = exists().where(RoundSeat.round_id == round_id, RoundSeat.member_id == RoundEntry.member_id)
    found = select(RoundEntry.member_id).where(RoundEntry.round_id == round_id, RoundEntry.state == EntryState.IN)
    return list(db.session.scalars(found.where(~seated).order_by(RoundEntry.member_id)))


def present(group_id: int) -> list[int]:
    """Who is in a group and can come."""
    found = select(RoundSeat.member_id).where(RoundSeat.group_id == group_id, RoundSeat.state == SeatState.IN)
    return list(db.session.scalars(found.order_by(RoundSeat.member_id)))


def to_be_asked(round_id: int | InstrumentedAttribute[int]) -> Select[int, int]:
    """Seats whose members are to be asked whether it happened: the days to meet are over, or the agreed time is."""
    of_round = select(Asking.ask_at).where(Asking.id == RoundSeat.round_id).correlate(RoundSeat).scalar_subquery()
    return (
        select(RoundSeat.group_id, RoundSeat.member_id)
        .join(RoundGroup, RoundGroup.id == RoundSeat.group_id)
        .where(
            RoundSeat.round_id == round_id,
            RoundSeat.state == SeatState.IN,
            RoundSeat.asked_at.is_(None),
            RoundSeat.answer.is_(None),
            RoundGroup.announced_at.is_not(None),
            func.coalesce(RoundGroup.ends_at, of_round) <= clock.now(),
        )
    )


def open_rounds_of(member_id: int) -> list[int]:
    """Open rounds that a member is in."""
    found = select(RoundEntry.round_id).join(Round).where(RoundEntry.member_id == member_id)
    return list(
        db.session.scalars(found.where(Round.state.in_({RoundState.OPEN, *AT_WORK}), RoundEntry.state == EntryState.IN))
    )


def live_groups_of(member_id: int) -> list[tuple[int, int]]:
    """Round and group of every seat of a member in which they are still expected."""
    rows = db.session.execute(
        select(RoundSeat.round_id, RoundSeat.group_id)
        .join(Round, Round.id == RoundSeat.round_id)
        .where(
            RoundSeat.member_id == member_id,
            RoundSeat.state == SeatState.IN,
            Round.state.in_({RoundState.PAIRED, RoundState.ANNOUNCED}),
        )
        .order_by(RoundSeat.round_id, RoundSeat.group_id)
    )
    return [(row.round_id, row.group_id) for row in rows]
