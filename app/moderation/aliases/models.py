"""Requests to reveal who wrote under an alias, and who must have no part in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Member
from app.core.crypto import EncryptedText
from app.core.db import Model, UtcDateTime, text_enum
from app.moderation.aliases.rules import RevealReason, RevealState

WAITS = text("state = 'asked'")


class RevealRequest(Model):
    """One request about one thing that was written under an alias. What is revealed is the member `author_id`."""

    __tablename__ = "reveal_request"
    __table_args__ = (
        Index(
            "uq_reveal_request_waiting", "subject_type", "subject_id", unique=True,
            postgresql_where=WAITS, sqlite_where=WAITS,
        ),
        Index("ix_reveal_request_list", "programme_id", "id"),
        CheckConstraint("answered_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_at_a_time"),
        CheckConstraint("state NOT IN ('asked', 'lapsed') OR answered_by_id IS NULL", name="nobody_answered"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    shown_as: Mapped[str] = mapped_column(String(80))
    where_label: Mapped[str] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(200))
    reason: Mapped[RevealReason] = mapped_column(text_enum(RevealReason))
    why: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[RevealState] = mapped_column(text_enum(RevealState), default=RevealState.ASKED)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    author: Mapped[Member | None] = relationship(foreign_keys=[author_id])
    asked_by: Mapped[Member] = relationship(foreign_keys=[asked_by_id])


class RevealBar(Model):
    """Somebody whom the words are by or about: for them the request does not exist."""

    __tablename__ = "reveal_bar"

    request_id: Mapped[int] = mapped_column(ForeignKey("reveal_request.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
