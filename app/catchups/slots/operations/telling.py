"""What people are told about slots, and what their calendars show. Subjects and titles are neutral and name nobody."""

from collections.abc import Collection
from datetime import datetime

from app.catchups.slots.models import SignUp, Slot, SlotStory
from app.catchups.slots.queries.clashes import SUBJECT
from app.catchups.slots.rules import Way
from app.core.clock import datetime_words, span_words
from app.notifications.operations import bookings
from app.notifications.operations.notices import notify
from app.notifications.rules import ALWAYS, NO_DIGEST, Booking, Delivery, Kind, Notice

OFFER = Kind("slot_offer", "Catch-ups: offers of a free place", deliveries=NO_DIGEST)
CHANGE = Kind("slot_change", "Catch-ups: changes to what you wait for", deliveries=NO_DIGEST)
HOST = Kind("slot_host", "Catch-ups: who signs up for what you host", Delivery.DAILY)
CONSENT = Kind("story_consent", "Catch-ups: stories that need your agreement", deliveries=ALWAYS)
KINDS = (OFFER, CHANGE, HOST, CONSENT)


def booking_of(slot: Slot) -> Booking:
    """The slot as calendars show it: the kind of meeting is its title, never its topic."""
    place = {Way.IN_PERSON: slot.place, Way.ONLINE: slot.link, Way.ROOM: slot.place}[slot.way]
    return Booking(
        subject_type=SUBJECT,
        subject_id=slot.id,
        title=slot.kind.words,
        place=place,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        path=path_of(slot),
        programme_id=slot.programme_id,
    )


def path_of(slot: Slot) -> str:
    """The page of a slot."""
    return f"/catchups/{slot.id}"


def book(slot: Slot, member_id: int) -> None:
    """Put the slot into a member's calendar."""
    bookings.book(booking_of(slot), member_id)


def unbook(slot: Slot, *member_ids: int) -> None:
    """Take the slot out of members' calendars."""
    bookings.cancel(SUBJECT, slot.id, *member_ids)


def offered(slot: Slot, sign_up: SignUp, until: datetime) -> None:
    """A place is held for somebody."""
    body = f"{_when(slot)}. The place is held for you until {datetime_words(until)}."
    _tell(OFFER, slot, f"offer:{sign_up.turn}", "A place has come free for you", body, [sign_up.member_id], until)


def lapsed(slot: Slot, sign_up: SignUp) -> None:
    """The place that was held for somebody has gone to the next."""
    body = f"{_when(slot)}. You can join the waiting list again."
    _tell(OFFER, slot, f"lapsed:{sign_up.turn}", "A place that was held for you has lapsed", body, [sign_up.member_id])


def moved(slot: Slot, in_line: Collection[int]) -> None:
    """The time or the place is another one; those who are booked learn it from their calendar."""
    body = f"The time or the place is another one. It is on {_when(slot)}."
    _tell(CHANGE, slot, f"moved:{slot.version}", f"Changed: {slot.kind.words}", body, in_line)


def called_off(slot: Slot, in_line: Collection[int]) -> None:
    """It will not happen; those who are booked learn it from their calendar."""
    _tell(CHANGE, slot, "cancelled", f"Cancelled: {slot.kind.words}", f"{_when(slot)}.", in_line)


def ask_for_consent(slot: Slot, story: SlotStory, member_ids: Collection[int]) -> None:
    """A story is to be shared in which they are."""
    notice = Notice(
        kind=CONSENT.code,
        key=f"story:{story.id}:{story.version}",
        subject="A story about you is waiting for your agreement",
        body=f"It is to be shared on {_when(slot)}. Nobody sees it before you agree.",
        path=f"{path_of(slot)}/story/mine",
        programme_id=slot.programme_id,
    )
    notify(notice, *member_ids)


def signed_up(slot: Slot, sign_up: SignUp) -> None:
    """Tell the host of a catch-up who comes; the hosts of larger events look at their list."""
    _tell_host(slot, sign_up, "booked", "Somebody signed up", "{name} has a place")


def gave_up(slot: Slot, sign_up: SignUp) -> None:
    """Tell the host of a catch-up who does not come after all."""
    _tell_host(slot, sign_up, "gave-up", "Somebody cannot come", "{name} gave up their place")


def _tell(
    kind: Kind,
    slot: Slot,
    what: str,
    subject: str,
    body: str,
    member_ids: Collection[int],
    until: datetime | None = None,
) -> None:
    notice = Notice(
        kind=kind.code,
        key=f"slot:{slot.id}:{what}",
        subject=subject,
        body=body,
        path=path_of(slot),
        until=until or slot.starts_at,
        programme_id=slot.programme_id,
    )
    notify(notice, *member_ids)


def _tell_host(slot: Slot, sign_up: SignUp, what: str, subject: str, body: str) -> None:
    if slot.host_id is None or slot.kind.is_event:
        return
    notice = Notice(
        kind=HOST.code,
        key=f"slot:{slot.id}:{what}:{sign_up.member_id}:{sign_up.turn}",
        subject=f"{subject}: {slot.kind.words}",
        body=f"{body}: {_when(slot)}.",
        about_id=sign_up.member_id,
        path=f"{path_of(slot)}/people",
        until=slot.starts_at,
        programme_id=slot.programme_id,
    )
    notify(notice, slot.host_id)


def _when(slot: Slot) -> str:
    return span_words(slot.starts_at, slot.ends_at)
