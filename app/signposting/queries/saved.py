"""A member's own list."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from app.core.db import db
from app.signposting.criteria import Seeker
from app.signposting.models import SavedService, SupportService
from app.signposting.queries.entries import briefly, visible

MOST = 100


def saved(member_id: int, seeker: Seeker) -> Sequence[SupportService]:
    """What a member keeps, as far as it is still there, the newest first."""
    return db.session.scalars(
        briefly(visible(seeker))
        .join(SavedService, SavedService.service_id == SupportService.id)
        .where(SavedService.member_id == member_id)
        .order_by(SavedService.saved_at.desc(), SupportService.id)
        .limit(MOST)
    ).all()


def is_saved(member_id: int, service_id: int) -> bool:
    """Whether a service is on a member's list."""
    row = exists().where(SavedService.member_id == member_id, SavedService.service_id == service_id)
    return bool(db.session.scalar(select(row)))
