"""What moderation asks of a message: what was said, who may report it, and taking its words away.

Live processes see a change within a second (watch.py). A learning set is confidential: nothing of it becomes a case.
Whoever is worried there says so in their own words.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from sqlalchemy import select

from app.accounts.models import Member
from app.core.db import db
from app.moderation.cases.rules import Outcome
from app.moderation.cases.subjects import CannotApplyError, Neighbour, Order, Snapshot, SubjectType
from app.rooms import entrance
from app.rooms.models import Room, RoomMessage
from app.rooms.operations import count_change
from app.rooms.rules import RoomKind

CODE = "room_message"
AROUND = 3  # messages before and after, so that a moderator sees what it was part of


def snapshot(message_id: int) -> Snapshot | None:
    """What was said, and what stood around it; None for a message that is not there, or was said in confidence."""
    found = _found(message_id)
    if found is None:
        return None
    message, room = found
    return Snapshot(
        programme_id=room.programme_id,
        author_id=message.author_id,
        body=message.body or "",
        html=_html(message.body),
        where=f"Room: {room.name}",
        path=f"/rooms/{room.slug}#message-{message.seq}",
        surroundings=[
            Neighbour(_html(near.body), author_id=near.author_id, after=near.seq > message.seq)
            for near in _around(message)
        ],
    )


def may_report(member: Member, message_id: int) -> bool:
    """Whoever may come into the room may report what is said there."""
    found = _found(message_id)
    return found is not None and entrance.place(member, found[1].slug) is not None


def apply(order: Order) -> Mapping[str, Any]:
    """Take the words away; they are kept with the decision, so that an appeal can bring them back."""
    message, room = _at_hand(order)
    before = message.body
    message.body, message.removed_at, message.changed = None, order.at, count_change(room.id)
    db.session.flush()
    return {"body": before}


def reverse(order: Order, before: Mapping[str, Any]) -> None:
    """Bring the words back."""
    message, room = _at_hand(order)
    message.body, message.removed_at, message.changed = before["body"], None, count_change(room.id)
    db.session.flush()


MESSAGE = SubjectType(
    code=CODE,
    words="message in a room",
    snapshot=snapshot,
    may_report=may_report,
    outcomes=frozenset({Outcome.REMOVE}),
    apply=apply,
    reverse=reverse,
)


def _found(message_id: int) -> tuple[RoomMessage, Room] | None:
    wanted = select(RoomMessage, Room).join(Room).where(RoomMessage.id == message_id, Room.kind != RoomKind.SET)
    row = db.session.execute(wanted).first()
    return (row.RoomMessage, row.Room) if row else None


def _at_hand(order: Order) -> tuple[RoomMessage, Room]:
    found = _found(order.subject_id)
    if found is None:
        raise CannotApplyError("This message is not there any more.")
    return found


def _around(message: RoomMessage) -> list[RoomMessage]:
    near = select(RoomMessage).where(
        RoomMessage.room_id == message.room_id,
        RoomMessage.seq.between(message.seq - AROUND, message.seq + AROUND),
        RoomMessage.id != message.id,
    )
    return list(db.session.scalars(near.order_by(RoomMessage.seq)))


def _html(body: str | None) -> str:
    return f"<p>{escape(body)}</p>" if body else "<p><em>Removed</em></p>"
