"""Live events: one Socket.IO server, closed by default, from which a member can be evicted in every tab.

A socket keeps the identity it was opened with, so nothing may trust it: each event of a feature reads again who the
member is, and sign-out, suspension and removal call `evict`.
"""

from flask import Flask
from flask_login import current_user
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO, join_room

from app.config import Settings

LONGEST_EVENT = 16_384  # bytes

socketio = SocketIO()


def init_app(app: Flask, settings: Settings) -> None:
    """Open the Socket.IO endpoint, to signed-in members from our own pages only."""
    socketio.init_app(
        app,
        async_mode="gevent",  # named outright: eventlet would be preferred if it happened to be installed
        async_handlers=False,  # True put half of one sender's messages in the wrong order
        manage_session=False,
        max_http_buffer_size=LONGEST_EVENT,
        message_queue=settings.redis_url or None,
    )
    socketio.on_event("connect", _connect)


def evict(member_id: int, reason: str) -> None:
    """Tell every open socket of a member why, and close it; an effect for after the commit."""
    socketio.emit("room:evicted", {"reason": reason}, to=_room_of(member_id))
    for sid in list(_sids_of(member_id)):
        socketio.server.disconnect(sid)


def _connect(auth: object = None) -> None:  # noqa: ARG001 - Socket.IO hands it over
    if not current_user.is_authenticated or current_user.suspended:
        raise Refused("sign in first")
    join_room(_room_of(current_user.id))


def _room_of(member_id: int) -> str:
    return f"member:{member_id}"


def _sids_of(member_id: int) -> list[str]:
    return [sid for sid, _ in socketio.server.manager.get_participants("/", _room_of(member_id))]
