"""The topics of a board, a page at a time: pinned ones first, then by what is new."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, select, true, tuple_

from app.accounts.models import Member
from app.core.prepared import Prepared
from app.forums.cursors import Cursor
from app.forums.models import Alias, Board, BoardPosition, ReadingPosition, Tag, Topic, TopicTag
from app.forums.queries import readable
from app.forums.queries.boards import is_unread, own_position, since
from app.forums.rules import PAGE, Follow, PostState, Reader, TopicKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list is narrowed down to."""

    tag: str = ""
    unanswered: bool = False  # questions without an accepted answer
    unread: bool = False


@dataclass(frozen=True, slots=True)
class ListedTopic:
    """A topic in a list. `author`: the name or alias of whoever began it; None for a former member."""

    id: int
    title: str
    kind: TopicKind
    state: PostState
    pinned: bool
    closed: bool
    accepted_number: int | None
    posts: int
    newest_number: int
    newest_at: datetime
    author: str | None
    tags: str | None
    last_read: int | None
    follow: Follow | None
    is_unread: bool

    @property
    def tag_list(self) -> list[str]:
        """Its tags."""
        return self.tags.split(",") if self.tags else []

    @property
    def new_posts(self) -> int:
        """How many posts are new to somebody who has read some of it."""
        return self.newest_number - (self.last_read or 0)


@dataclass(frozen=True, slots=True)
class TopicPage:
    """Some topics, and where the list goes on (None: this is the end)."""

    rows: list[ListedTopic]
    after: Cursor | None


def topics(reader: Reader, board_id: int, wanted: Wanted, after: Cursor | None) -> TopicPage:
    """The topics of a board that the reader reads; whoever asks has looked the board up for them."""
    values = readable.parameters(reader) | since(reader) | {"board_id": board_id, "tag": wanted.tag}
    if after:
        values |= {"pinned": after.pinned, "newest_at": after.newest_at, "topic_id": after.topic_id}
    statement = _topics(reader.shape, bool(wanted.tag), wanted.unanswered, wanted.unread, after is not None)
    found = [ListedTopic(*row) for row in statement.rows(values)]
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    return TopicPage(shown, Cursor(last.pinned, last.newest_at, last.id) if last else None)


@cache
def _topics(reader: Reader, tagged: bool, unanswered: bool, unread: bool, goes_on: bool) -> Prepared:  # noqa: FBT001
    new = is_unread(BoardPosition.read_until)
    named = (
        select(func.aggregate_strings(Tag.slug, ","))
        .join(TopicTag, TopicTag.tag_id == Tag.id)
        .where(TopicTag.topic_id == Topic.id)
        .correlate(Topic)
        .scalar_subquery()
    )
    found = (
        select(
            Topic.id,
            Topic.title,
            Topic.kind,
            Topic.state,
            Topic.pinned,
            Topic.closed,
            Topic.accepted_number,
            Topic.posts,
            Topic.newest_number,
            Topic.newest_at,
            func.coalesce(Alias.name, Member.name).label("author"),
            named.label("tags"),
            ReadingPosition.last_read,
            ReadingPosition.follow,
            new.label("is_unread"),
        )
        .join(Board, Board.id == Topic.board_id)
        .outerjoin(Alias, and_(Topic.anonymous, Alias.topic_id == Topic.id, Alias.member_id == Topic.author_id))
        # The name of whoever began it under an alias is not even read.
        .outerjoin(Member, and_(~Topic.anonymous, Member.id == Topic.author_id))
        .outerjoin(ReadingPosition, own_position(reader))
        .outerjoin(
            BoardPosition,
            and_(BoardPosition.board_id == Board.id, BoardPosition.member_id == readable.me(reader)),
        )
        .where(Topic.board_id == bindparam("board_id"), readable.topics(reader))
        .order_by(Topic.pinned.desc(), Topic.newest_at.desc(), Topic.id.desc())
        .limit(PAGE + 1)
    )
    return Prepared(
        found.where(
            _tagged() if tagged else true(),
            and_(Topic.kind == TopicKind.QUESTION, Topic.accepted_number.is_(None)) if unanswered else true(),
            new if unread else true(),
            _later() if goes_on else true(),
        )
    )


def _tagged() -> ColumnElement[bool]:
    return exists().where(TopicTag.topic_id == Topic.id, TopicTag.tag_id == Tag.id, Tag.slug == bindparam("tag"))


def _later() -> ColumnElement[bool]:
    """What comes after a row in the order of the list; compared as a whole, so that the index leads there."""
    # Each value says its type: in a tuple it would go in as the driver writes it, which is not how a moment is kept.
    after = tuple_(
        bindparam("pinned", type_=Topic.pinned.type),
        bindparam("newest_at", type_=Topic.newest_at.type),
        bindparam("topic_id", type_=Topic.id.type),
    )
    return tuple_(Topic.pinned, Topic.newest_at, Topic.id) < after
