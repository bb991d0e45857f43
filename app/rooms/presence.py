"""Which sockets of this process are in which room, and telling a room who is in it, at most twice a second.

Presence is a table (RoomTab), because other processes and pages ask too; here is only what belongs to this process.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, current_app

from app.core import clock, live
from app.core.db import db
from app.rooms import queries
from app.rooms.operations import channel
from app.rooms.rules import SHOWN, present

PAUSE = 0.5  # seconds; a hundred people who come in at once are told in a few lists and not in a hundred


@dataclass(frozen=True, slots=True)
class Socket:
    """A socket of this process: whose it is, in which session, and where."""

    member_id: int
    uniquifier: str
    room_id: int


@dataclass(slots=True)
class House:
    """What this process holds. `boot` names its start.

    `heard` is the last message that each room was told here, `changes` the last change.
    """

    process: str
    boot: str
    sockets: dict[str, Socket] = field(default_factory=dict)
    heard: dict[int, int] = field(default_factory=dict)
    changes: dict[int, int] = field(default_factory=dict)
    telling: set[int] = field(default_factory=set)
    watched: bool = False
    swept: bool = False  # whether the tabs of former starts are forgotten

    def leave(self, sid: str) -> Socket | None:
        """Forget a socket; gives what it was, if it was in a room."""
        socket = self.sockets.pop(sid, None)
        if socket and all(other.room_id != socket.room_id for other in self.sockets.values()):
            self.changes.pop(socket.room_id, None)
            self.heard.pop(socket.room_id, None)  # whoever comes next is sent what they have not seen
        return socket


def new_house(process: str) -> House:
    """An empty house for a process that starts."""
    return House(process, f"{process}:{secrets.token_hex(8)}")


def house() -> House:
    """The house of the app at hand."""
    found: House = current_app.extensions["rooms"]
    return found


def tell(room_id: int) -> None:
    """Tell a room who is in it, soon: what changes until then is told at once. An effect for after the commit."""
    here = house()
    if room_id not in here.telling:
        here.telling.add(room_id)
        in_background(lambda: _tell(room_id))


def in_background(work: Callable[[], None]) -> None:
    """Do something beside the event at hand, in the same app."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way

    def run() -> None:
        with app.app_context():
            try:
                work()
            finally:
                db.session.remove()

    live.socketio.start_background_task(run)


def _tell(room_id: int) -> None:
    live.socketio.sleep(PAUSE)
    house().telling.discard(room_id)
    who = present(queries.tabs(room_id), clock.now())
    members = [{"name": name, "state": state.value} for name, state in who[:SHOWN]]
    live.announce(channel(room_id), "room:presence", {"members": members, "count": len(who)})
