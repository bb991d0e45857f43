"""Collections and pieces, scoped to the reader. What is shown is decided here, each time: consent, post and author."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Member
from app.core.db import db
from app.forums.collections.models import Collection, CollectionPiece
from app.forums.collections.rules import BY_A_MEMBER, SAID_NO, PieceState
from app.forums.models import Board, Post, Topic
from app.forums.queries import readable
from app.forums.rules import PostState, Reader


class ShownPiece(NamedTuple):
    """A piece as a page shows it; `by` is a name only where its author wants it."""

    piece: CollectionPiece
    by: str


class Shelf(NamedTuple):
    """A collection in the list."""

    collection: Collection
    pieces: int


def shown() -> ColumnElement[bool]:
    """The pieces that everybody may read; for a select that joins Post, Topic and Member (the author).

    Agreed to, not taken back; the post is neither hidden nor gone, and its author's account is neither.
    """
    return and_(
        CollectionPiece.state == PieceState.SHOWN,
        Post.state == PostState.PUBLISHED,
        Topic.state == PostState.PUBLISHED,
        Member.active,
    )


def shelves(reader: Reader) -> list[Shelf]:
    """The collections of the programme, by title; empty ones are for those who fill them."""
    counted = _shown_pieces(func.count(CollectionPiece.id)).where(CollectionPiece.collection_id == Collection.id)
    rows = db.session.execute(
        select(Collection, counted.correlate(Collection).scalar_subquery())
        .where(_of(reader))
        .order_by(Collection.title, Collection.id)
    ).all()
    return [Shelf(row[0], row[1]) for row in rows if row[1] or reader.moderates]


def collection(reader: Reader, slug: str) -> Collection | None:
    """A collection of the programme."""
    return db.session.scalar(select(Collection).where(_of(reader), Collection.slug == slug))


def pieces(reader: Reader, collection_id: int) -> list[ShownPiece]:
    """The pieces of a collection, in their order."""
    found = _shown_pieces(CollectionPiece, Member.name).where(CollectionPiece.collection_id == collection_id)
    return _named(found.where(_open_to(reader)).order_by(CollectionPiece.position, CollectionPiece.id))


def search(reader: Reader, words: str, most: int = 50) -> list[ShownPiece]:
    """The pieces that have all of some words in them, the newest first."""
    found = _shown_pieces(CollectionPiece, Member.name).where(_open_to(reader))
    for word in words.split():
        found = found.where(CollectionPiece.plain.icontains(word, autoescape=True))
    newest_first = found.options(joinedload(CollectionPiece.collection)).order_by(CollectionPiece.id.desc())
    return _named(newest_first.limit(most))


def new_since(reader: Reader, since: datetime, until: datetime) -> int:
    """How many pieces were first shown between two moments; for community updates."""
    counted = _shown_pieces(func.count(CollectionPiece.id)).where(
        _open_to(reader), CollectionPiece.answered_at > since, CollectionPiece.answered_at <= until
    )
    return db.session.scalar(counted) or 0


def for_moderators(reader: Reader, collection_id: int) -> Sequence[CollectionPiece]:
    """All pieces of a collection, whatever became of them, the live ones first."""
    if not reader.moderates:
        return []
    found = (
        select(CollectionPiece)
        .where(CollectionPiece.collection_id == collection_id, CollectionPiece.programme_id == reader.programme_id)
        .options(joinedload(CollectionPiece.post))
        .order_by(CollectionPiece.position, CollectionPiece.id)
    )
    return db.session.scalars(found).all()


def piece(reader: Reader, piece_id: int) -> CollectionPiece | None:
    """A piece of the programme, for those who look after collections."""
    if not reader.moderates:
        return None
    return db.session.scalar(
        select(CollectionPiece).where(
            CollectionPiece.id == piece_id, CollectionPiece.programme_id == reader.programme_id
        )
    )


def mine(member_id: int) -> Sequence[CollectionPiece]:
    """Everything that somebody wrote and was asked for, the newest first; in whichever programme."""
    found = (
        select(CollectionPiece)
        .join(Post, Post.id == CollectionPiece.post_id)
        .where(Post.author_id == member_id)
        .options(joinedload(CollectionPiece.collection))
        .order_by(CollectionPiece.id.desc())
    )
    return db.session.scalars(found).all()


def my_piece(member_id: int, piece_id: int) -> CollectionPiece | None:
    """One of them."""
    return db.session.scalar(
        select(CollectionPiece)
        .join(Post, Post.id == CollectionPiece.post_id)
        .where(CollectionPiece.id == piece_id, Post.author_id == member_id)
    )


def has_said_no(post_id: int) -> bool:
    """Whether its author declined, or took their consent back: they are not asked a second time."""
    no = exists().where(CollectionPiece.post_id == post_id, CollectionPiece.state.in_(sorted(SAID_NO)))
    return db.session.scalar(select(no)) or False


def post_to_propose(reader: Reader, post_id: int) -> tuple[Post, Topic, Board] | None:
    """A published post that a moderator reads."""
    if not reader.moderates:
        return None
    row = db.session.execute(
        select(Post, Topic, Board)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(
            Post.id == post_id,
            readable.posts(reader),
            Post.state == PostState.PUBLISHED,
            Topic.state == PostState.PUBLISHED,
        )
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else None


def over() -> Sequence[CollectionPiece]:
    """Live pieces whose post or author is gone for good: their words are to go, too."""
    found = (
        select(CollectionPiece)
        .join(Post, Post.id == CollectionPiece.post_id)
        .outerjoin(Member, Member.id == Post.author_id)
        .where(
            CollectionPiece.state.in_([PieceState.ASKED, PieceState.SHOWN]),
            Post.state.in_([PostState.REMOVED, PostState.DELETED]) | Post.author_id.is_(None) | ~Member.active,
        )
    )
    return db.session.scalars(found).all()


def _shown_pieces(*what: Any) -> Select[Any]:  # noqa: ANN401 - columns
    found: Select[Any] = select(*what)
    return (
        found.select_from(CollectionPiece)
        .join(Post, Post.id == CollectionPiece.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Member, Member.id == Post.author_id)
        .where(shown())
    )


def _named(found: Select[Any]) -> list[ShownPiece]:
    rows = db.session.execute(found).all()
    return [ShownPiece(row[0], row[1] if row[0].credit else BY_A_MEMBER) for row in rows]


def _open_to(reader: Reader) -> ColumnElement[bool]:
    return CollectionPiece.programme_id == reader.programme_id if reader.takes_part else false()


def _of(reader: Reader) -> ColumnElement[bool]:
    return Collection.programme_id == reader.programme_id if reader.takes_part else false()
