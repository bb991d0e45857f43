"""Numbers of posts and counters of topics and boards: `SET n = n + 1` in the transaction that changes what is counted.

Read-modify-write in Python would lose counts. `operations.reconciling` counts again each night and reports drift.
"""

from datetime import datetime

from sqlalchemy import case, func, select, update

from app.core.db import db
from app.forums.models import Board, Post, Topic
from app.forums.rules import PostState


def next_number(topic_id: int) -> int:
    """Take the number of a new post; whoever asks at the same time waits and gets the next one."""
    return db.session.execute(
        update(Topic)
        .where(Topic.id == topic_id)
        .values(last_number=Topic.last_number + 1)
        .returning(Topic.last_number)
        .execution_options(synchronize_session=False)
    ).scalar_one()


def count_in(topic_id: int, number: int, at: datetime) -> None:
    """A post of a topic is published now (also: again), after its row says so. `at` is when it was written."""
    is_newest = Topic.newest_number < number
    board_id, state = db.session.execute(
        update(Topic)
        .where(Topic.id == topic_id)
        .values(
            posts=Topic.posts + 1,
            newest_number=case((is_newest, number), else_=Topic.newest_number),
            newest_at=case((is_newest, at), else_=Topic.newest_at),
        )
        .returning(Topic.board_id, Topic.state)
        .execution_options(synchronize_session=False)
    ).one()
    if state is PostState.PUBLISHED:
        _add_to_board(board_id, posts=1)


def count_out(topic_id: int) -> None:
    """A post of a topic is published no more, after its row says so."""
    shown = (Post.topic_id == topic_id) & (Post.state == PostState.PUBLISHED)
    newest = select(func.max(Post.number)).where(shown).scalar_subquery()
    newest_at = select(Post.created_at).where(shown).order_by(Post.number.desc()).limit(1).scalar_subquery()
    board_id, state = db.session.execute(
        update(Topic)
        .where(Topic.id == topic_id)
        .values(
            posts=Topic.posts - 1,
            newest_number=func.coalesce(newest, 0),
            newest_at=func.coalesce(newest_at, Topic.created_at),
        )
        .returning(Topic.board_id, Topic.state)
        .execution_options(synchronize_session=False)
    ).one()
    if state is PostState.PUBLISHED:
        _add_to_board(board_id, posts=-1)


def count_topic_in(topic_id: int) -> None:
    """A topic as a whole is published now, with what it holds, after its row says so."""
    board_id, posts = _held_in(topic_id)
    _add_to_board(board_id, topics=1, posts=posts)


def count_topic_out(topic_id: int) -> None:
    """A topic as a whole is published no more, after its row says so."""
    board_id, posts = _held_in(topic_id)
    _add_to_board(board_id, topics=-1, posts=-posts)


def _held_in(topic_id: int) -> tuple[int, int]:
    board_id, posts = db.session.execute(select(Topic.board_id, Topic.posts).where(Topic.id == topic_id)).one()
    return board_id, posts


def _add_to_board(board_id: int, *, topics: int = 0, posts: int = 0) -> None:
    db.session.execute(
        update(Board)
        .where(Board.id == board_id)
        .values(topics=Board.topics + topics, posts=Board.posts + posts)
        .execution_options(synchronize_session=False)
    )
