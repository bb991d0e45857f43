"""Live events: who has a topic open hears the number of its newest post."""

from typing import Any

from flask_login import current_user
from flask_socketio import join_room

from app.accounts.current import me, my_programme_id
from app.core.db import db
from app.core.live import socketio
from app.forums.operations.announcing import room_of
from app.forums.queries import readers, topics

LARGEST_ID = 2_147_483_647


def init_app() -> None:
    """Listen."""
    socketio.on_event("topic:open", _open)


def _open(said: object) -> dict[str, Any]:
    """Let somebody listen to a topic that they read now; anything else is refused without a reason."""
    topic_id = said.get("topic") if isinstance(said, dict) else None
    if not isinstance(topic_id, int) or not 0 < topic_id <= LARGEST_ID:
        return {"ok": False}
    try:
        newest = _newest(topic_id)
    finally:
        db.session.remove()
    if newest is None:
        return {"ok": False}
    join_room(room_of(topic_id))
    return {"ok": True, "newest": newest}


def _newest(topic_id: int) -> int | None:
    db.session.remove()  # a socket lives long: who they are is read again
    programme_id = my_programme_id() if current_user.is_authenticated else None
    if programme_id is None:
        return None
    return topics.newest_number(readers.reader(me(), programme_id), topic_id)
