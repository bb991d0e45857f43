"""Rounds, who takes part in them, the groups they make, and the times that a group offers each other."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.catchups.rounds.rules import LONGEST_PLACE, Answer, EntryState, RoundState, SeatState
from app.catchups.slots.timing import Cadence
from app.core.crypto import EncryptedJson
from app.core.db import Model, UtcDateTime, text_enum

IS_OPEN = text("state = 'open'")
LOOKS = text("looking_since IS NOT NULL")


class RoundTimetable(Model):
    """How often a programme's rounds open by themselves; no row: only when a lead opens one."""

    __tablename__ = "round_timetable"
    __table_args__ = (
        CheckConstraint("cadence <> 'once'", name="comes_again"),
        CheckConstraint("group_size BETWEEN 2 AND 4", name="a_possible_size"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    cadence: Mapped[Cadence] = mapped_column(text_enum(Cadence))
    group_size: Mapped[int]
    days_open: Mapped[int]
    days_to_meet: Mapped[int]
    next_opens_on: Mapped[date]


class RoundTaker(Model):
    """Somebody who takes part in rounds until they leave: how often, what they prefer, and until when they pause."""

    __tablename__ = "round_taker"
    __table_args__ = (CheckConstraint("cadence <> 'once'", name="comes_again"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    cadence: Mapped[Cadence] = mapped_column(text_enum(Cadence))
    prefers: Mapped[list[str]] = mapped_column(JSON)
    paused_until: Mapped[date | None]
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Round(Model):
    """One round of a programme; at most one is open. Its figures are made when it is finished, and then stay."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint("group_size BETWEEN 2 AND 4", name="a_possible_size"),
        CheckConstraint("opened_at <= closes_at AND closes_at <= ask_at", name="in_order"),
        Index("uq_round_open", "programme_id", unique=True, postgresql_where=IS_OPEN, sqlite_where=IS_OPEN),
        Index("ix_round_due", "state", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    state: Mapped[RoundState] = mapped_column(text_enum(RoundState))
    group_size: Mapped[int]
    seed: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ask_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_up: Mapped[int | None]
    met_across: Mapped[int | None]
    met_within: Mapped[int | None]


class RoundSnapshot(Model):
    """What a round, or a second match in it, was paired from and what came out, so that it can be run again.

    Closed to everybody who looks at the database: it tells who is not to meet whom, and who found nobody.
    """

    __tablename__ = "round_snapshot"
    __table_args__ = (UniqueConstraint("round_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    turn: Mapped[int]  # 0: the round itself
    inputs: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    outcome: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class RoundEntry(Model):
    """A member in one round. Whoever looks for a second match does so since `looking_since`."""

    __tablename__ = "round_entry"
    __table_args__ = (
        Index("ix_round_entry_looking", "round_id", postgresql_where=LOOKS, sqlite_where=LOOKS),
        CheckConstraint("looking_since IS NULL OR state = 'in'", name="only_who_takes_part_looks"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    state: Mapped[EntryState] = mapped_column(text_enum(EntryState))
    prefers: Mapped[list[str]] = mapped_column(JSON)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looking_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RoundGroup(Model):
    """People who are to meet, why they, and the time they agreed on. Nobody sees it before `announced_at`."""

    __tablename__ = "round_group"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="agreed_in_full"),
        CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    number: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    icebreaker: Mapped[str] = mapped_column(String(200))
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")


class RoundSeat(Model):
    """A member in a group, and what they alone say of whether it happened."""

    __tablename__ = "round_seat"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_a_time"),
        Index("ix_round_seat_round", "round_id", "member_id"),
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("round_group.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    state: Mapped[SeatState] = mapped_column(text_enum(SeatState))
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[Answer | None] = mapped_column(text_enum(Answer))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MeetingTime(Model):
    """A time that somebody offers their group."""

    __tablename__ = "meeting_time"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("round_group.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingTimeYes(Model):
    """Somebody who can come at a time that was offered."""

    __tablename__ = "meeting_time_yes"

    time_id: Mapped[int] = mapped_column(ForeignKey("meeting_time.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
