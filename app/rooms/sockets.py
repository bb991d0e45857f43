"""Live events of rooms. Every event reads again who the member is and where they may be; answers are acknowledgements.

A client connects with `room=<slug>` in the address and `{"last_seq": n}`, and is sent what it has not seen.
"""

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request
from flask_login import current_user
from flask_socketio import ConnectionRefusedError as NotLetIn
from flask_socketio import join_room

from app.accounts.current import me
from app.core import clock, live
from app.core.db import DatabaseBusy, transaction
from app.rooms import entrance, operations, presence, queries, watch
from app.rooms.entrance import Place
from app.rooms.operations import channel, seat_channel
from app.rooms.presence import Socket, house, in_background, tell
from app.rooms.rules import MINUTE, MOST_A_MINUTE, Refused, read_reaction, read_sending, read_seq, read_state

log = logging.getLogger(__name__)

Payload = dict[str, Any]
Act = Callable[[Place, Payload], Payload]

TOO_MANY = "You send faster than others can read. Wait a moment, then try again."
BUSY = "The room is busy. Try again in a moment."
FAILED = "That did not work, and it is our fault. Try again in a moment."


def init_app(app: Flask) -> None:
    """Answer live events."""
    app.extensions["rooms"] = presence.new_house(app.extensions["settings"].live_name)
    app.extensions["rooms_paces"] = {}
    live.on_open(app, _come_in)
    live.on_close(app, _go)
    for name, act in EVENTS.items():
        live.socketio.on_event(name, _answering(act))


def _come_in(auth: object) -> None:
    """Let a member into the room that the address names, and send what they have not seen."""
    slug = request.args.get("room")
    if slug is None:
        return
    place = entrance.place(me(), slug)
    if place is None:
        raise NotLetIn("no such room")
    here, sid, room_id = house(), _sid(), place.room.id
    join_room(channel(room_id))
    join_room(seat_channel(room_id, place.member.id))
    here.sockets[sid] = Socket(place.member.id, place.member.fs_uniquifier, room_id)
    here.heard.setdefault(room_id, place.room.last_seq)
    changes = here.changes.setdefault(room_id, place.room.changes)
    with transaction() as after:
        if not here.swept:
            operations.forget_boots(here.process, here.boot)
        operations.open_tab(sid, room_id, place.member.id, here.boot)
        after.append(lambda: tell(room_id))
    here.swept = True
    watch.watch()
    said = auth if isinstance(auth, dict) else {}
    seen = read_seq(said.get("last_seq")), read_seq(said.get("changes"))
    # In the background: the connection stands by then.
    in_background(lambda: _send_history(sid, room_id, changes, *seen))


def _go() -> None:
    socket = house().leave(_sid())
    if socket is None:
        return
    with transaction() as after:
        operations.close_tab(_sid())
        after.append(lambda: tell(socket.room_id))


def _send_history(sid: str, room_id: int, changes: int, last_seq: int, last_change: int) -> None:
    """All that follows the last message that a client has; the newest ones when it has none.

    A client that says up to which change it knows hears of what looks different since: words that were removed.
    """
    parts = queries.after(room_id, last_seq) if last_seq else iter([queries.newest(room_id)])
    for messages, more in parts:
        history = {"messages": messages, "more": more, "changes": changes}
        live.socketio.emit("room:history", history, to=sid)
    if last_seq and last_change < changes:
        for message in queries.changed_since(room_id, last_change):
            live.socketio.emit("room:changed", message, to=sid)


def _send(place: Place, payload: Payload) -> Payload:
    sending = read_sending(payload)
    _keep_pace(place.member.id)
    operations.weigh(place, sending)
    room_id = place.room.id
    with transaction() as after:
        sent = operations.send(place, sending, after)
        after.append(lambda: _note_heard(room_id, sent.seq))
    return {"seq": sent.seq}


def _older(place: Place, payload: Payload) -> Payload:
    messages, more = queries.before(place.room.id, read_seq(payload.get("before_seq")))
    return {"messages": messages, "more": more}


def _say_state(place: Place, payload: Payload) -> Payload:
    room_id = place.room.id
    with transaction() as after:
        if operations.say_state(_sid(), read_state(payload.get("state"))):
            after.append(lambda: tell(room_id))
    return {}


def _react(place: Place, payload: Payload) -> Payload:
    with transaction():
        operations.react(place, read_seq(payload.get("seq")), read_reaction(payload.get("kind")))
    return {}


EVENTS: dict[str, Act] = {
    "room:send": _send,
    "room:older": _older,
    "room:state": _say_state,
    "room:react": _react,
}


def _answering(act: Act) -> Callable[..., Payload]:
    """An event's answer: `{"ok": true, …}`, or `{"ok": false, "reason": "…"}` with a sentence for the member."""

    def answer(payload: object = None, *_more: object) -> Payload:
        try:
            return {"ok": True, **act(_place(), payload if isinstance(payload, dict) else {})}
        except Refused as no:
            return {"ok": False, "reason": str(no)}
        except DatabaseBusy:
            return {"ok": False, "reason": BUSY}
        except Exception:  # the client must hear that it is not done
            log.exception("a live event failed")
            return {"ok": False, "reason": FAILED}

    return answer


def _place() -> Place:
    """Where the socket is, read again: whoever may not be there any more is shown out."""
    sid = _sid()
    place = None
    if current_user.is_authenticated and not current_user.suspended:
        place = entrance.place(me(), request.args.get("room", ""))
    if place is None:
        in_background(lambda: watch.show_out(sid, "removed"))
        raise Refused("You are not in this room any more.")
    return place


def _keep_pace(member_id: int) -> None:
    """Raises Refused for a flood; counted in this process, which holds all of a room's sockets."""
    now = clock.now()
    times: deque[Any] = current_app.extensions["rooms_paces"].setdefault(member_id, deque(maxlen=MOST_A_MINUTE))
    if len(times) == MOST_A_MINUTE and now - times[0] < MINUTE:
        raise Refused(TOO_MANY)
    times.append(now)


def _note_heard(room_id: int, seq: int) -> None:
    heard = house().heard
    heard[room_id] = max(heard.get(room_id, 0), seq)


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]  # Flask-SocketIO puts it there
    return sid
