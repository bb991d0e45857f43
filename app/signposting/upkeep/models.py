"""What is kept about the keeping of the directory: earlier texts, imports, suggestions of members."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UtcDateTime, text_enum
from app.signposting.models import SupportService
from app.signposting.upkeep.rules import Change, Outcome, Plan, Stage, Verdict


class ServiceVersion(Model):
    """What an entry said after a change: its public part as Open Referral has it, and where it stood.

    Nobody's name is in here: people in `ServiceContact` have no history.
    """

    __tablename__ = "service_version"
    __table_args__ = (UniqueConstraint("service_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"))
    version: Mapped[int]
    change: Mapped[Change] = mapped_column(text_enum(Change))
    why: Mapped[str] = mapped_column(String(300), default="")
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    standing: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class ImportBatch(Model):
    """One import, from the file or address that was named to the day it was undone, if it ever is.

    `source` names the feed: entries are known by it and by their id there. `content` is a file that waits to be read.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint("done >= 0 AND done <= total", name="done_of_total"),
        Index("ix_import_batch_listed", "programme_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    source: Mapped[str] = mapped_column(String(80))
    origin: Mapped[str] = mapped_column(String(500))
    content: Mapped[str | None] = mapped_column(Text)
    ours: Mapped[bool] = mapped_column(default=False)
    publish: Mapped[bool] = mapped_column(default=False)
    stage: Mapped[Stage] = mapped_column(text_enum(Stage), default=Stage.WAITING)
    fault: Mapped[str] = mapped_column(String(300), default="")
    notes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ImportRow(Model):
    """One entry of an import: what it becomes, what was changed or refused of it, and what was there before."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("batch_id", "number"),
        Index("ix_import_row_todo", "batch_id", "outcome", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(200), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    plan: Mapped[Plan] = mapped_column(text_enum(Plan))
    findings: Mapped[list[Any]] = mapped_column(JSON, default=list)
    document: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome), default=Outcome.WAITING)
    fault: Mapped[str] = mapped_column(String(300), default="")
    service_id: Mapped[int | None] = mapped_column(ForeignKey("support_service.id", ondelete="SET NULL"), index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    version: Mapped[int | None]


class Suggestion(Model):
    """What a member says should be different about an entry. Only the team reads it."""

    __tablename__ = "service_suggestion"
    __table_args__ = (
        CheckConstraint("(verdict IS NULL) = (settled_at IS NULL)", name="settled_with_a_verdict"),
        Index("ix_service_suggestion_open", "programme_id", "settled_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(String(1000))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verdict: Mapped[Verdict | None] = mapped_column(text_enum(Verdict))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))

    service: Mapped[SupportService] = relationship()
