"""How much somebody wants to hear of a topic or a board."""

from typing import Any

from sqlalchemy import case, literal, select

from app.core import clock
from app.core.db import UtcDateTime, db, insert
from app.forums.models import Board, BoardPosition, ReadingPosition, Topic
from app.forums.rules import Follow, Reader


def follow_topic(reader: Reader, topic: Topic, follow: Follow) -> None:
    """Follow or mute a topic, or neither."""
    _put(reader, topic, {"follow": follow}, {"follow": follow})


def follow_own(reader: Reader, topic: Topic, number: int) -> None:
    """Whoever writes in a topic follows it, unless they muted it; their own post is not new to them.

    What stood before it and was not read yet stays new.
    """
    had_read_all = ReadingPosition.last_read == number - 1
    _put(
        reader,
        topic,
        {"follow": Follow.FOLLOWING, "last_read": 1 if number == 1 else 0},
        {
            "follow": case((ReadingPosition.follow == Follow.MUTED, Follow.MUTED.value), else_=Follow.FOLLOWING.value),
            "last_read": case((had_read_all, number), else_=ReadingPosition.last_read),
        },
    )


def follow_board(reader: Reader, board: Board, follow: Follow) -> None:
    """Follow or mute a board, or neither."""
    now = clock.now()
    row = {
        "member_id": reader.member_id,
        "board_id": board.id,
        "programme_id": board.programme_id,
        "follow": follow,
        "read_until": reader.joined_at or now,
    }
    db.session.execute(
        insert(BoardPosition)
        .values(row)
        .on_conflict_do_update(index_elements=["member_id", "board_id"], set_={"follow": follow})
    )


def follow_along(topic: Topic, other: Topic) -> None:
    """Whoever follows or muted a topic does so with another one that takes posts of it; all of it is new to them."""
    own = select(
        ReadingPosition.member_id,
        literal(other.id).label("topic_id"),
        ReadingPosition.programme_id,
        literal(0).label("last_read"),
        ReadingPosition.follow,
        literal(clock.now(), UtcDateTime).label("at"),
    ).where(ReadingPosition.topic_id == topic.id, ReadingPosition.follow != Follow.NORMAL)
    columns = ["member_id", "topic_id", "programme_id", "last_read", "follow", "at"]
    db.session.execute(insert(ReadingPosition).from_select(columns, own).on_conflict_do_nothing())


def _put(reader: Reader, topic: Topic, fresh: dict[str, Any], change: dict[str, Any]) -> None:
    now = clock.now()
    row = {
        "member_id": reader.member_id,
        "topic_id": topic.id,
        "programme_id": topic.programme_id,
        "last_read": 0,
        "at": now,
    }
    db.session.execute(
        insert(ReadingPosition)
        .values(row | fresh)
        .on_conflict_do_update(index_elements=["member_id", "topic_id"], set_=change)
    )
