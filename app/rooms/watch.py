"""What a live process looks at each second while sockets are open, so that nothing depends on a broker.

Whoever signed out, was suspended, removed or lost their seat is evicted, wherever that was decided; a message that
another process wrote is told; open tabs are noted, so that nobody stays who is gone.
"""

import logging

from sqlalchemy import select

from app.accounts.models import Member
from app.core import live
from app.core.db import DatabaseBusy, db, transaction
from app.rooms import operations, policies, queries
from app.rooms.models import Room, RoomSeat
from app.rooms.operations import channel
from app.rooms.presence import House, house, in_background, tell
from app.rooms.rules import PULSE_SECONDS

log = logging.getLogger(__name__)

A_TURN = 1.0  # seconds


def watch() -> None:
    """Begin to look, unless this process does already."""
    here = house()
    if not here.watched:
        here.watched = True
        in_background(_look_on)


def _look_on() -> None:
    here, turn, behind = house(), 0, dict[int, int]()
    while here.sockets:
        try:
            _evict_who_may_not_stay(here)
            behind = _catch_up(here, behind)
            _tell_changes(here)
            if turn % PULSE_SECONDS == 0:
                _note_open_tabs(here)
        except DatabaseBusy:
            log.info("the database was busy; rooms are looked at again in a second")
        except Exception:  # whatever it was, rooms must go on being looked at
            log.exception("looking at the rooms failed")
        db.session.rollback()
        db.session.remove()
        turn += 1
        live.socketio.sleep(A_TURN)
    here.watched = False


def _evict_who_may_not_stay(here: House) -> None:
    sockets = dict(here.sockets)
    members = {
        member.id: member
        for member in db.session.scalars(select(Member).where(Member.id.in_({s.member_id for s in sockets.values()})))
    }
    room_ids = {socket.room_id for socket in sockets.values()}
    rooms = {room.id: room for room in db.session.scalars(select(Room).where(Room.id.in_(room_ids)))}
    seats = {
        (seat.room_id, seat.member_id): seat
        for seat in db.session.scalars(select(RoomSeat).where(RoomSeat.room_id.in_(room_ids)))
    }
    for sid, socket in sockets.items():
        member, room = members.get(socket.member_id), rooms.get(socket.room_id)
        if member is None or member.fs_uniquifier != socket.uniquifier:
            show_out(sid, "signed out")
        elif member.suspended or not member.active:
            show_out(sid, "suspended")
        elif room is None or not policies.can_enter(member, room, seats.get((socket.room_id, socket.member_id))):
            show_out(sid, "removed")


def show_out(sid: str, reason: str) -> None:
    """Tell one socket of this process why, and close it."""
    live.socketio.emit("room:evicted", {"reason": reason}, to=sid)
    live.socketio.server.disconnect(sid)


def _catch_up(here: House, behind: dict[int, int]) -> dict[int, int]:
    """Tell each room what it was not told. Only from the second look on: the first may just have overtaken us."""
    room_ids = {socket.room_id for socket in here.sockets.values()}
    last = dict(db.session.execute(select(Room.id, Room.last_seq).where(Room.id.in_(room_ids))).all())
    for room_id, seq in last.items():
        heard = here.heard.setdefault(room_id, seq)
        if heard < behind.get(room_id, heard):
            for messages, _more in queries.after(room_id, heard):
                for message in messages:
                    live.announce(channel(room_id), "room:message", message)
                    here.heard[room_id] = max(here.heard[room_id], message["seq"])
    return last


def _tell_changes(here: House) -> None:
    """Tell each room which messages look different: a decision of moderators, a reaction in another process."""
    room_ids = {socket.room_id for socket in here.sockets.values()}
    for room_id, changes in db.session.execute(select(Room.id, Room.changes).where(Room.id.in_(room_ids))).all():
        known = here.changes.setdefault(room_id, changes)
        if changes > known:
            for message in queries.changed_since(room_id, known):
                live.announce(channel(room_id), "room:changed", message)
            here.changes[room_id] = changes


def _note_open_tabs(here: House) -> None:
    """Note who is here, and tell rooms whose list may have changed by silence."""
    with transaction():
        operations.still_here(list(here.sockets))
    for room_id in {socket.room_id for socket in here.sockets.values()}:
        tell(room_id)
