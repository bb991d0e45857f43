"""One slot: taking a place, waiting for one, answering an offer, giving it up."""

from collections.abc import Callable
from typing import TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.catchups.slots import policies
from app.catchups.slots.models import Slot
from app.catchups.slots.operations import places
from app.catchups.slots.operations.places import ClashError, NotOpenError
from app.catchups.slots.queries import lines
from app.catchups.slots.queries.stories import story_of
from app.catchups.slots.rules import Reader, SlotKind, first_name
from app.catchups.slots.views.blueprint import SLOT, bp, here, in_community, seen
from app.core import outbox
from app.core.db import transaction
from app.core.web import access

Outcome = TypeVar("Outcome")

BOOKED = "You have a place. It is on its way to your calendar."
FULL = "There is no free place any more. You can join the waiting list."
HELD = "A place has just come free, and it is held for you."
WAITING = "You are on the waiting list. We tell you when a place is held for you."
LAPSED = "The place is not held for you any more. You can join the waiting list again."
GIVEN_UP = "You are not signed up any more."
OVER = "It has begun or was cancelled, so places in it do not change any more."


@bp.get(SLOT)
@access(in_community)
def show(slot_id: int) -> str:
    """A slot, and what the reader can do about it."""
    reader = here()
    shown = seen(reader, slot_id)
    slot, asked = shown.slot, (reader, shown.slot, shown.mine)
    looks_after = policies.can_look_after(*asked)
    story = story_of(slot.id) if slot.kind is SlotKind.SHARING else None
    return render_template(
        "catchups/slots/show.html",
        shown=shown,
        can_sign_up=policies.can_sign_up(*asked),
        looks_after=looks_after,
        leads=reader.leads,
        sees_link=policies.can_see_link(*asked),
        others=_first_names(reader, slot) if policies.can_see_first_names(*asked) else [],
        people_wait=looks_after and slot.taken >= slot.capacity and lines.anybody_waits(slot.id),
        story=story if story and story.may_be_shown else None,
    )


@bp.post(f"{SLOT}/sign-up")
@access(in_community)
def sign_up(slot_id: int) -> ResponseReturnValue:
    """Take a place."""
    return _done(slot_id, BOOKED) if _do(slot_id, places.sign_up) else _done(slot_id, FULL, "error")


@bp.post(f"{SLOT}/wait")
@access(in_community)
def wait(slot_id: int) -> ResponseReturnValue:
    """Join the waiting list."""
    return _done(slot_id, HELD if _do(slot_id, places.wait) else WAITING)


@bp.post(f"{SLOT}/accept")
@access(in_community)
def accept(slot_id: int) -> ResponseReturnValue:
    """Take the place that is held."""
    return _done(slot_id, BOOKED) if _do(slot_id, places.accept) else _done(slot_id, LAPSED, "error")


@bp.get(f"{SLOT}/give-up")
@access(in_community)
def confirm_give_up(slot_id: int) -> str:
    """Ask before a place is given up."""
    return render_template("catchups/slots/give_up.html", shown=seen(here(), slot_id))


@bp.post(f"{SLOT}/give-up")
@access(in_community)
def give_up(slot_id: int) -> ResponseReturnValue:
    """Give up a place, an offer of one or the turn on the waiting list."""
    _do(slot_id, places.give_up)
    return _done(slot_id, GIVEN_UP)


@bp.errorhandler(ClashError)
def clashes(error: ClashError) -> ResponseReturnValue:
    """Nobody is in two places at once: say what the other thing is, and lead there."""
    slot_id = (request.view_args or {})["slot_id"]
    return render_template("catchups/slots/clash.html", clash=error.clash, slot_id=slot_id), 409


@bp.errorhandler(NotOpenError)
def not_open(_error: NotOpenError) -> ResponseReturnValue:
    """Say that it is too late, on the page of the slot."""
    return _done((request.view_args or {})["slot_id"], OVER, "error")


def _do(slot_id: int, verb: Callable[[Reader, Slot], Outcome]) -> Outcome:
    """Do something about one's own place, on what is true inside the transaction."""
    with transaction() as after:
        reader = here()
        shown = seen(reader, slot_id)
        if not policies.can_sign_up(reader, shown.slot, shown.mine):
            abort(403, "You host this, so you are there anyway.")
        outcome = verb(reader, shown.slot)
        after.append(outbox.wake)
    return outcome


def _done(slot_id: int, words: str, category: str = "success") -> ResponseReturnValue:
    flash(words, category)
    return redirect(url_for(".show", slot_id=slot_id), 303)


def _first_names(reader: Reader, slot: Slot) -> list[str]:
    return [first_name(comer.name) for comer in lines.comers(slot.id) if comer.member_id != reader.member_id]
