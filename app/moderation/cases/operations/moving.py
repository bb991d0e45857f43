"""One move of a case: a conditional update from exactly the states that the table of moves names."""

from typing import Any

from sqlalchemy import ColumnElement, update

from app.core.db import db
from app.moderation.cases.machine import Event, sources, target
from app.moderation.cases.models import ModerationCase


def advance(case_id: int, event: Event, *conditions: ColumnElement[bool], **values: Any) -> bool:  # noqa: ANN401
    """Move a case, if it stands where the event can happen and the conditions hold; whether this call moved it."""
    moved = (
        update(ModerationCase)
        .where(ModerationCase.id == case_id, ModerationCase.state.in_(sources(event)), *conditions)
        .values(state=target(event), **values)
        .returning(ModerationCase.id)
        .execution_options(synchronize_session=False)
    )
    if db.session.scalar(moved) is None:
        return False
    db.session.expire_all()
    return True
