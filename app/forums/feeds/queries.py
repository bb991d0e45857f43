"""What a feed shows, with the membership of its owner read again each time."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select

from app.accounts.models import Member
from app.core.db import db
from app.forums.feeds.models import ForumFeed
from app.forums.feeds.rules import ENTRIES
from app.forums.models import Board, Post, ReadingPosition, Topic
from app.forums.queries import readable, readers
from app.forums.rules import Audience, Follow, Label, PostState, Reader


class Row(NamedTuple):
    """A post for a feed."""

    post: Post
    title: str
    label: Label


def followable() -> ColumnElement[bool]:
    """The boards that may have a feed (rules.may_be_followed says the same of one)."""
    return and_(Board.audience != Audience.COHORT, Board.label != Label.BOARD_ONLY, ~Board.anonymity, ~Board.sensitive)


def boards(reader: Reader) -> Sequence[Board]:
    """The boards that a reader can follow in a feed reader."""
    found = select(Board).where(readable.boards(reader), followable())
    return db.session.scalars(found.order_by(Board.position, Board.name, Board.id)).all()


def addresses(reader: Reader) -> dict[int | None, str]:
    """The secrets of a reader's feeds, by board (None: of the topics that they follow)."""
    mine = select(ForumFeed).where(
        ForumFeed.member_id == reader.member_id, ForumFeed.programme_id == reader.programme_id
    )
    return {feed.board_id: feed.secret for feed in db.session.scalars(mine)}


def feed(digest: str) -> tuple[ForumFeed, Reader] | None:
    """The feed with this digest and its owner as they stand now; None when they may read nothing any more."""
    found = db.session.scalar(select(ForumFeed).where(ForumFeed.digest == digest))
    if found is None:
        return None
    reader = readers.reader(db.session.get_one(Member, found.member_id), found.programme_id)
    return (found, reader) if reader.takes_part else None


def board(reader: Reader, board_id: int) -> Board | None:
    """A board that the reader reads and that may have a feed."""
    return db.session.scalar(select(Board).where(Board.id == board_id, readable.boards(reader), followable()))


def entries(reader: Reader, board_id: int | None) -> list[Row]:
    """The newest published posts of a board, or of the topics that the reader follows; none under an alias."""
    found = (
        select(Post, Topic.title, Board.label)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(
            readable.posts(reader),
            followable(),
            Post.state == PostState.PUBLISHED,  # moderators read more than that, but no feed does
            Topic.state == PostState.PUBLISHED,
            Post.alias_id.is_(None),
        )
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(ENTRIES)
    )
    if board_id is not None:
        found = found.where(Board.id == board_id)
    else:
        mine = and_(ReadingPosition.topic_id == Topic.id, ReadingPosition.member_id == reader.member_id)
        found = found.join(ReadingPosition, mine).where(ReadingPosition.follow == Follow.FOLLOWING)
    return [Row(row[0], row[1], row[2]) for row in db.session.execute(found)]
