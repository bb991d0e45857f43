"""Letting go of words that their authors took away: the line that something was there stays, what it said does not.

What was reported is kept with its case, and nowhere else.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.core.db import db
from app.forums.models import Mention, Post, PostRevision, Quote
from app.forums.rules import PostState

KEPT = timedelta(days=30)  # after deleting: for a moderator who has to look at what happened
AT_A_TIME = 500


def forget_deleted(now: datetime) -> None:
    """Empty what was deleted a month ago, with its earlier versions."""
    while ids := _due(now):
        for table in (PostRevision, Mention, Quote):
            db.session.execute(delete(table).where(table.post_id.in_(ids)))
        db.session.execute(
            update(Post)
            .where(Post.id.in_(ids))
            .values(body="", html="", plain="")
            .execution_options(synchronize_session=False)
        )


def _due(now: datetime) -> list[int]:
    due = select(Post.id).where(Post.state == PostState.DELETED, Post.state_at < now - KEPT, Post.body != "")
    return list(db.session.scalars(due.limit(AT_A_TIME)))
