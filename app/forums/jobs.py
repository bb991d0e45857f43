"""What the worker does for forums."""

import logging

from sqlalchemy import select

from app.core import clock, outbox
from app.core.db import db, transaction
from app.core.outbox import Message
from app.forums.models import Post, Topic
from app.forums.operations import drafts, forgetting, reconciling, telling
from app.forums.operations.announcing import announce

log = logging.getLogger(__name__)


def tell(message: Message) -> None:
    """Tell those who want to hear of a post; pages that are open learn of it too, if a moderator published it."""
    post_id = message.payload["post_id"]
    with transaction() as after:
        telling.tell(post_id)
        after.append(outbox.wake)
    found = select(Topic.id, Topic.newest_number).join(Post, Post.topic_id == Topic.id).where(Post.id == post_id)
    row = db.session.execute(found).one_or_none()
    db.session.rollback()
    if row is not None:
        announce(row.id, row.newest_number)


def forget() -> None:
    """Let go of old drafts, and of words that their authors deleted long ago."""
    now = clock.now()
    with transaction():
        drafts.forget_old(now)
        forgetting.forget_deleted(now)


def reconcile() -> None:
    """Count again what counters say. A wrong one is mended, and reported, because there is a mistake behind it."""
    with transaction():
        found = reconciling.mend()
    for wrong in found:
        log.error("%s %d counted %s, but there were %s", wrong.thing, wrong.thing_id, wrong.counted, wrong.there)
