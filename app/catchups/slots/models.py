"""Slots, the series they belong to, who has or wants a place, and stories that need their people's consent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.catchups.slots.rules import (
    LONGEST_AGENDA,
    LONGEST_LINK,
    LONGEST_NOTES,
    LONGEST_PLACE,
    LONGEST_REASON,
    LONGEST_TOPIC,
    SignUpState,
    SlotKind,
    Way,
)
from app.catchups.slots.stories import ConsentState
from app.catchups.slots.timing import Cadence
from app.core.crypto import EncryptedText
from app.core.db import Model, UtcDateTime, text_enum

AHEAD = text("cancelled_at IS NULL")


class SlotSeries(Model):
    """A slot that comes again: its occurrences are slots of their own, which may each be changed."""

    __tablename__ = "slot_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    cadence: Mapped[Cadence] = mapped_column(text_enum(Cadence))


class Slot(Model):
    """A time at which members can meet, offered by its host.

    `taken` counts who is booked and who is offered a place; nothing but operations.places changes it. `version` rises
    with each change that people are told of. Without a cohort it is for the whole programme.
    """

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
        CheckConstraint("capacity >= 1", name="has_a_place"),
        CheckConstraint("taken >= 0 AND taken <= capacity", name="never_overbooked"),
        CheckConstraint("(series_id IS NULL) = (number IS NULL)", name="numbered_in_a_series"),
        CheckConstraint("(cancelled_at IS NULL) = (cancel_reason IS NULL)", name="cancelled_with_a_reason"),
        Index("ix_slot_ahead", "programme_id", "starts_at", "id", postgresql_where=AHEAD, sqlite_where=AHEAD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[SlotKind] = mapped_column(text_enum(SlotKind))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("slot_series.id"))
    number: Mapped[int | None]
    host_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    topic: Mapped[str] = mapped_column(String(LONGEST_TOPIC))
    agenda: Mapped[str] = mapped_column(String(LONGEST_AGENDA), default="")
    way: Mapped[Way] = mapped_column(text_enum(Way))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    # Where to meet online: for those who are booked only.
    link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")
    room_slug: Mapped[str | None] = mapped_column(String(60))
    accessibility: Mapped[str] = mapped_column(String(LONGEST_NOTES), default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(String(LONGEST_REASON))
    attendance_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not happen."""
        return self.cancelled_at is not None


class SignUp(Model):
    """Where a member stands with a slot. `turn` counts how often they joined, so that each time they are told anew."""

    __tablename__ = "sign_up"
    __table_args__ = (
        UniqueConstraint("slot_id", "member_id"),
        CheckConstraint("(state = 'offered') = (offer_expires_at IS NOT NULL)", name="an_offer_expires"),
        CheckConstraint("attended IS NULL OR state = 'booked'", name="only_the_booked_attend"),
        Index("ix_sign_up_line", "slot_id", "state", "joined_at", "id"),
        Index("ix_sign_up_member", "member_id", "state"),
        Index("ix_sign_up_offers", "state", "offer_expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    state: Mapped[SignUpState] = mapped_column(text_enum(SignUpState))
    turn: Mapped[int] = mapped_column(default=1)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    offer_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attended: Mapped[bool | None]


class SlotStory(Model):
    """A story to be shared at an event. It is shown only while everybody in it consents to these words.

    `version` rises when the words change, and with that every consent is asked for again. `people` is how many are
    named in it: somebody whose account is gone has taken their consent along.
    """

    __tablename__ = "slot_story"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"), unique=True)
    body: Mapped[str] = mapped_column(EncryptedText)
    version: Mapped[int] = mapped_column(default=1)
    people: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StoryConsent(Model):
    """What somebody in a story said to its being shared; silence is no consent."""

    __tablename__ = "story_consent"
    __table_args__ = (
        UniqueConstraint("story_id", "member_id"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_at_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("slot_story.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    state: Mapped[ConsentState] = mapped_column(text_enum(ConsentState))
    version: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
