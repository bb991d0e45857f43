"""The risks of a programme's community as they are assessed now, and the records that were kept of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Member
from app.core.db import Model, UtcDateTime, text_enum
from app.moderation.law.rules import LONGEST_HARM, LONGEST_NOTE, LONGEST_OWNER, Level, Occasion


class Risk(Model):
    """One harm: how it can happen here, how likely and how bad it is, what is done about it, and by whom."""

    __tablename__ = "risk"
    __table_args__ = (Index("ix_risk_programme", "programme_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    harm: Mapped[str] = mapped_column(String(LONGEST_HARM))
    how: Mapped[str] = mapped_column(Text, default="")
    likelihood: Mapped[Level] = mapped_column(text_enum(Level), default=Level.UNKNOWN)
    impact: Mapped[Level] = mapped_column(text_enum(Level), default=Level.UNKNOWN)
    measures: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str] = mapped_column(String(LONGEST_OWNER), default="")
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class RiskRecord(Model):
    """The assessment as it was kept on a day. It never changes."""

    __tablename__ = "risk_record"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    occasion: Mapped[Occasion] = mapped_column(text_enum(Occasion))
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    risks: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    review_on: Mapped[date]

    kept_by: Mapped[Member | None] = relationship()
