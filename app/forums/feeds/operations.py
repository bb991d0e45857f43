"""Making and removing the secret addresses of feeds."""

import hashlib
import secrets

from sqlalchemy import delete

from app.core import clock
from app.core.db import db
from app.forums.feeds.models import ForumFeed
from app.forums.rules import Reader

LENGTH = 32  # bytes


def renew(reader: Reader, board_id: int | None) -> None:
    """Give a reader a new address; an older one stops working at once."""
    revoke(reader, board_id)
    secret = secrets.token_urlsafe(LENGTH)
    db.session.add(
        ForumFeed(
            programme_id=reader.programme_id,
            member_id=reader.member_id,
            board_id=board_id,
            digest=digest_of(secret),
            secret=secret,
            made_at=clock.now(),
        )
    )
    db.session.flush()


def revoke(reader: Reader, board_id: int | None) -> None:
    """Let nobody follow it any more."""
    db.session.execute(
        delete(ForumFeed).where(
            ForumFeed.member_id == reader.member_id,
            ForumFeed.programme_id == reader.programme_id,
            ForumFeed.board_id.is_(None) if board_id is None else ForumFeed.board_id == board_id,
        )
    )


def digest_of(secret: str) -> str:
    """What a secret is found by. It is long and random, so a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()
