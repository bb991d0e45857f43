"""Changing a slot, calling it off, saying who came: what its host and the programme's leads do."""

from collections.abc import Collection
from datetime import date

from app.catchups.slots.models import Slot
from app.catchups.slots.operations import telling
from app.catchups.slots.operations.offering import SlotDraft
from app.catchups.slots.operations.places import NotOpenError, settle
from app.catchups.slots.queries.clashes import SUBJECT
from app.catchups.slots.queries.lines import booked, following, held, live_sign_ups
from app.catchups.slots.rules import Scope, SignUpState, offer_expires_at
from app.catchups.slots.timing import Span, hours_of
from app.core import audit, clock
from app.core.clock import weekday_words
from app.core.db import db
from app.notifications.operations import bookings


class CannotChangeError(ValueError):
    """A slot cannot become what it should; the message is a sentence."""


class TooEarlyError(Exception):
    """Nobody has come yet: the slot has not begun."""


def change(slot: Slot, draft: SlotDraft, span: Span, scope: Scope, *, by_id: int) -> int:
    """Change a slot, or it and what follows in its series, each by as many days and to the same hours; how many.

    Everybody in the line is told of another time or place. Raises NotOpenError, CannotChangeError, and
    timing.NoSuchHourError where the clocks leave out the new time on one of the days.
    """
    slots = _open_ones(slot, scope)
    new_day, hours = hours_of(span)
    shift = new_day - _day_of(slot)
    for each, moment in [(each, span if each is slot else hours.on(_day_of(each) + shift)) for each in slots]:
        settle(each)
        _refuse_impossible(each, draft, moment)
        _change_one(each, draft, moment, by_id)
        _record("change_slot", each, by_id)
    return len(slots)


def call_off(slot: Slot, reason: str, scope: Scope, *, by_id: int) -> int:
    """Cancel a slot, or it and what follows in its series, with a reason that the line reads; how many.

    Raises NotOpenError.
    """
    slots = _open_ones(slot, scope)
    for each in slots:
        call_off_one(each, reason, by_id=by_id)
        _record("cancel_slot", each, by_id)
    return len(slots)


def call_off_one(slot: Slot, reason: str, *, by_id: int | None) -> None:
    """Cancel a slot that is held, and tell its line."""
    slot.cancelled_at, slot.cancel_reason = clock.now(), reason
    others = [each for each in live_sign_ups(slot.id) if each.state is not SignUpState.BOOKED]
    for each in others:
        slot.taken -= each.state is SignUpState.OFFERED
        each.state, each.offer_expires_at = SignUpState.RELEASED, None
    db.session.flush()
    bookings.cancel_all(SUBJECT, slot.id, by=by_id)
    telling.called_off(slot, [each.member_id for each in others])


def mark_attendance(slot: Slot, came: Collection[int], *, by_id: int) -> None:
    """Note who of those booked came. Raises TooEarlyError before the start, NotOpenError for what was cancelled."""
    held(slot.id)
    if slot.is_cancelled:
        raise NotOpenError
    if slot.starts_at > clock.now():
        raise TooEarlyError
    for each in booked(slot.id):
        each.attended = each.member_id in came
    slot.attendance_at = clock.now()
    db.session.flush()
    _record("mark_attendance", slot, by_id)


def _change_one(slot: Slot, draft: SlotDraft, span: Span, by_id: int) -> None:
    before = telling.booking_of(slot)
    for name, value in draft.columns().items():
        setattr(slot, name, value)
    slot.starts_at, slot.ends_at = span
    after = telling.booking_of(slot)
    if after != before:
        slot.version += 1
        _shorten_offers(slot)
        bookings.move(after, by=by_id)
        telling.moved(slot, _not_booked(slot))
    db.session.flush()
    settle(slot)


def _shorten_offers(slot: Slot) -> None:
    """An offer of a slot that is nearer now ends sooner; at the latest when offers end, so that none outlives it."""
    latest = offer_expires_at(clock.now(), slot.starts_at) or clock.now()
    for each in live_sign_ups(slot.id):
        if each.offer_expires_at:
            each.offer_expires_at = min(each.offer_expires_at, latest)
    db.session.flush()


def _refuse_impossible(slot: Slot, draft: SlotDraft, span: Span) -> None:
    if draft.capacity < slot.taken:
        raise CannotChangeError(
            f"{slot.taken} places are taken or offered on {weekday_words(slot.starts_at)}, so it needs at least as many"
        )
    if span.starts_at <= clock.now():
        raise CannotChangeError(f"{weekday_words(span.starts_at)} would be in the past")


def _open_ones(slot: Slot, scope: Scope) -> list[Slot]:
    slots = following(slot) if scope is Scope.FOLLOWING else [held(slot.id)]
    if slot not in slots or slot.is_cancelled or slot.starts_at <= clock.now():
        raise NotOpenError
    return slots


def _not_booked(slot: Slot) -> list[int]:
    return [each.member_id for each in live_sign_ups(slot.id) if each.state is not SignUpState.BOOKED]


def _day_of(slot: Slot) -> date:
    return hours_of(Span(slot.starts_at, slot.ends_at))[0]


def _record(action: str, slot: Slot, by_id: int) -> None:
    """What staff do stays on record: anything at events, and what leads do with other people's slots."""
    if slot.kind.is_event or slot.host_id != by_id:
        audit.record(action, SUBJECT, slot.id, actor_id=by_id, programme_id=slot.programme_id)
