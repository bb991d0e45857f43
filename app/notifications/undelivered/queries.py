"""What is read of messages that were given up; never their words."""

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import load_only

from app.core import pages
from app.core.db import db
from app.core.outbox import OutboxMessage
from app.core.pages import Page


def dead(programme_id: int, page: int) -> Page[OutboxMessage]:
    """The messages of a programme, and of the service as a whole, that were given up; the latest first."""
    return pages.page(_dead(programme_id).order_by(OutboxMessage.dead_at.desc(), OutboxMessage.id.desc()), page)


def dead_message(programme_id: int, message_id: int) -> OutboxMessage | None:
    """One of them."""
    return db.session.scalar(_dead(programme_id).where(OutboxMessage.id == message_id))


def _dead(programme_id: int) -> Select[OutboxMessage]:
    of_here = or_(OutboxMessage.programme_id == programme_id, OutboxMessage.programme_id.is_(None))
    shown = (
        OutboxMessage.programme_id,
        OutboxMessage.kind,
        OutboxMessage.key,
        OutboxMessage.created_at,
        OutboxMessage.dead_at,
        OutboxMessage.attempts,
        OutboxMessage.last_error,
    )
    return select(OutboxMessage).options(load_only(*shown)).where(OutboxMessage.dead_at.is_not(None), of_here)
