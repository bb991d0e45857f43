"""Posts that are pointed at."""

from collections.abc import Collection

from sqlalchemy import select

from app.core.db import db
from app.forums.models import Board, Post, Topic
from app.forums.queries import readable
from app.forums.rules import PostState, Reader


def readable_among(reader: Reader, post_ids: Collection[int]) -> list[int]:
    """Those of some published posts that the reader reads."""
    if not post_ids:
        return []
    return list(
        db.session.scalars(
            select(Post.id)
            .join(Topic, Topic.id == Post.topic_id)
            .join(Board, Board.id == Topic.board_id)
            .where(Post.id.in_(post_ids), Post.state == PostState.PUBLISHED, readable.posts(reader))
        )
    )
