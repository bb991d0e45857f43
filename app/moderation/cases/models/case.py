"""Cases, what brought them, what was seen then, and what was decided. Nothing here is deleted with its subject."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Member
from app.core.crypto import EncryptedJson, EncryptedText
from app.core.db import Model, UtcDateTime, text_enum
from app.moderation.cases.machine import State
from app.moderation.cases.rules import LONGEST_ALIAS, LONGEST_LABEL, LONGEST_PATH, Lane, Reason, Route, Source

WAITING = text("decided_at IS NULL")


class ModerationCase(Model):
    """One thing that moderators deal with. A subject has at most one that waits; without an id, each is its own.

    `version` rises with each concern that joins, so that nobody decides about less than there is. `excluded_id` is
    whoever decided what is appealed against. `due_at` is by when it has to be answered.
    """

    __tablename__ = "moderation_case"
    __table_args__ = (
        Index(
            "uq_moderation_case_waiting", "subject_type", "subject_id", unique=True,
            postgresql_where=WAITING, sqlite_where=WAITING,
        ),
        Index(
            "ix_moderation_case_queue", "programme_id", "urgency", "opened_at", "id",
            postgresql_where=WAITING, sqlite_where=WAITING,
        ),
        Index("ix_moderation_case_subject", "subject_type", "subject_id"),
        CheckConstraint("(state IN ('open', 'claimed')) = (decided_at IS NULL)", name="decided_at_a_time"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at_a_time"),
        CheckConstraint("(claimed_by_id IS NULL) = (claimed_at IS NULL)", name="claimed_at_a_time"),
        CheckConstraint("state <> 'open' OR claimed_by_id IS NULL", name="open_to_all"),
        CheckConstraint("state <> 'claimed' OR claimed_by_id IS NOT NULL", name="claimed_by_somebody"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    lane: Mapped[Lane] = mapped_column(text_enum(Lane))
    urgency: Mapped[int]
    route: Mapped[Route] = mapped_column(text_enum(Route))
    state: Mapped[State] = mapped_column(text_enum(State))
    version: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    excluded_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    joined_to_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_case.id"))
    alarmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    author: Mapped[Member | None] = relationship(foreign_keys=[author_id])
    claimed_by: Mapped[Member | None] = relationship(foreign_keys=[claimed_by_id])
    concerns: Mapped[list["Concern"]] = relationship(order_by="Concern.id", back_populates="case")


class CaseSnapshot(Model):
    """What was said when somebody raised a concern; the same words are kept once. `seen` tells whether they are."""

    __tablename__ = "moderation_snapshot"
    __table_args__ = (UniqueConstraint("case_id", "seen"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(EncryptedText)
    body: Mapped[str] = mapped_column(EncryptedText)
    html: Mapped[str] = mapped_column(EncryptedText)
    cook_version: Mapped[int]
    shown_as: Mapped[str | None] = mapped_column(String(LONGEST_ALIAS))
    where_label: Mapped[str] = mapped_column(String(LONGEST_LABEL))
    path: Mapped[str] = mapped_column(String(LONGEST_PATH))
    surroundings: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)


class Concern(Model):
    """What brought a case: a report, a hold, a complaint, an appeal, or a moderator's own eyes.

    `findings` are kinds and counts; where they stand in the text (`spans`) is closed, because it points at them.
    """

    __tablename__ = "moderation_concern"
    __table_args__ = (
        UniqueConstraint("case_id", "reporter_id", "reason"),
        CheckConstraint("source <> 'member' OR contact IS NULL", name="members_are_told_here"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    source: Mapped[Source] = mapped_column(text_enum(Source))
    reason: Mapped[Reason] = mapped_column(text_enum(Reason))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(EncryptedText)
    contact: Mapped[str | None] = mapped_column(EncryptedText)
    findings: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    spans: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_snapshot.id"))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped[ModerationCase] = relationship(back_populates="concerns")
    snapshot: Mapped[CaseSnapshot | None] = relationship()
    reporter: Mapped[Member | None] = relationship(foreign_keys=[reporter_id])
