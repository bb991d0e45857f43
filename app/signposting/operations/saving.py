"""A member's own list of services. It leaves no trace but its rows, and goes with the member."""

from sqlalchemy import delete, select

from app.core import clock
from app.core.db import db, insert
from app.signposting.models import SavedService, SupportService


def save(member_id: int, service_id: int) -> None:
    """Put a service on the list; twice is once."""
    db.session.execute(
        insert(SavedService)
        .values(member_id=member_id, service_id=service_id, saved_at=clock.now())
        .on_conflict_do_nothing()
    )


def forget(member_id: int, slug: str) -> None:
    """Take a service off the list."""
    named = select(SupportService.id).where(SupportService.slug == slug)
    db.session.execute(
        delete(SavedService).where(SavedService.member_id == member_id, SavedService.service_id.in_(named))
    )
