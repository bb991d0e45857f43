"""Live events: one Socket.IO server, closed by default, from which a member can be evicted in every process.

A socket keeps the identity it was opened with, so nothing may trust it: each event of a feature reads again who the
member is, and sign-out, suspension and removal evict.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, session
from flask_login import current_user
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO, join_room
from socketio import RedisManager

from app.config import Settings
from app.core import websocket

LONGEST_EVENT = 16_384  # bytes
CHANNEL = "upstander-live"
PATIENCE = 0.5  # seconds that a broker that hangs may keep a request waiting
PULSE = 15  # seconds between two beats of a connection; one that misses the next counts as lost
BROWSER = "browser"  # where a session keeps the name of the browser it lives in; sign-in gives a new one

socketio = SocketIO()

Opened = Callable[[Any], None]  # gets what the client sent with the connection; may raise Refused
Closed = Callable[[], None]


class SharedRooms(RedisManager):
    """Rooms that several processes share through Redis; closing one closes the sockets in it, wherever they are."""

    def __init__(self, url: str) -> None:
        waits = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        super().__init__(url, channel=CHANNEL, redis_options=waits)

    def _handle_close_room(self, message: dict[str, Any]) -> None:
        """Called in every process, this one too."""
        _disconnect_all(message["room"])


def init_app(app: Flask, settings: Settings) -> None:
    """Open the Socket.IO endpoint, to signed-in members from our own pages only."""
    socketio.init_app(
        app,
        async_mode="gevent",  # named outright: eventlet would be preferred if it happened to be installed
        async_handlers=False,  # True put half of one sender's messages in the wrong order
        manage_session=False,
        max_http_buffer_size=LONGEST_EVENT,
        ping_interval=PULSE,
        ping_timeout=PULSE,
        client_manager=SharedRooms(settings.redis_url) if settings.redis_url else None,
    )
    websocket.mend(socketio.server)
    app.extensions["live_opened"], app.extensions["live_closed"] = [], []
    socketio.on_event("connect", _connect)
    socketio.on_event("disconnect", _disconnect)


def on_open(app: Flask, opened: Opened) -> None:
    """Call a function for each socket that a member opens, in its request; it reads there what the socket is for."""
    app.extensions["live_opened"].append(opened)


def on_close(app: Flask, closed: Closed) -> None:
    """Call a function for each socket that was closed, in its request."""
    app.extensions["live_closed"].append(closed)


def announce(channel: str, event: str, payload: object) -> None:
    """Tell the sockets of a channel something; an effect for after the commit. What must arrive is a row as well."""
    socketio.emit(event, payload, to=channel)


def close(channel: str, reason: str) -> None:
    """Tell the sockets of a channel why, and close them, in every process; an effect for after the commit."""
    _close(channel, reason)


def evict(member_id: int, reason: str) -> None:
    """Tell every open socket of a member why, and close it; an effect for after the commit."""
    _close(_room_of(member_id), reason)


def evict_browser(browser: str, reason: str) -> None:
    """As `evict`, for the sockets of one browser only (session[BROWSER] names it): somebody signed out there."""
    _close(_room_of_browser(browser), reason)


def _connect(auth: object = None) -> None:
    if not current_user.is_authenticated or current_user.suspended:
        raise Refused("sign in first")
    join_room(_room_of(current_user.id))
    if BROWSER in session:
        join_room(_room_of_browser(session[BROWSER]))
    for opened in current_app.extensions["live_opened"]:
        opened(auth)


def _disconnect(_reason: object = None) -> None:
    for closed in current_app.extensions["live_closed"]:
        closed()


def _close(room: str, reason: str) -> None:
    socketio.emit("room:evicted", {"reason": reason}, to=room)
    rooms = socketio.server.manager
    if isinstance(rooms, SharedRooms):
        rooms.close_room(room)
    else:
        _disconnect_all(room)


def _disconnect_all(room: str) -> None:
    """Close the sockets of a room that this process holds."""
    server = socketio.server
    for sid, _ in list(server.manager.get_participants("/", room)):
        server.disconnect(sid, ignore_queue=True)


def _room_of(member_id: int) -> str:
    return f"member:{member_id}"


def _room_of_browser(browser: str) -> str:
    return f"browser:{browser}"
