"""Taking a place, waiting for one, being offered one, giving it up.

`Slot.taken` counts who is booked and who is offered a place. A place is taken in one conditional update, which is what
keeps two hundred people who press at once to the number of places.
"""

from sqlalchemy import update

from app.accounts.not_with.queries import couples_among
from app.catchups.slots.models import SignUp, Slot
from app.catchups.slots.operations import telling
from app.catchups.slots.queries.clashes import SUBJECT, Clash, clash
from app.catchups.slots.queries.lines import (
    anybody_inside,
    has_lapsed_offers,
    held,
    hold_member,
    live_sign_ups,
    sign_up_of,
)
from app.catchups.slots.queries.trust import able_to_come
from app.catchups.slots.rules import HOLDS_A_PLACE, LIVE, Reader, SignUpState, offer_expires_at, whom_to_offer
from app.catchups.slots.timing import Span
from app.core import clock
from app.core.db import db


class NotOpenError(Exception):
    """The slot has begun or was cancelled; nobody's place in it changes any more."""


class ClashError(Exception):
    """They are booked for something else at that time."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(clash)
        self.clash = clash


def sign_up(reader: Reader, slot: Slot) -> bool:
    """Give the reader a place; False when it is full, and to them it also is when they should not meet somebody in it.

    Signing up again changes nothing. Raises NotOpenError, and ClashError when they are booked elsewhere then.
    """
    hold_member(reader.member_id)
    took, mine = _take(slot) or _take_after_lapse(slot), _own(reader, slot)
    if mine is not None and mine.state in HOLDS_A_PLACE:
        if took:
            _give_back(slot)
        return accept(reader, slot)
    if not took:
        _refuse_unless_open(slot)
        return False
    _refuse_clash(reader, slot)
    if slot.kind.keeps_apart and anybody_inside(slot.id, reader.apart_from):
        _give_back(slot)
        return False
    _book(slot, _join(mine, reader, slot, SignUpState.BOOKED))
    return True


def wait(reader: Reader, slot: Slot) -> bool:
    """Put the reader at the end of the waiting list; True when a place is theirs or held for them at once.

    Whoever is in the line already keeps their turn. Raises NotOpenError.
    """
    held(slot.id)
    _refuse_unless_open(slot)
    mine = _own(reader, slot)
    if mine is None or mine.state not in LIVE:
        mine = _join(mine, reader, slot, SignUpState.WAITING)
    settle(slot)
    return mine.state in HOLDS_A_PLACE


def accept(reader: Reader, slot: Slot) -> bool:
    """Take the place that is held for the reader; False when none is (any more): it goes to the next in line.

    Raises NotOpenError, and ClashError when they are booked elsewhere then.
    """
    hold_member(reader.member_id)
    settle(slot)
    _refuse_unless_open(slot)
    mine = _own(reader, slot)
    if mine is None or mine.state not in HOLDS_A_PLACE:
        return False
    if mine.state is SignUpState.BOOKED:
        return True
    _refuse_clash(reader, slot)
    mine.state, mine.offer_expires_at = SignUpState.BOOKED, None
    _book(slot, mine)
    return True


def give_up(reader: Reader, slot: Slot) -> None:
    """Give up a place, an offer of one or the turn on the waiting list; a freed place goes to the next in line.

    Raises NotOpenError.
    """
    held(slot.id)
    _refuse_unless_open(slot)
    mine = _own(reader, slot)
    if mine is None:
        return
    if mine.state is SignUpState.BOOKED:
        mine.state = SignUpState.CANCELLED
        telling.unbook(slot, reader.member_id)
        telling.gave_up(slot, mine)
    elif mine.state is SignUpState.OFFERED:
        mine.state, mine.offer_expires_at = SignUpState.DECLINED, None
    elif mine.state is SignUpState.WAITING:
        mine.state = SignUpState.CANCELLED
    db.session.flush()
    settle(slot)


def settle(slot: Slot) -> None:
    """Bring the line of a slot up to date: what lapsed and who cannot come any more goes, free places are offered.

    Whoever should not meet somebody who has a place is passed over and keeps their turn.
    """
    held(slot.id)
    if not _is_open(slot):
        return
    now, line, able = clock.now(), live_sign_ups(slot.id), able_to_come(slot.id)
    gone = [each for each in line if each.member_id not in able]
    late = [each for each in line if each.member_id in able and each.offer_expires_at and each.offer_expires_at <= now]
    telling.unbook(slot, *(each.member_id for each in gone if each.state is SignUpState.BOOKED))
    for each in gone:
        each.state, each.offer_expires_at = SignUpState.RELEASED, None
    for each in late:
        each.state, each.offer_expires_at = SignUpState.EXPIRED, None
        telling.lapsed(slot, each)
    _offer_free_places(slot, [each for each in line if each.state in LIVE])


def _offer_free_places(slot: Slot, line: list[SignUp]) -> None:
    present = [each.member_id for each in line if each.state in HOLDS_A_PLACE]
    waiting = {each.member_id: each for each in line if each.state is SignUpState.WAITING}
    slot.taken = len(present)
    expires_at, free = offer_expires_at(clock.now(), slot.starts_at), slot.capacity - slot.taken
    if expires_at and free and waiting:
        host = [slot.host_id] if slot.host_id else []
        apart = couples_among({*waiting, *present, *host}) if slot.kind.keeps_apart else set()
        for member_id in whom_to_offer(waiting, [*present, *host], apart, free):
            offer = waiting[member_id]
            offer.state, offer.offer_expires_at = SignUpState.OFFERED, expires_at
            slot.taken += 1
            telling.offered(slot, offer, expires_at)
    db.session.flush()


def _take(slot: Slot) -> bool:
    """One more place is taken, if one is free; from here on the slot is held."""
    one_more = (
        update(Slot)
        .where(
            Slot.id == slot.id,
            Slot.taken < Slot.capacity,
            Slot.cancelled_at.is_(None),
            Slot.starts_at > clock.now(),
        )
        .values(taken=Slot.taken + 1)
        .returning(Slot)
        .execution_options(populate_existing=True, synchronize_session=False)
    )
    return db.session.scalars(one_more).one_or_none() is not None


def _take_after_lapse(slot: Slot) -> bool:
    """Whether a slot that was full of offers has a place once those that lapsed have gone to the next in line."""
    if not has_lapsed_offers(slot.id):
        return False
    settle(slot)
    return _take(slot)


def _give_back(slot: Slot) -> None:
    slot.taken -= 1
    db.session.flush()


def _join(mine: SignUp | None, reader: Reader, slot: Slot, state: SignUpState) -> SignUp:
    """Their row, made or taken up again, at the end of the line."""
    if mine is None:
        mine = SignUp(programme_id=slot.programme_id, slot_id=slot.id, member_id=reader.member_id, turn=0)
        db.session.add(mine)
    mine.state, mine.joined_at, mine.turn, mine.offer_expires_at = state, clock.now(), mine.turn + 1, None
    db.session.flush()
    return mine


def _book(slot: Slot, mine: SignUp) -> None:
    db.session.flush()
    telling.book(slot, mine.member_id)
    telling.signed_up(slot, mine)


def _own(reader: Reader, slot: Slot) -> SignUp | None:
    return sign_up_of(slot.id, reader.member_id)


def _refuse_clash(reader: Reader, slot: Slot) -> None:
    found = clash(reader.member_id, Span(slot.starts_at, slot.ends_at), besides=(SUBJECT, slot.id))
    if found is not None:
        raise ClashError(found)


def _is_open(slot: Slot) -> bool:
    return not slot.is_cancelled and slot.starts_at > clock.now()


def _refuse_unless_open(slot: Slot) -> None:
    if not _is_open(slot):
        raise NotOpenError
