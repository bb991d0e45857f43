"""Drafts: saved while somebody writes, on every device, and gone in the transaction that posts them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, delete, func, select

from app.core import clock
from app.core.db import db, insert
from app.forums.drafting import KEPT, MOST, Saving, Words, saving
from app.forums.models import Draft, Post
from app.forums.rules import Reader


class TooManyError(Exception):
    """They have as many drafts as anybody needs; one has to go before another one is kept."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Under which key and version words are kept now. `apart`: as a draft of their own, beside what is kept already."""

    key: str
    version: int
    at: datetime
    apart: bool = False


def save(reader: Reader, place: str, key: str, seen_version: int, words: Words) -> Saved | None:
    """Keep what somebody writes; None when it was posted already, from the same page. Raises TooManyError."""
    while True:
        kept = db.session.scalar(
            select(Draft).where(_mine(reader, key)).with_for_update().execution_options(populate_existing=True)
        )
        if kept is None and _was_posted(reader, key):
            return None
        known = Words(**kept.words) if kept else None
        verdict = saving(words, seen_version, known, kept.version if kept else 0)
        if kept and verdict is Saving.SAME:
            return Saved(kept.key, kept.version, kept.saved_at)
        if kept and verdict is Saving.REPLACE:
            kept.words, kept.version, kept.saved_at = asdict(words), kept.version + 1, clock.now()
            db.session.flush()
            return Saved(kept.key, kept.version, kept.saved_at)
        fresh = _new(reader, place, key if verdict is Saving.NEW else str(uuid4()), words)
        if fresh is not None:
            return Saved(fresh.key, fresh.version, fresh.saved_at, apart=verdict is Saving.APART)


def discard(reader: Reader, key: str) -> bool:
    """Throw a draft away; False when it is none of theirs or gone already."""
    return db.session.scalar(delete(Draft).where(_mine(reader, key)).returning(Draft.id)) is not None


def clear(member_id: int, key: str) -> None:
    """Let go of the draft of what is being posted."""
    db.session.execute(delete(Draft).where(Draft.member_id == member_id, Draft.key == key))


def forget_old(now: datetime) -> None:
    """Remove drafts that nobody went on with for half a year."""
    db.session.execute(delete(Draft).where(Draft.saved_at < now - KEPT))


def _new(reader: Reader, place: str, key: str, words: Words) -> Draft | None:
    """A new row; None when another tab began one under the same key at the same moment."""
    counted = db.session.scalar(select(func.count()).where(Draft.member_id == reader.member_id)) or 0
    if counted >= MOST:
        raise TooManyError
    row = {
        "programme_id": reader.programme_id,
        "member_id": reader.member_id,
        "place": place,
        "key": key,
        "words": asdict(words),
        "version": 1,
        "saved_at": clock.now(),
    }
    made = insert(Draft).values(row).on_conflict_do_nothing(index_elements=["member_id", "key"]).returning(Draft)
    return db.session.scalars(made).one_or_none()


def _mine(reader: Reader, key: str) -> ColumnElement[bool]:
    return and_(Draft.member_id == reader.member_id, Draft.key == key)


def _was_posted(reader: Reader, key: str) -> bool:
    posted = select(Post.id).where(Post.author_id == reader.member_id, Post.client_key == key)
    return db.session.scalar(posted) is not None
