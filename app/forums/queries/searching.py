"""Searching topics and posts: only what the reader reads, the newest first unless they ask for the best.

The index holds published posts of published topics (its triggers see to that), so what is held or hidden is not found,
not even by its author. Whoever writes under an alias is never found by name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
    true,
)

from app.accounts.models import Member
from app.core import clock
from app.core.db import db, is_sqlite
from app.forums.models import Alias, Board, Post, Tag, Topic, TopicTag
from app.forums.queries import readable
from app.forums.rules import PAGE, Reader
from app.forums.searching import Term, for_fts5, for_websearch

MOST_RANKED = 500  # ranking every match of a common word would take seconds: only so many of the newest are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is searched for: `board` and `tag` are slugs, `days` how far back, `before` a post to go on after."""

    terms: tuple[Term, ...] = ()
    board: str = ""
    author: str = ""
    tag: str = ""
    days: int | None = None
    answered: bool = False
    best: bool = False
    before: int | None = None

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.terms or self.author or self.tag)


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post that was found."""

    id: int
    topic_id: int
    number: int
    title: str
    board_slug: str
    board_name: str
    author: str | None
    created_at: datetime
    is_answer: bool
    plain: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, and the post after which it goes on (None: this is all)."""

    posts: list[FoundPost]
    before: int | None


def search(reader: Reader, wanted: Wanted) -> Found:
    """What the reader reads of what was searched for."""
    values = readable.parameters(reader) | {
        "words": (for_fts5 if is_sqlite() else for_websearch)(list(wanted.terms)),
        "board": wanted.board,
        "author": wanted.author.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"),
        "tag": wanted.tag,
        "after": clock.now() - timedelta(days=wanted.days or 0),
        "before": wanted.before,
    }
    narrowed = tuple(name for name in _CONDITIONS if getattr(wanted, name))
    statement = _found(reader.shape, bool(wanted.terms), wanted.best and bool(wanted.terms), narrowed, is_sqlite())
    found = [FoundPost(*row) for row in db.session.execute(statement, values)]
    goes_on = len(found) > PAGE and not wanted.best
    return Found(found[:PAGE], found[PAGE - 1].id if goes_on else None)


_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "board": Board.slug == bindparam("board"),
    "author": and_(
        Post.alias_id.is_(None),
        Post.author_id.in_(select(Member.id).where(Member.name.icontains(bindparam("author"), escape="\\"))),
    ),
    "tag": exists().where(TopicTag.topic_id == Post.topic_id, TopicTag.tag_id == Tag.id, Tag.slug == bindparam("tag")),
    "days": Post.created_at >= bindparam("after"),
    "answered": Topic.accepted_number.is_not(None),
    "before": Post.id < bindparam("before"),
}

_SQLITE = table("fts_post", column("rowid", Integer))
_POSTGRESQL = table("fts_post", column("post_id", Integer), column("search"))


@cache
def _found(
    reader: Reader,
    has_words: bool,  # noqa: FBT001 - the key of a cache
    best: bool,  # noqa: FBT001
    narrowed: tuple[str, ...],
    sqlite: bool,  # noqa: FBT001
) -> Select[*tuple[Any, ...]]:
    index = _SQLITE if sqlite else _POSTGRESQL
    key = index.c.rowid if sqlite else index.c.post_id
    order = key if has_words else Post.id
    found = (
        select(
            Post.id,
            Post.topic_id,
            Post.number,
            Topic.title,
            Board.slug.label("board_slug"),
            Board.name.label("board_name"),
            func.coalesce(Alias.name, Member.name).label("author"),
            Post.created_at,
            func.coalesce(Topic.accepted_number == Post.number, case((true(), False))).label("is_answer"),
            Post.plain,
        )
        .select_from(index.join(Post, Post.id == key) if has_words else Post.__table__)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .outerjoin(Alias, Alias.id == Post.alias_id)
        .outerjoin(Member, and_(Post.alias_id.is_(None), Member.id == Post.author_id))
        .where(readable.posts(reader), *(_CONDITIONS[name] for name in narrowed))
        .limit(PAGE + 1)
    )
    if not has_words:
        return found.order_by(order.desc())
    found = found.where(_matches(sqlite=sqlite))
    if not best:
        return found.order_by(order.desc())
    newest = (
        select(key)
        .select_from(index.join(Post, Post.id == key))
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(_matches(sqlite=sqlite), readable.posts(reader), *(_CONDITIONS[name] for name in narrowed))
        .order_by(key.desc())
        .limit(MOST_RANKED)
    )
    return found.where(key.in_(newest)).order_by(_rank(sqlite=sqlite), order.desc())


def _matches(*, sqlite: bool) -> ColumnElement[bool]:
    if sqlite:
        return literal_column("fts_post").op("MATCH", is_comparison=True)(bindparam("words"))
    return _POSTGRESQL.c.search.op("@@", is_comparison=True)(_query())


def _rank(*, sqlite: bool) -> ColumnElement[Any]:
    """The best first; a word in the title counts five times."""
    if sqlite:
        return literal_column("bm25(fts_post, 5.0, 1.0)")
    return func.ts_rank(literal_column("'{0.1, 0.2, 0.2, 1.0}'::real[]"), _POSTGRESQL.c.search, _query()).desc()


def _query() -> ColumnElement[Any]:
    return func.websearch_to_tsquery(literal_column("'english'::regconfig"), bindparam("words"))
