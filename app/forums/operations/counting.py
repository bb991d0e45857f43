"""Topics whose posts change state or place: held while they do, and counted again afterwards.

Whoever changes a topic holds its row first, then its board's, so that two writers wait for each other and never in a
ring. What a new post adds is `counters`' business.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select, update

from app.core.db import db
from app.forums.models import Board, Post, Topic
from app.forums.rules import PostState


def hold(*topic_ids: int) -> dict[int, Topic]:
    """Topics as they are now, held until the transaction ends; always in the same order."""
    found = (
        select(Topic)
        .where(Topic.id.in_(topic_ids))
        .order_by(Topic.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {topic.id: topic for topic in db.session.scalars(found)}


@contextmanager
def changing(*topic_ids: int) -> Iterator[dict[int, Topic]]:
    """Hold topics while their posts change state or place; afterwards they and their boards count what is there.

    Gives the topics by their ids. Posts are to be read inside and changed through the session.
    """
    topics = hold(*topic_ids)
    before = [(topic.board_id, *_in_board(topic)) for topic in topics.values()]
    yield topics
    db.session.flush()
    for topic in topics.values():
        _recount(topic)
    after = [(topic.board_id, *_in_board(topic)) for topic in topics.values()]
    _change_boards(before, after)


def _recount(topic: Topic) -> None:
    """Bring the counters of a topic up to what is published in it."""
    published = (Post.topic_id == topic.id) & (Post.state == PostState.PUBLISHED)
    newest = select(Post.number, Post.created_at).where(published).order_by(Post.number.desc()).limit(1)
    row = db.session.execute(newest).one_or_none()
    topic.posts = db.session.scalar(select(func.count()).where(published)) or 0
    topic.newest_number = row.number if row else 0
    topic.newest_at = row.created_at if row else topic.created_at
    db.session.flush()


def _in_board(topic: Topic) -> tuple[int, int]:
    """What a topic adds to its board: topics and posts, nothing while it is not published."""
    return (1, topic.posts) if topic.state is PostState.PUBLISHED else (0, 0)


def _change_boards(before: list[tuple[int, int, int]], after: list[tuple[int, int, int]]) -> None:
    changes: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for counted, sign in ((before, -1), (after, 1)):
        for board_id, topics, posts in counted:
            changes[board_id][0] += sign * topics
            changes[board_id][1] += sign * posts
    for board_id, (topics, posts) in sorted(changes.items()):
        if topics or posts:
            db.session.execute(
                update(Board)
                .where(Board.id == board_id)
                .values(topics=Board.topics + topics, posts=Board.posts + posts)
                .execution_options(synchronize_session=False)
            )
