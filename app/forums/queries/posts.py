"""The posts of a topic, as a reader sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from markupsafe import Markup
from sqlalchemy import and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import aliased

from app.accounts.models import Member
from app.core.db import db
from app.core.prepared import Prepared
from app.forums import mentions
from app.forums.models import Alias, Board, Bookmark, Mention, Post, Reaction, Topic
from app.forums.queries import readable
from app.forums.rules import GONE, PAGE, PostState, ReactionKind, Reader

Parent = aliased(Post)


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post on the page of its topic. `html` is None where only a line says that a post was there.

    `author`: their name or alias, None for a former member; `profession` is empty under an alias.
    """

    id: int
    number: int
    state: PostState
    created_at: datetime
    edited_at: datetime | None
    author: str | None
    profession: str | None
    is_alias: bool
    is_mine: bool
    is_bookmarked: bool
    reply_to_id: int | None
    reply_to: int | None
    html: str | None

    @property
    def markup(self) -> Markup:
        """What was cooked when it was written."""
        return Markup(self.html or "")  # noqa: S704 - core.html made it safe


@dataclass(frozen=True, slots=True)
class Reacted:
    """How many said something to a post, and whether the reader did."""

    count: int
    mine: bool


Reactions = Mapping[int, Mapping[ReactionKind, Reacted]]  # by post and kind


def page(reader: Reader, topic_id: int, first: int) -> list[ShownPost]:
    """The posts from a number on that are on one page; the view has looked the topic up for this reader."""
    values = readable.parameters(reader) | {"topic_id": topic_id, "first": first, "last": first + PAGE - 1}
    return with_names([ShownPost(*row) for row in _page(reader.shape).rows(values)])


def one(reader: Reader, topic_id: int, number: int) -> ShownPost | None:
    """One post of a topic that the view has looked up for this reader."""
    values = readable.parameters(reader) | {"topic_id": topic_id, "first": number, "last": number}
    row = _page(reader.shape).one(values)
    return with_names([ShownPost(*row)])[0] if row else None


def with_names(found: list[ShownPost]) -> list[ShownPost]:
    """Posts with the names of those whom they mention, as they are now; asked only where there are any."""
    mentioning = [post.id for post in found if post.html and mentions.MARK in post.html]
    if not mentioning:
        return found
    rows = db.session.execute(
        select(Mention.post_id, Member.id, Member.name)
        .join(Member, Member.id == Mention.member_id)
        .where(Mention.post_id.in_(mentioning))
    )
    names: dict[int, dict[int, str]] = {}
    for post_id, member_id, name in rows:
        names.setdefault(post_id, {})[member_id] = name
    return [
        replace(post, html=mentions.show(post.html, names.get(post.id, {}))) if post.html else post for post in found
    ]


def reactions(reader: Reader, topic_id: int, first: int) -> Reactions:
    """What was said to the posts of a page of a topic that the view has looked up for this reader."""
    found: dict[int, dict[ReactionKind, Reacted]] = {}
    values = {"reader_id": reader.member_id, "topic_id": topic_id, "first": first, "last": first + PAGE - 1}
    for post_id, kind, count, mine in _REACTIONS.rows(values):
        found.setdefault(post_id, {})[kind] = Reacted(count, bool(mine))
    return found


def post(reader: Reader, post_id: int) -> tuple[Post, Topic, Board] | None:
    """A post whose words the reader reads, its topic and board, as objects: for whoever means to change something."""
    row = db.session.execute(
        select(Post, Topic, Board)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(Post.id == post_id, readable.posts(reader))
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else None


def place(reader: Reader, post_id: int) -> tuple[int, int] | None:
    """Topic and number of a post on a board that the reader knows of; also of one that is gone."""
    row = db.session.execute(
        select(Post.topic_id, Post.number)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(
            Post.id == post_id,
            readable.found_boards(reader),
            readable.shown_topics(reader),
            or_(readable.shown_posts(reader), readable.in_state(Post, GONE)),
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


_REACTIONS = Prepared(
    select(
        Reaction.post_id,
        Reaction.kind,
        func.count(),
        func.max(case((Reaction.member_id == bindparam("reader_id"), 1), else_=0)),
    )
    .join(Post, Post.id == Reaction.post_id)
    .where(Post.topic_id == bindparam("topic_id"), Post.number.between(bindparam("first"), bindparam("last")))
    .group_by(Reaction.post_id, Reaction.kind)
)


@cache
def _page(reader: Reader) -> Prepared:
    gone = readable.in_state(Post, GONE)
    told = true() if reader.moderates else ~gone  # of whom nothing but the number is left, nobody learns who it was
    return Prepared(
        select(
            Post.id,
            Post.number,
            Post.state,
            Post.created_at,
            Post.edited_at,
            case((told, func.coalesce(Alias.name, Member.name))).label("author"),
            case((told, Member.profession)).label("profession"),
            Post.alias_id.is_not(None).label("is_alias"),
            func.coalesce(Post.author_id == readable.me(reader), False).label("is_mine"),
            Bookmark.post_id.is_not(None).label("is_bookmarked"),
            case((told, Post.reply_to_id)).label("reply_to_id"),
            case((told, Parent.number)).label("reply_to"),
            case((told, Post.html)).label("html"),
        )
        .outerjoin(Alias, Alias.id == Post.alias_id)
        # The name of whoever writes under an alias is not even read.
        .outerjoin(Member, and_(Post.alias_id.is_(None), Member.id == Post.author_id))
        .outerjoin(Bookmark, and_(Bookmark.post_id == Post.id, Bookmark.member_id == readable.me(reader)))
        .outerjoin(Parent, and_(Parent.id == Post.reply_to_id, Parent.topic_id == Post.topic_id))
        .where(
            Post.topic_id == bindparam("topic_id"),
            Post.number.between(bindparam("first"), bindparam("last")),
            or_(readable.shown_posts(reader), gone),
        )
        .order_by(Post.number)
    )
