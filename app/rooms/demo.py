"""Rooms of the demonstration."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.rooms.models import Room, RoomMessage
from app.rooms.operations import open_room
from app.rooms.rules import RoomKind

COMMUNITY = "community"
SET = "demo-set"

# Who says it (a place in the list of those who are given), and how many minutes ago.
SAID = (
    (
        0,
        55,
        "Hello everybody. This room is open all day: drop in between shifts, say as much as you like.",
    ),
    (
        1,
        48,
        "First day back on the ward after workshop one. I counted to three before I said something.",
    ),
    (2, 44, "That counts. What happened?"),
    (1, 41, "Somebody talked over our student at handover, twice. I said: can we hear the end of that? And we did."),
    (0, 37, "Short, kind, and it turned to the person. Thank you for telling us."),
    (2, 12, "I am around until two if anybody would like to talk a situation through. No names, please."),
)


def load(programme_id: int, *, seated: Sequence[int], hosts: Sequence[int], speakers: Sequence[int]) -> int:
    """Open the two rooms of the demonstration where they are not there yet; gives how many there are."""
    known = set(db.session.scalars(select(Room.slug)))
    if COMMUNITY not in known:
        about = "For everybody in the programme. Drop in, say hello, ask. What is said here stays for 30 days."
        room = open_room(programme_id, COMMUNITY, "Community room", RoomKind.COMMUNITY, about=about)
        for number, (who, minutes, body) in enumerate(SAID, start=1):
            message = RoomMessage(
                room_id=room.id,
                seq=number,
                client_id=str(uuid5(NAMESPACE_URL, f"demo/{COMMUNITY}/{number}")),
                author_id=speakers[who],
                body=body,
                sent_at=clock.now() - timedelta(minutes=minutes),
            )
            db.session.add(message)
        room.last_seq = len(SAID)
        db.session.flush()
    if SET not in known:
        about = "A learning set meets here. Only those with a seat can come in."
        open_room(
            programme_id, SET, "Learning set: practice room", RoomKind.SET, about=about, seats=seated, hosts=hosts
        )
    return 2
