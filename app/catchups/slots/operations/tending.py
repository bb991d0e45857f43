"""What nobody presses a button for: lapsed offers go on, and whoever cannot come any more frees their place."""

from app.catchups.slots.operations.hosting import call_off_one
from app.catchups.slots.operations.places import settle
from app.catchups.slots.queries.lines import held
from app.catchups.slots.queries.trust import lacks_host, slots_of

HOST_IS_GONE = "The host cannot come any more."


def tend(slot_id: int) -> None:
    """Bring one slot up to date; a catch-up whose host is gone is called off."""
    slot = held(slot_id)
    if lacks_host(slot_id):
        call_off_one(slot, HOST_IS_GONE, by_id=None)
    else:
        settle(slot)


def release(member_id: int) -> None:
    """Let somebody who was suspended or removed, in the caller's transaction, free their places at once."""
    for slot_id in slots_of(member_id):
        tend(slot_id)
