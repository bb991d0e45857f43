"""Who may do what with slots. Queries say the same in SQL; tests hold both together."""

from app.catchups.slots.models import Slot
from app.catchups.slots.rules import LIVE, Reader, SignUpState, SlotKind


def can_take_part(reader: Reader) -> bool:
    """Anyone trusted: staff, and participants who belong to a cohort, also after it is over; not while suspended."""
    return reader.is_trusted


def can_see(reader: Reader, slot: Slot, mine: SignUpState | None) -> bool:
    """What one hosts, is in or waits for; else what is meant for one, unless one is not to meet its host.

    `mine` is where the reader stands with the slot. A wish not to meet never takes away what is booked already: that
    would tell.
    """
    if not reader.is_trusted or slot.programme_id != reader.programme_id:
        return False
    if slot.host_id == reader.member_id or mine in LIVE:
        return True
    if slot.kind.keeps_apart and slot.host_id in reader.apart_from:
        return False
    return slot.cohort_id is None or slot.cohort_id in reader.cohort_ids or reader.leads


def can_offer(reader: Reader, kind: SlotKind, cohort_id: int | None) -> bool:
    """Anyone trusted offers catch-ups, to everybody or to their own cohort (staff: to any); leads offer events."""
    if not reader.is_trusted or (kind.is_event and not reader.leads):
        return False
    return cohort_id is None or cohort_id in reader.cohort_ids or reader.is_staff


def can_sign_up(reader: Reader, slot: Slot, mine: SignUpState | None) -> bool:
    """Whoever sees it, but its host, who is there anyway. Whether there is a place is another question."""
    return can_see(reader, slot, mine) and slot.host_id != reader.member_id


def can_look_after(reader: Reader, slot: Slot, mine: SignUpState | None) -> bool:
    """Its host and the programme's leads change and cancel it, see who comes and mark who came."""
    return can_see(reader, slot, mine) and (slot.host_id == reader.member_id or reader.leads)


def can_see_link(reader: Reader, slot: Slot, mine: SignUpState | None) -> bool:
    """Where to meet online is for those who have a place, and for whoever looks after the slot."""
    return can_look_after(reader, slot, mine) or (can_see(reader, slot, mine) and mine is SignUpState.BOOKED)


def can_see_first_names(reader: Reader, slot: Slot, mine: SignUpState | None) -> bool:
    """Who has a place in a catch-up sees the first names of the others in it; at events nobody needs a list."""
    return can_see(reader, slot, mine) and mine is SignUpState.BOOKED and not slot.kind.is_event
