"""What is new for a member, as they may read it at this moment."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select

from app.accounts.models import Member, RoleGrant
from app.accounts.not_with.queries import apart_from
from app.core.db import db
from app.forums.collections import queries as collections
from app.forums.models import Board, BoardPosition, Post, ReadingPosition, Topic
from app.forums.queries import readable
from app.forums.rules import Follow, PostState, Reader
from app.forums.updates.rules import News, Update, is_told_in_mail
from app.programme.models import Programme


def update(reader: Reader, since: datetime, until: datetime) -> Update:
    """What was published in a time and that the reader has not read: in what they follow, and in collections."""
    return Update(_topics(reader, since, until), collections.new_since(reader, since, until))


def programmes() -> list[int]:
    """Every programme."""
    return list(db.session.scalars(select(Programme.id).order_by(Programme.id)))


def members(programme_id: int) -> list[int]:
    """Everybody who holds a role in a programme and can sign in."""
    found = select(RoleGrant.member_id).join(Member, Member.id == RoleGrant.member_id)
    found = found.where(RoleGrant.programme_id == programme_id, Member.active).distinct()
    return list(db.session.scalars(found.order_by(RoleGrant.member_id)))


def _topics(reader: Reader, since: datetime, until: datetime) -> list[News]:
    """Topics that they follow, and new topics of boards that they follow; nothing muted, nothing of their own.

    Posts of somebody with whom a wish not to meet stands are left out, but not those under an alias: that fewer are
    counted than the page shows would tell whose they are.
    """
    mine = and_(ReadingPosition.topic_id == Topic.id, ReadingPosition.member_id == reader.member_id)
    of_board = and_(BoardPosition.board_id == Board.id, BoardPosition.member_id == reader.member_id)
    follows = or_(
        ReadingPosition.follow == Follow.FOLLOWING,
        and_(
            BoardPosition.follow == Follow.FOLLOWING,
            Topic.created_at > since,
            or_(ReadingPosition.follow.is_(None), ReadingPosition.follow == Follow.NORMAL),
        ),
    )
    apart = apart_from(reader.member_id) | {reader.member_id}
    by_others = or_(Post.author_id.is_(None), Post.author_id.not_in(apart))
    under_an_alias = and_(Post.alias_id.is_not(None), Post.author_id != reader.member_id)
    rows = db.session.execute(
        select(Topic.id, Topic.title, Board.name, Board.label, Board.sensitive, func.count(Post.id))
        .select_from(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .outerjoin(ReadingPosition, mine)
        .outerjoin(BoardPosition, of_board)
        .where(
            readable.posts(reader),
            follows,
            Post.state == PostState.PUBLISHED,
            Topic.state == PostState.PUBLISHED,
            Post.created_at > since,
            Post.created_at <= until,
            Post.number > func.coalesce(ReadingPosition.last_read, 0),
            or_(BoardPosition.read_until.is_(None), Post.created_at > BoardPosition.read_until),
            or_(by_others, under_an_alias),
        )
        .group_by(Topic.id, Topic.title, Board.name, Board.label, Board.sensitive, Topic.newest_at)
        .order_by(Topic.newest_at.desc(), Topic.id.desc())
    )
    return [
        News(topic_id, title, board, new, is_told_in_mail(label, sensitive=sensitive))
        for topic_id, title, board, label, sensitive, new in rows
    ]
