"""Incidents, their sealed evidence, and every opening of it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Member
from app.core.crypto import EncryptedText
from app.core.db import Model, UtcDateTime


class Incident(Model):
    """A breach: what was taken away, what was cleared with it (counts by words), and what was noted since."""

    __tablename__ = "incident"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    where_label: Mapped[str] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(200))
    shown: Mapped[list[str]] = mapped_column(JSON)  # codes of rules.Shown
    shown_since: Mapped[datetime] = mapped_column(UtcDateTime)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    notes: Mapped[str] = mapped_column(EncryptedText, default="")
    digest: Mapped[str] = mapped_column(String(64))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    opened_by: Mapped[Member] = relationship(foreign_keys=[opened_by_id])


class SealedEvidence(Model):
    """What was taken away, closed; its hash is in the audit log."""

    __tablename__ = "sealed_evidence"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    contents: Mapped[str] = mapped_column(EncryptedText)


class EvidenceOpening(Model):
    """A request to open the evidence, and the second person's agreement."""

    __tablename__ = "evidence_opening"
    __table_args__ = (
        CheckConstraint("agreed_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("(agreed_by_id IS NULL) = (agreed_at IS NULL)", name="agreed_at_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    why: Mapped[str] = mapped_column(EncryptedText)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    asked_by: Mapped[Member] = relationship(foreign_keys=[asked_by_id])
    agreed_by: Mapped[Member | None] = relationship(foreign_keys=[agreed_by_id])
