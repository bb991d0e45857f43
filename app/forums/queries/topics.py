"""One topic, as a reader sees it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import and_, bindparam, func, select

from app.accounts.models import Member
from app.core.db import db
from app.core.prepared import Prepared
from app.forums.models import Alias, Board, ReadingPosition, Tag, Topic, TopicTag
from app.forums.queries import readable
from app.forums.queries.boards import own_position
from app.forums.rules import Audience, Follow, Label, PostState, Reader, TopicKind, pages_of


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic on its page, with what the page says of its board. `last_read` is 0 for who has not opened it yet."""

    id: int
    title: str
    kind: TopicKind
    state: PostState
    pinned: bool
    closed: bool
    posts: int
    newest_number: int
    last_number: int
    accepted_number: int | None
    created_at: datetime
    anonymous: bool
    author: str | None
    is_mine: bool
    tags: str | None
    last_read: int
    follow: Follow
    board_id: int
    board_slug: str
    board_name: str
    board_label: Label
    board_audience: Audience
    board_anonymity: bool
    board_pre_approval: bool
    board_sensitive: bool
    board_closed: bool
    acknowledged: bool

    @property
    def tag_list(self) -> list[str]:
        """Its tags."""
        return self.tags.split(",") if self.tags else []

    @property
    def pages(self) -> int:
        """How many pages its published posts have."""
        return pages_of(self.newest_number)

    @property
    def is_open(self) -> bool:
        """Whether members can write in it."""
        return self.state is PostState.PUBLISHED and not self.closed and not self.board_closed

    @property
    def must_agree(self) -> bool:
        """Whether the reader has to agree to the board's label first. Then nothing else of this may be shown."""
        return self.board_label.is_acknowledged and not self.acknowledged


def shown(reader: Reader, topic_id: int) -> ShownTopic | None:
    """A topic on a board that the reader knows of; the page asks them to agree to its label where they have not."""
    row = _shown(reader.shape).one(readable.parameters(reader) | {"topic_id": topic_id})
    return ShownTopic(*row) if row else None


def topic(reader: Reader, topic_id: int) -> tuple[Topic, Board] | None:
    """A topic that the reader reads, and its board, as objects: for whoever means to change something."""
    row = db.session.execute(
        select(Topic, Board)
        .join(Board, Board.id == Topic.board_id)
        .where(Topic.id == topic_id, readable.topics(reader))
    ).one_or_none()
    return (row[0], row[1]) if row else None


def newest_number(reader: Reader, topic_id: int) -> int | None:
    """The number of the newest published post of a topic; None of one that the reader does not read."""
    return db.session.scalar(
        select(Topic.newest_number)
        .join(Board, Board.id == Topic.board_id)
        .where(Topic.id == topic_id, readable.topics(reader))
    )


@cache
def _shown(reader: Reader) -> Prepared:
    tags = (
        select(func.aggregate_strings(Tag.slug, ","))
        .join(TopicTag, TopicTag.tag_id == Tag.id)
        .where(TopicTag.topic_id == Topic.id)
        .correlate(Topic)
        .scalar_subquery()
    )
    return Prepared(
        select(
            Topic.id,
            Topic.title,
            Topic.kind,
            Topic.state,
            Topic.pinned,
            Topic.closed,
            Topic.posts,
            Topic.newest_number,
            Topic.last_number,
            Topic.accepted_number,
            Topic.created_at,
            Topic.anonymous,
            func.coalesce(Alias.name, Member.name).label("author"),
            func.coalesce(Topic.author_id == readable.me(reader), False).label("is_mine"),
            tags.label("tags"),
            func.coalesce(ReadingPosition.last_read, 0).label("last_read"),
            func.coalesce(ReadingPosition.follow, Follow.NORMAL).label("follow"),
            Board.id.label("board_id"),
            Board.slug.label("board_slug"),
            Board.name.label("board_name"),
            Board.label.label("board_label"),
            Board.audience.label("board_audience"),
            Board.anonymity.label("board_anonymity"),
            Board.pre_approval.label("board_pre_approval"),
            Board.sensitive.label("board_sensitive"),
            Board.closed.label("board_closed"),
            readable.acknowledged(reader).label("acknowledged"),
        )
        .join(Board, Board.id == Topic.board_id)
        .outerjoin(Alias, and_(Topic.anonymous, Alias.topic_id == Topic.id, Alias.member_id == Topic.author_id))
        .outerjoin(Member, and_(~Topic.anonymous, Member.id == Topic.author_id))
        .outerjoin(ReadingPosition, own_position(reader))
        .where(Topic.id == bindparam("topic_id"), readable.found_boards(reader), readable.shown_topics(reader))
    )
