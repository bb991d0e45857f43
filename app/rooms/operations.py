"""Verbs of rooms. They flush and never commit; a new message is announced after the commit.

A message that changes is counted, and told within a second by whatever process holds the room's sockets (watch.py).
Whoever changes a room holds its row, so messages get their places one after the other, in every process.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete, select, update

from app.core import audit, clock, live
from app.core.db import Effect, db, insert
from app.moderation.cases.queries import features
from app.moderation.screening.operations import intake
from app.moderation.screening.trust import Trust
from app.rooms import queries
from app.rooms.entrance import Place
from app.rooms.models import Room, RoomMessage, RoomReaction, RoomSeat, RoomTab
from app.rooms.rules import SEEN_FOR, ReactionKind, Refused, RoomKind, Sending, State

KEPT = timedelta(days=30)  # what was said in a drop-in room
CLOSED = "This room is closed. You can still read what was said."


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands in the order of its room; `is_new` is whether this call put it there."""

    seq: int
    is_new: bool


def channel(room_id: int) -> str:
    """The name under which the sockets of a room hear its news."""
    return f"room:{room_id}"


def seat_channel(room_id: int, member_id: int) -> str:
    """The name under which one member's sockets in a room are found."""
    return f"room:{room_id}:member:{member_id}"


def open_room(
    programme_id: int,
    slug: str,
    name: str,
    kind: RoomKind,
    *,
    about: str = "",
    seats: Collection[int] = (),
    hosts: Collection[int] = (),
    subject: tuple[str, int] | None = None,
) -> Room:
    """Open a room; `hosts` look after it, they and `seats` are let in where a seat is asked for."""
    subject_type, subject_id = subject or (None, None)
    room = Room(
        programme_id=programme_id,
        slug=slug,
        name=name,
        kind=kind,
        about=about,
        subject_type=subject_type,
        subject_id=subject_id,
        created_at=clock.now(),
    )
    db.session.add(room)
    db.session.flush()
    for member_id in {*seats, *hosts}:
        db.session.add(RoomSeat(room_id=room.id, member_id=member_id, hosts=member_id in hosts))
    db.session.flush()
    return room


def weigh(place: Place, sending: Sending) -> None:
    """Raises Refused, with a sentence, for words that must not be said: what could tell who somebody is, watched words.

    Talk is quick and a room cannot wait for a moderator, so what a post would be held for is not said either. It reads
    and takes its time: call it before the transaction.
    """
    said = intake.Intake(
        programme_id=place.room.programme_id,
        author_id=place.member.id,
        texts={intake.BODY: sending.body},
        trust=Trust.REGULAR,
    )
    if sentence := intake.weigh_message(said):
        raise Refused(sentence)


def send(place: Place, sending: Sending, after: list[Effect]) -> Sent:
    """Put a message at the next place in the order of the room; the same message again is there already.

    Raises Refused, with a sentence for the author, when the room is closed or they may not speak in it now.
    """
    room = _held(place.room.id)
    known = db.session.scalar(select(RoomMessage).where(RoomMessage.client_id == sending.id))
    if known is not None:
        if (known.room_id, known.author_id) != (room.id, place.member.id):
            raise Refused("This message has the number of another one. Load the page again.")
        return Sent(known.seq, is_new=False)
    if room.closed_at is not None:
        raise Refused(CLOSED)
    if place.muted_until is not None:
        raise Refused(f"A moderator has asked you to only listen until {clock.time_words(place.muted_until)}.")
    if silenced := features.silenced_until(place.member.id, room.programme_id):
        raise Refused(f"You can read and listen, and write again from {clock.datetime_words(silenced)}.")
    room.last_seq += 1
    now = clock.now()
    db.session.add(
        RoomMessage(
            room_id=room.id,
            seq=room.last_seq,
            client_id=sending.id,
            author_id=place.member.id,
            body=sending.body,
            sent_at=now,
        )
    )
    db.session.flush()
    said = queries.plain(room.last_seq, sending.id, sending.body, place.member.name, now)
    after.append(partial(live.announce, channel(room.id), "room:message", said))
    return Sent(room.last_seq, is_new=True)


def react(place: Place, seq: int, kind: ReactionKind) -> None:
    """Answer a message with a small sign; the same sign again takes it back. Raises Refused."""
    message = _message(place, seq)
    mine = (
        RoomReaction.message_id == message.id,
        RoomReaction.member_id == place.member.id,
        RoomReaction.kind == kind,
    )
    taken_back = db.session.execute(delete(RoomReaction).where(*mine).returning(RoomReaction.kind)).first()
    if taken_back is None:
        answer = {"message_id": message.id, "member_id": place.member.id, "kind": kind}
        db.session.execute(insert(RoomReaction).values(answer).on_conflict_do_nothing())
    message.changed = count_change(place.room.id)
    db.session.flush()


def remove_message(place: Place, seq: int) -> None:
    """Take the words of a message away, for good; its place in the order stays. Raises Refused."""
    _must_look_after(place)
    message = _message(place, seq)
    message.body, message.removed_at = None, clock.now()
    message.changed = count_change(place.room.id)
    _record("room_message_removed", place, "room_message", message.id)


