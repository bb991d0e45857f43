"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select

from app.core.db import db

Row = TypeVar("Row")

SIZE = 25
LAST = 10_000  # further on nobody pages; they search


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list; pages count from 1."""

    rows: Sequence[Row]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether there is something before it."""
        return self.number > 1


def page(statement: Select[Row], number: int, size: int = SIZE) -> Page[Row]:
    """A page of what a select finds; a number that makes no sense gives the nearest that does."""
    number = min(max(number, 1), LAST)
    found: Sequence[Any] = db.session.scalars(statement.offset((number - 1) * size).limit(size + 1)).all()
    return Page(found[:size], number, len(found) > size)
