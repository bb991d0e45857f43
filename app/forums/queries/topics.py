"""Topics, as a reader sees them."""

from sqlalchemy import select

from app.core.db import db
from app.forums.models import Board, Topic
from app.forums.queries import readable
from app.forums.rules import Reader


def topic(reader: Reader, topic_id: int) -> tuple[Topic, Board] | None:
    """A topic that the reader reads, and its board, as objects: for whoever means to change something."""
    row = db.session.execute(
        select(Topic, Board)
        .join(Board, Board.id == Topic.board_id)
        .where(Topic.id == topic_id, readable.topics(reader))
    ).one_or_none()
    return (row[0], row[1]) if row else None


def newest_number(reader: Reader, topic_id: int) -> int | None:
    """The number of the newest published post of a topic; None of one that the reader does not read."""
    return db.session.scalar(
        select(Topic.newest_number)
        .join(Board, Board.id == Topic.board_id)
        .where(Topic.id == topic_id, readable.topics(reader))
    )
