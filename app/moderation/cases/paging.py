"""Where a page of a list ends, as it stands in an address; rows are found by what comes after it, never by counting."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
PARTS = 3
LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Mark:
    """The last row of a page of the queue: its urgency, when it was opened, its id."""

    urgency: int
    opened_at: datetime
    id: int

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{self.urgency}-{(self.opened_at - EPOCH) // MICROSECOND}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """The mark in an address; None for anything else."""
        parts = text.split("-")
        if len(parts) != PARTS or not all(part.isascii() and part.isdigit() for part in parts):
            return None
        urgency, moment, number = (int(part[:19]) for part in parts)
        try:
            return cls(urgency, EPOCH + moment * MICROSECOND, min(number, LARGEST))
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; with a kind when a finding covers it."""

    text: str
    kind: str | None = None


def highlighted(text: str, spans: list[tuple[int, int, str]]) -> list[Piece]:
    """A text cut at its findings (start, end, kind), in order; where findings overlap the first one counts.

    The pieces put together are always the whole text.
    """
    pieces, at = [], 0
    for start, end, kind in sorted(spans):
        start, end = max(start, at), min(end, len(text))  # noqa: PLW2901 - cut to what is left
        if start >= end:
            continue
        if at < start:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], kind))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
