"""What somebody kept to find again; nobody else learns of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from app.accounts.models import Member
from app.core.db import db
from app.core.pages import LAST, SIZE, Page
from app.forums.models import Alias, Board, Bookmark, Post, Topic
from app.forums.queries import readable
from app.forums.rules import Reader

LONGEST = 300  # characters of each


@dataclass(frozen=True, slots=True)
class Kept:
    """A post that somebody kept and can still read."""

    id: int
    title: str
    board: str
    author: str | None
    plain: str
    at: datetime


def page(reader: Reader, number: int) -> Page[Kept]:
    """The bookmarks of the reader, the latest first."""
    number = min(max(number, 1), LAST)
    rows = db.session.execute(
        select(
            Post.id,
            Topic.title,
            Board.name,
            func.coalesce(Alias.name, Member.name),
            func.substr(Post.plain, 1, LONGEST),
            Bookmark.at,
        )
        .join(Post, Post.id == Bookmark.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .outerjoin(Alias, Alias.id == Post.alias_id)
        .outerjoin(Member, and_(Post.alias_id.is_(None), Member.id == Post.author_id))
        .where(Bookmark.member_id == reader.member_id, readable.posts(reader))
        .order_by(Bookmark.at.desc(), Bookmark.post_id.desc())
        .offset((number - 1) * SIZE)
        .limit(SIZE + 1)
    ).all()
    return Page([Kept(*row) for row in rows[:SIZE]], number, len(rows) > SIZE)