def mute(place: Place, member_id: int, until: datetime | None) -> None:
    """Let a member only listen until a moment; None lets them speak again. Raises Refused."""
    _must_look_after(place)
    _seat(place, member_id).muted_until = until
    _record("room_muted" if until else "room_unmuted", place, "member", member_id, room_id=place.room.id)


def remove_member(place: Place, member_id: int, after: list[Effect]) -> None:
    """Keep a member out of the room, from now on and in every tab. Raises Refused."""
    _must_look_after(place)
    _seat(place, member_id).removed_at = clock.now()
    _record("room_member_removed", place, "member", member_id, room_id=place.room.id)
    after.append(partial(live.close, seat_channel(place.room.id, member_id), "removed"))


def let_back(place: Place, member_id: int) -> None:
    """Let somebody in again who was removed. Raises Refused."""
    _must_look_after(place)
    _seat(place, member_id).removed_at = None
    _record("room_member_let_back", place, "member", member_id, room_id=place.room.id)


def close(place: Place, after: list[Effect]) -> None:
    """End what is said in a room; it can still be read. Raises Refused."""
    _must_look_after(place)
    room = _held(place.room.id)
    room.closed_at = room.closed_at or clock.now()
    _record("room_closed", place, "room", room.id)
    after.append(partial(live.announce, channel(room.id), "room:closed", {"reason": CLOSED}))


def reopen(place: Place, after: list[Effect]) -> None:
    """Open a closed room again. Raises Refused."""
    _must_look_after(place)
    _held(place.room.id).closed_at = None
    _record("room_reopened", place, "room", place.room.id)
    after.append(partial(live.announce, channel(place.room.id), "room:opened", {}))


def count_change(room_id: int) -> int:
    """Count a change of a message that was said already; gives its number, which the message keeps."""
    counted = update(Room).where(Room.id == room_id).values(changes=Room.changes + 1).returning(Room.changes)
    return db.session.scalars(counted).one()


def open_tab(sid: str, room_id: int, member_id: int, boot: str) -> None:
    """Note that a member has a tab open in a room."""
    tab = {"room_id": room_id, "member_id": member_id, "boot": boot, "state": State.HERE, "seen_at": clock.now()}
    statement = insert(RoomTab).values(sid=sid, **tab)
    db.session.execute(statement.on_conflict_do_update(index_elements=["sid"], set_=tab))


def say_state(sid: str, state: State) -> bool:
    """Note what the member of a tab is doing; gives whether that is news."""
    known = db.session.get(RoomTab, sid)
    if known is None or known.state is state:
        return False
    known.state, known.seen_at = state, clock.now()
    db.session.flush()
    return True


def close_tab(sid: str) -> None:
    """Note that a tab is closed."""
    db.session.execute(delete(RoomTab).where(RoomTab.sid == sid))


def still_here(sids: Collection[str]) -> None:
    """Note that these tabs are open; what fell silent long ago is forgotten."""
    now = clock.now()
    db.session.execute(update(RoomTab).where(RoomTab.sid.in_(sids)).values(seen_at=now))
    db.session.execute(delete(RoomTab).where(RoomTab.seen_at < now - 4 * SEEN_FOR))


def forget_boots(process: str, boot: str) -> None:
    """Forget the tabs of former starts of a process: nobody holds their sockets any more."""
    former = RoomTab.boot.startswith(f"{process}:", autoescape=True)
    db.session.execute(delete(RoomTab).where(former, RoomTab.boot != boot))


def forget_old() -> int:
    """Remove what was said long ago in rooms without a process of their own; gives how many messages."""
    drop_in = select(Room.id).where(Room.kind != RoomKind.SET)
    old = delete(RoomMessage).where(RoomMessage.sent_at < clock.now() - KEPT, RoomMessage.room_id.in_(drop_in))
    return len(db.session.scalars(old.returning(RoomMessage.id)).all())


def _held(room_id: int) -> Room:
    held = select(Room).where(Room.id == room_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(held).one()


def _message(place: Place, seq: int) -> RoomMessage:
    message = queries.message_row(place.room.id, seq)
    if message is None or message.removed_at is not None:
        raise Refused("This message is not there any more.")
    return message


def _seat(place: Place, member_id: int) -> RoomSeat:
    if member_id == place.member.id:
        raise Refused("You cannot do this to yourself.")
    if member_id not in {known for known, _name in queries.speakers(place.room.id)} | {
        seat.member_id for seat, _name in queries.seats(place.room.id)
    }:
        raise Refused("This person was not in the room.")
    found = select(RoomSeat).where(RoomSeat.room_id == place.room.id, RoomSeat.member_id == member_id)
    seat = db.session.scalar(found)
    if seat is None:
        seat = RoomSeat(room_id=place.room.id, member_id=member_id)
        db.session.add(seat)
        db.session.flush()
    return seat


def _must_look_after(place: Place) -> None:
    if not place.looks_after:
        raise Refused("Only moderators and the host of a room can do this.")


def _record(action: str, place: Place, subject: str, subject_id: int, **detail: int) -> None:
    audit.record(action, subject, subject_id, actor_id=place.member.id, programme_id=place.room.programme_id, **detail)
