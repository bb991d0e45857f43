"""What was decided, what that took from a member, and the appeal against it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Member
from app.core.crypto import EncryptedJson, EncryptedText
from app.core.db import Model, UtcDateTime, text_enum
from app.moderation.cases.models.case import ModerationCase
from app.moderation.cases.rules import Measure, Outcome

STANDING = text("undone_at IS NULL")


class Decision(Model):
    """How a case was settled, with ground and rule. One stands for each case; undone ones stay in the books.

    `before` is what the feature needs to put things back. Nobody is told before `tell_at`.
    """

    __tablename__ = "moderation_decision"
    __table_args__ = (
        Index(
            "uq_moderation_decision_standing", "case_id", unique=True, postgresql_where=STANDING, sqlite_where=STANDING
        ),
        CheckConstraint("(measure IN ('silence', 'suspend')) = (measure_until IS NOT NULL)", name="lasts_until"),
        CheckConstraint("undone_at IS NULL OR told_at IS NULL", name="undone_or_told"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome))
    measure: Mapped[Measure] = mapped_column(text_enum(Measure))
    measure_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ground: Mapped[str] = mapped_column(String(40))
    rule: Mapped[str | None] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(EncryptedText)
    before: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tell_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reversed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    case: Mapped[ModerationCase] = relationship()
    decided_by: Mapped[Member] = relationship(foreign_keys=[decided_by_id])
    member: Mapped[Member | None] = relationship(foreign_keys=[member_id])


class Penalty(Model):
    """A warning, silence or suspension that a decision brought. Expunged: as if it had never been."""

    __tablename__ = "moderation_penalty"
    __table_args__ = (Index("ix_moderation_penalty_member", "member_id", "programme_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id"), unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    kind: Mapped[Measure] = mapped_column(text_enum(Measure))
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expunged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Appeal(Model):
    """The request that somebody else looks again, once for each decision; it is a case of its own (`case_id`)."""

    __tablename__ = "moderation_appeal"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("moderation_decision.id"), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"), unique=True)
    appealed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    decision: Mapped[Decision] = relationship()
    case: Mapped[ModerationCase] = relationship()
