"""Counting again what counters say: each night, and whenever somebody asks. What differs is reported, and mended."""

from dataclasses import dataclass

from sqlalchemy import case, func, or_, select, true, update

from app.core.db import db
from app.forums.models import Board, Post, Topic
from app.forums.rules import PostState


@dataclass(frozen=True, slots=True)
class Drift:
    """A counter that differs from what is there. It names no words and no people."""

    thing: str  # "topic" or "board"
    thing_id: int
    counted: tuple[int, int]
    there: tuple[int, int]


def drift() -> list[Drift]:
    """Every topic (posts, newest number) and board (topics, posts) whose counters are wrong."""
    return _of_topics() + _of_boards()


def mend() -> list[Drift]:
    """Set what differs to what is there, in the caller's transaction; gives what it found.

    It holds each wrong topic, and then its board, and looks at them once more: somebody may have posted meanwhile.
    """
    found = drift()
    for wrong in found:
        if wrong.thing == "topic":
            _mend_topic(wrong.thing_id)
    for wrong in _of_boards():
        _mend_board(wrong.thing_id)
    return found


def _mend_topic(topic_id: int) -> None:
    db.session.execute(select(Topic.id).where(Topic.id == topic_id).with_for_update())
    for wrong in _of_topics(topic_id):
        posts, newest = wrong.there
        newest_at = select(Post.created_at).where(Post.topic_id == topic_id, Post.number == newest).scalar_subquery()
        last_number = case((Topic.last_number < newest, newest), else_=Topic.last_number)
        db.session.execute(
            update(Topic)
            .where(Topic.id == topic_id)
            .values(
                posts=posts,
                newest_number=newest,
                last_number=last_number,
                newest_at=func.coalesce(newest_at, Topic.created_at),
            )
            .execution_options(synchronize_session=False)
        )


def _mend_board(board_id: int) -> None:
    db.session.execute(select(Board.id).where(Board.id == board_id).with_for_update())
    for wrong in _of_boards(board_id):
        topics, posts = wrong.there
        db.session.execute(
            update(Board)
            .where(Board.id == board_id)
            .values(topics=topics, posts=posts)
            .execution_options(synchronize_session=False)
        )


def _of_topics(topic_id: int | None = None) -> list[Drift]:
    there = (
        select(Post.topic_id, func.count().label("posts"), func.max(Post.number).label("newest"))
        .where(Post.state == PostState.PUBLISHED, true() if topic_id is None else Post.topic_id == topic_id)
        .group_by(Post.topic_id)
        .subquery()
    )
    posts, newest = func.coalesce(there.c.posts, 0), func.coalesce(there.c.newest, 0)
    rows = db.session.execute(
        select(Topic.id, Topic.posts, Topic.newest_number, posts, newest)
        .outerjoin(there, there.c.topic_id == Topic.id)
        .where(
            or_(Topic.posts != posts, Topic.newest_number != newest),
            true() if topic_id is None else Topic.id == topic_id,
        )
        .order_by(Topic.id)
    )
    return [Drift("topic", row[0], (row[1], row[2]), (row[3], row[4])) for row in rows]


def _of_boards(board_id: int | None = None) -> list[Drift]:
    there = (
        select(Topic.board_id, func.count().label("topics"), func.sum(Topic.posts).label("posts"))
        .where(Topic.state == PostState.PUBLISHED)
        .group_by(Topic.board_id)
        .subquery()
    )
    topics, posts = func.coalesce(there.c.topics, 0), func.coalesce(there.c.posts, 0)
    rows = db.session.execute(
        select(Board.id, Board.topics, Board.posts, topics, posts)
        .outerjoin(there, there.c.board_id == Board.id)
        .where(
            or_(Board.topics != topics, Board.posts != posts),
            true() if board_id is None else Board.id == board_id,
        )
        .order_by(Board.id)
    )
    return [Drift("board", row[0], (row[1], row[2]), (row[3], row[4])) for row in rows]
