"""What the worker does about introductions."""

from app.core import clock, outbox
from app.core.db import db, transaction
from app.signposting.introductions.operations import settle_by_id
from app.signposting.introductions.queries import profiles_to_settle


def settle_introductions() -> None:
    """Let go what nobody answered, and offer what is free; each profile in a transaction of its own."""
    profile_ids = profiles_to_settle(clock.now())
    db.session.rollback()
    for profile_id in profile_ids:
        with transaction() as after:
            settle_by_id(profile_id)
            after.append(outbox.wake)
