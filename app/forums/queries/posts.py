"""Posts, as a reader sees them."""

from sqlalchemy import select

from app.core.db import db
from app.forums.models import Board, Post, Topic
from app.forums.queries import readable
from app.forums.rules import Reader


def post(reader: Reader, post_id: int) -> tuple[Post, Topic, Board] | None:
    """A post whose words the reader reads, its topic and board, as objects: for whoever means to change something."""
    row = db.session.execute(
        select(Post, Topic, Board)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(Post.id == post_id, readable.posts(reader))
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else None
