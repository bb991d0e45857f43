"""Who has or wants a place: for whoever looks after a slot, and for operations."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from app.accounts.models import Member
from app.catchups.slots.models import SignUp, Slot
from app.catchups.slots.rules import HOLDS_A_PLACE, LIVE, SignUpState
from app.core import clock
from app.core.db import db


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who has a place."""

    member_id: int
    name: str
    attended: bool | None


def comers(slot_id: int) -> list[Comer]:
    """Who is booked, by name; for whoever looks after the slot, and first names for those in it."""
    rows = db.session.execute(
        select(Member.id, Member.name, SignUp.attended)
        .join(SignUp, SignUp.member_id == Member.id)
        .where(SignUp.slot_id == slot_id, SignUp.state == SignUpState.BOOKED)
        .order_by(Member.name, Member.id)
    )
    return [Comer(row.id, row.name, row.attended) for row in rows]


def anybody_waits(slot_id: int) -> bool:
    """Whether anybody is on the waiting list; who and how many is not for anyone to see."""
    waits = exists().where(SignUp.slot_id == slot_id, SignUp.state == SignUpState.WAITING)
    return bool(db.session.scalar(select(waits)))


def held(slot_id: int) -> Slot:
    """A slot, kept from changing until the end of the transaction."""
    one = select(Slot).where(Slot.id == slot_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(one).one()


def hold_member(member_id: int) -> None:
    """Let a member take one place at a time, so that no two of theirs are at once. Before any slot is held."""
    # NO KEY UPDATE: rows that name them can still be written.
    db.session.execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))


def sign_up_of(slot_id: int, member_id: int) -> SignUp | None:
    """Where a member stands with a slot."""
    one = select(SignUp).where(SignUp.slot_id == slot_id, SignUp.member_id == member_id)
    return db.session.scalar(one.execution_options(populate_existing=True))


def live_sign_ups(slot_id: int) -> list[SignUp]:
    """Everybody in a slot or waiting for it, in the order of joining."""
    found = select(SignUp).where(SignUp.slot_id == slot_id, SignUp.state.in_(LIVE))
    return list(
        db.session.scalars(found.order_by(SignUp.joined_at, SignUp.id).execution_options(populate_existing=True))
    )


def booked(slot_id: int) -> list[SignUp]:
    """Everybody who has a place."""
    return [each for each in live_sign_ups(slot_id) if each.state is SignUpState.BOOKED]


def inside(member_ids: Collection[int]) -> Any:  # noqa: ANN401 - an EXISTS to be narrowed down to a slot
    """Whether any of some members has a place."""
    return exists().where(SignUp.state.in_(HOLDS_A_PLACE), SignUp.member_id.in_(member_ids))


def anybody_inside(slot_id: int, member_ids: Collection[int]) -> bool:
    """Whether any of some members has a place in a slot."""
    return bool(member_ids) and bool(db.session.scalar(select(inside(member_ids).where(SignUp.slot_id == slot_id))))


def has_lapsed_offers(slot_id: int) -> bool:
    """Whether a place is still held for somebody who did not answer in time."""
    late = exists().where(SignUp.slot_id == slot_id, SignUp.offer_expires_at <= clock.now())
    return bool(db.session.scalar(select(late)))


def following(slot: Slot) -> list[Slot]:
    """A slot and those after it in its series that are ahead and not cancelled, in order, held until the end."""
    found = select(Slot).where(Slot.id == slot.id)
    if slot.series_id is not None:
        found = select(Slot).where(
            Slot.series_id == slot.series_id,
            Slot.number >= slot.number,
            Slot.cancelled_at.is_(None),
            Slot.starts_at > clock.now(),
        )
    return list(db.session.scalars(found.order_by(Slot.id).with_for_update().execution_options(populate_existing=True)))
