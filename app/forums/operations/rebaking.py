"""Cooking again what was cooked by an earlier version of app.core.html, some posts at a time."""

from sqlalchemy import select

from app.core.db import db
from app.core.html import COOK_VERSION, cook, plain
from app.forums.models import Post

AT_A_TIME = 200


def rebake_some() -> int:
    """Cook some posts again, in the caller's transaction; gives how many, 0 when none is left.

    Their words stay as they are, so that nobody is told and nothing is held.
    """
    old = (
        select(Post)
        .where(Post.cook_version != COOK_VERSION)
        .order_by(Post.id)
        .limit(AT_A_TIME)
        .with_for_update(skip_locked=True)
    )
    posts = db.session.scalars(old).all()
    for post in posts:
        post.html = cook(post.body)
        post.plain = plain(post.html)
        post.cook_version = COOK_VERSION
    db.session.flush()
    return len(posts)
