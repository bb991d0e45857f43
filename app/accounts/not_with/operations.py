"""Wishing, and taking it back. Neither leaves an audit row: leads read that log, and these wishes are not for them."""

from sqlalchemy import delete

from app.accounts.not_with.models import NotWith
from app.core import clock
from app.core.db import db, insert


def wish_apart(member_id: int, other_id: int) -> None:
    """Keep a member and another one from being put together; what is booked already stays."""
    if member_id == other_id:
        raise ValueError("nobody can be kept apart from themselves")
    db.session.execute(
        insert(NotWith)
        .values(member_id=member_id, other_id=other_id, wished_at=clock.now())
        .on_conflict_do_nothing(index_elements=["member_id", "other_id"])
    )


def take_back(member_id: int, other_id: int) -> None:
    """Forget a member's wish; one that the other person has stays."""
    db.session.execute(delete(NotWith).where(NotWith.member_id == member_id, NotWith.other_id == other_id))
