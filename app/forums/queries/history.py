"""What a post said before it was changed."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select

from app.core.db import db
from app.forums import mentions
from app.forums.models import Post, PostRevision
from app.forums.queries import audience


@dataclass(frozen=True, slots=True)
class Version:
    """What a post said up to a moment. Who changed it is not told: it was its author, or "a moderator"."""

    title: str
    html: Markup
    until: datetime
    by_moderator: bool


def versions(post: Post) -> list[Version]:
    """The versions of a post before the present one, the latest first."""
    kept = db.session.scalars(
        select(PostRevision).where(PostRevision.post_id == post.id).order_by(PostRevision.version.desc())
    ).all()
    names = audience.names({each for row in kept for each in mentions.mentioned(row.body).shown})
    return [
        Version(
            title=row.title,
            html=Markup(mentions.show(row.html, names)),  # noqa: S704 - cooked when it was written
            until=row.replaced_at,
            by_moderator=row.replaced_by_id != post.author_id,
        )
        for row in kept
    ]
