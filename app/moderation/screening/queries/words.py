"""The words that the moderators of a programme watch."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core.db import db
from app.moderation.screening.models import WatchedWord
from app.moderation.screening.watchwords import Watched


def rows(programme_id: int) -> Sequence[WatchedWord]:
    """Every watched word of a programme, in the order of the alphabet."""
    return db.session.scalars(
        select(WatchedWord).where(WatchedWord.programme_id == programme_id).order_by(WatchedWord.pattern)
    ).all()


def row(programme_id: int, word_id: int) -> WatchedWord | None:
    """One of them; None for those of another programme."""
    return db.session.scalar(
        select(WatchedWord).where(WatchedWord.programme_id == programme_id, WatchedWord.id == word_id)
    )


def watched(programme_id: int) -> list[Watched]:
    """The same as the rules need them."""
    found = db.session.execute(
        select(WatchedWord.pattern, WatchedWord.effect, WatchedWord.suggestion)
        .where(WatchedWord.programme_id == programme_id)
        .order_by(WatchedWord.pattern)
    )
    return [Watched(*each) for each in found]
