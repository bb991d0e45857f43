"""The moderators' desk: who is let into a case, their notes, their canned replies and their hours."""

from datetime import datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Member
from app.core.crypto import EncryptedText
from app.core.db import Model, UtcDateTime, text_enum
from app.moderation.cases.rules import LONGEST_ANSWER, Outcome


class Invite(Model):
    """An independent reviewer who is let into one case, and into nothing else."""

    __tablename__ = "moderation_invite"
    __table_args__ = (UniqueConstraint("case_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CaseNote(Model):
    """A private note of moderators; the author of what the case is about never sees it."""

    __tablename__ = "moderation_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id"), index=True)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    words: Mapped[str] = mapped_column(EncryptedText)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    written_by: Mapped[Member] = relationship()


class CannedReply(Model):
    """Words for an author that moderators use again and again, kept by the moderators of a programme."""

    __tablename__ = "moderation_reply"
    __table_args__ = (UniqueConstraint("programme_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    title: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[Outcome | None] = mapped_column(text_enum(Outcome))
    words: Mapped[str] = mapped_column(String(LONGEST_ANSWER))
    written_by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RotaTurn(Model):
    """Hours of every week in which a moderator is there, or on call; on the clocks of London."""

    __tablename__ = "moderation_turn"
    __table_args__ = (
        UniqueConstraint("programme_id", "member_id", "weekday", "starts", "on_call"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="a_day_of_the_week"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]
    on_call: Mapped[bool] = mapped_column(default=False)

    member: Mapped[Member] = relationship()
