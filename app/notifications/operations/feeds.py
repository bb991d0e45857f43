"""The secret address at which a member's calendar can be followed."""

import hashlib
import secrets

from sqlalchemy import delete

from app.core import clock
from app.core.db import db, insert
from app.notifications.models import CalendarFeed

LENGTH = 32  # bytes


def renew(member_id: int) -> None:
    """Give a member a new address; an older one stops working at once."""
    secret = secrets.token_urlsafe(LENGTH)
    made = {"digest": digest_of(secret), "secret": secret, "made_at": clock.now()}
    db.session.execute(
        insert(CalendarFeed)
        .values(member_id=member_id, **made)
        .on_conflict_do_update(index_elements=["member_id"], set_=made)
    )


def revoke(member_id: int) -> None:
    """Let nobody follow a member's calendar any more."""
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.member_id == member_id))


def digest_of(secret: str) -> str:
    """What a secret is found by. It is long and random, so a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()
