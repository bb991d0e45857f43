"""Risks and their records, of one programme."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.moderation.law.models import Risk, RiskRecord


def risks(programme_id: int) -> Sequence[Risk]:
    """What is assessed, in the order in which it was thought of."""
    return db.session.scalars(select(Risk).where(Risk.programme_id == programme_id).order_by(Risk.id)).all()


def risk(programme_id: int, risk_id: int) -> Risk | None:
    """One of them; None for those of another programme."""
    return db.session.scalar(select(Risk).where(Risk.programme_id == programme_id, Risk.id == risk_id))


def records(programme_id: int) -> Sequence[RiskRecord]:
    """What was kept, the newest first; one a year, and a few more."""
    return db.session.scalars(
        select(RiskRecord)
        .where(RiskRecord.programme_id == programme_id)
        .options(joinedload(RiskRecord.kept_by))
        .order_by(RiskRecord.number.desc())
    ).all()


def record(programme_id: int, number: int) -> RiskRecord | None:
    """One of them."""
    return db.session.scalar(
        select(RiskRecord)
        .where(RiskRecord.programme_id == programme_id, RiskRecord.number == number)
        .options(joinedload(RiskRecord.kept_by))
    )


def to_review(by: date) -> Sequence[RiskRecord]:
    """The newest record of each programme that has to be reviewed by a day."""
    newest = select(func.max(RiskRecord.id)).group_by(RiskRecord.programme_id)
    return db.session.scalars(
        select(RiskRecord).where(RiskRecord.id.in_(newest), RiskRecord.review_on <= by).order_by(RiskRecord.id)
    ).all()
