"""Who coaches or mentors, and who was introduced to whom."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Member
from app.core.crypto import EncryptedText
from app.core.db import Model, UtcDateTime, text_enum
from app.signposting.introductions.rules import LONGEST_ABOUT, LONGEST_TOPICS, MOST_AT_ONCE, State

STILL_ON = text("state IN ('waiting', 'offered', 'asked', 'agreed')")


class CoachProfile(Model):
    """What a member offers to others. `taken` counts places that are held; only operations change it."""

    __tablename__ = "coach_profile"
    __table_args__ = (
        UniqueConstraint("programme_id", "member_id"),
        CheckConstraint(f"capacity BETWEEN 1 AND {MOST_AT_ONCE}", name="a_few_people"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="never_too_many"),
        CheckConstraint("coaches OR mentors", name="offers_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    coaches: Mapped[bool]
    mentors: Mapped[bool]
    about: Mapped[str] = mapped_column(String(LONGEST_ABOUT))
    topics: Mapped[str] = mapped_column(String(LONGEST_TOPICS), default="")
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    paused: Mapped[bool] = mapped_column(default=False)
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    member: Mapped[Member] = relationship()

    @property
    def has_room(self) -> bool:
        """Whether somebody more can be introduced."""
        return not self.paused and self.taken < self.capacity

    @property
    def offers(self) -> str:
        """What it is, in words."""
        both = (("coaching", self.coaches), ("mentoring", self.mentors))
        return " and ".join(word for word, offered in both if offered)


class Introduction(Model):
    """One member asks to be introduced to another. The note is for whoever coaches, the feedback for coordinators.

    `until` is when a held place or an answer lapses. There is one live introduction for a couple at a time.
    """

    __tablename__ = "introduction"
    __table_args__ = (
        CheckConstraint("(state IN ('offered', 'asked')) = (until IS NOT NULL)", name="what_waits_has_an_end"),
        Index(
            "uq_introduction_still_on",
            "profile_id",
            "member_id",
            unique=True,
            postgresql_where=STILL_ON,
            sqlite_where=STILL_ON,
        ),
        Index("ix_introduction_line", "profile_id", "state", "asked_at", "id"),
        Index("ix_introduction_until", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("coach_profile.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    state: Mapped[State] = mapped_column(text_enum(State))
    note: Mapped[str] = mapped_column(EncryptedText, default="")
    feedback: Mapped[str] = mapped_column(EncryptedText, default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    profile: Mapped[CoachProfile] = relationship()
    member: Mapped[Member] = relationship()
