"""The boards of a programme, as a reader sees them."""

from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import db
from app.forums.models import Board
from app.forums.queries import readable
from app.forums.rules import Reader


@dataclass(frozen=True, slots=True)
class FoundBoard:
    """A board that the reader may know of, and whether they have agreed to its label."""

    board: Board
    acknowledged: bool


def found(reader: Reader) -> list[FoundBoard]:
    """The boards that the reader knows of, in their order."""
    rows = db.session.execute(
        select(Board, readable.acknowledged(reader))
        .where(readable.found_boards(reader))
        .order_by(Board.position, Board.name, Board.id)
    )
    return [FoundBoard(board, bool(acknowledged)) for board, acknowledged in rows]


def board(reader: Reader, slug: str) -> FoundBoard | None:
    """A board that the reader knows of."""
    row = db.session.execute(
        select(Board, readable.acknowledged(reader)).where(readable.found_boards(reader), Board.slug == slug)
    ).one_or_none()
    return FoundBoard(row[0], bool(row[1])) if row else None
