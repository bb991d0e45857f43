"""One's own drafts; nobody else's are ever read."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, select

from app.core.db import db
from app.forums.models import Draft, Post
from app.forums.rules import Reader


def at(reader: Reader, place: str) -> Sequence[Draft]:
    """What the reader is writing at a place, the latest first."""
    return db.session.scalars(
        select(Draft).where(_mine(reader), Draft.place == place).order_by(Draft.saved_at.desc(), Draft.id.desc())
    ).all()


def every(reader: Reader) -> Sequence[Draft]:
    """All that the reader is writing, the latest first; there are never more than a few dozen (drafting.MOST)."""
    return db.session.scalars(
        select(Draft)
        .where(_mine(reader), Draft.programme_id == reader.programme_id)
        .order_by(Draft.saved_at.desc(), Draft.id.desc())
    ).all()


def by_key(reader: Reader, key: str) -> Draft | None:
    """One of the reader's drafts."""
    return db.session.scalar(select(Draft).where(_mine(reader), Draft.key == key))


def _mine(reader: Reader) -> ColumnElement[bool]:
    """Theirs, but not what was posted while it was being saved for the last time."""
    posted = exists().where(Post.author_id == reader.member_id, Post.client_key == Draft.key)
    return and_(Draft.member_id == reader.member_id, ~posted)
