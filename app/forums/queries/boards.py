"""The boards of a programme, as a reader sees them."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, bindparam, func, or_, select

from app.core import clock
from app.core.db import db
from app.core.prepared import Prepared
from app.forums.models import Board, BoardPosition, ReadingPosition, Topic
from app.forums.queries import readable
from app.forums.rules import Audience, Follow, Label, Reader
from app.forums.unread import new_since
from app.programme.models import Cohort

MOST_COUNTED = 99  # topics with something new on a board; counting stops above


@dataclass(frozen=True, slots=True)
class FoundBoard:
    """A board that the reader may know of. Without their agreement to its label nothing in it is read."""

    id: int
    slug: str
    name: str
    description: str
    audience: Audience
    cohort_id: int | None
    cohort_name: str | None
    label: Label
    anonymity: bool
    pre_approval: bool
    sensitive: bool
    closed: bool
    topics: int
    posts: int
    follow: Follow
    acknowledged: bool

    @property
    def is_read(self) -> bool:
        """Whether the reader reads it now."""
        return self.acknowledged or not self.label.is_acknowledged

    @property
    def audience_words(self) -> str:
        """Who it is for."""
        return self.cohort_name or self.audience.words


@dataclass(frozen=True, slots=True)
class ListedBoard:
    """A board on the first page, with the number of topics that have something new (at most MOST_COUNTED + 1)."""

    board: FoundBoard
    unread: int


def listed(reader: Reader) -> list[ListedBoard]:
    """The boards that the reader knows of, in their order."""
    rows = _listed(reader.shape).rows(readable.parameters(reader) | since(reader))
    return [ListedBoard(FoundBoard(*row[:-1]), row[-1]) for row in rows]


def board(reader: Reader, slug: str) -> FoundBoard | None:
    """A board that the reader knows of."""
    row = _one(reader.shape).one(readable.parameters(reader) | {"slug": slug})
    return FoundBoard(*row) if row else None


def choices(reader: Reader) -> list[tuple[str, str]]:
    """Slug and name of each board that the reader reads."""
    rows = db.session.execute(
        select(Board.slug, Board.name).where(readable.boards(reader)).order_by(Board.position, Board.name, Board.id)
    )
    return [(row.slug, row.name) for row in rows]


def since(reader: Reader) -> dict[str, Any]:
    """From when on something is new to the reader, as the parameter that `is_unread` asks for."""
    return {"new_since": new_since(clock.now(), reader.joined_at)}


def is_unread(read_until: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Whether a topic has something new; for a select that joins Topic and, from outside, ReadingPosition."""
    return and_(
        Topic.newest_at > bindparam("new_since"),
        or_(read_until.is_(None), Topic.newest_at > read_until),
        Topic.newest_number > func.coalesce(ReadingPosition.last_read, 0),
        or_(ReadingPosition.follow.is_(None), ReadingPosition.follow != Follow.MUTED),
    )


def own_position(reader: Reader) -> ColumnElement[bool]:
    """The reader's own row for a topic."""
    return and_(ReadingPosition.topic_id == Topic.id, ReadingPosition.member_id == readable.me(reader))


_COLUMNS = (
    Board.id,
    Board.slug,
    Board.name,
    Board.description,
    Board.audience,
    Board.cohort_id,
    Cohort.name.label("cohort_name"),
    Board.label,
    Board.anonymity,
    Board.pre_approval,
    Board.sensitive,
    Board.closed,
    Board.topics,
    Board.posts,
)


def _follow(reader: Reader) -> ColumnElement[Follow]:
    """How much the reader wants to hear of the new topics of a board."""
    said = select(BoardPosition.follow).where(
        BoardPosition.board_id == Board.id, BoardPosition.member_id == readable.me(reader)
    )
    return func.coalesce(said.correlate(Board).scalar_subquery(), Follow.NORMAL)


@cache
def _one(reader: Reader) -> Prepared:
    return Prepared(
        select(*_COLUMNS, _follow(reader), readable.acknowledged(reader))
        .outerjoin(Cohort, Cohort.id == Board.cohort_id)
        .where(readable.found_boards(reader), Board.slug == bindparam("slug"))
    )


@cache
def _listed(reader: Reader) -> Prepared:
    read_until = (
        select(BoardPosition.read_until)
        .where(BoardPosition.board_id == Board.id, BoardPosition.member_id == readable.me(reader))
        .correlate(Board)
        .scalar_subquery()
    )
    new = (
        select(Topic.id)
        .outerjoin(ReadingPosition, own_position(reader))
        .where(Topic.board_id == Board.id, readable.shown_topics(reader), is_unread(read_until))
        .limit(MOST_COUNTED + 1)
        .correlate(Board)
        .subquery()
    )
    return Prepared(
        select(
            *_COLUMNS,
            _follow(reader),
            readable.acknowledged(reader),
            select(func.count()).select_from(new).scalar_subquery(),
        )
        .outerjoin(Cohort, Cohort.id == Board.cohort_id)
        .where(readable.found_boards(reader))
        .order_by(Board.position, Board.name, Board.id)
    )
