"""Scenarios with the source of each version, and the runs of members with what they wrote for themselves."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.crypto import EncryptedText
from app.core.db import Model, UtcDateTime, text_enum
from app.scenarios.engine import StepKind


class ScenarioSource(Model):
    """The text of one version of a scenario, found by its SHA-256. Database triggers refuse to change a row."""

    __tablename__ = "scenario_source"
    __table_args__ = (CheckConstraint("length(hash) = 64", name="sha256_in_hex"),)

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Scenario(Model):
    """A scenario as the gallery lists it; what is played is the source that `source_hash` names.

    Without a programme it is for everybody.
    """

    __tablename__ = "scenario"
    __table_args__ = (CheckConstraint("minutes IS NULL OR minutes > 0", name="takes_time"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(Text)
    setting: Mapped[str] = mapped_column(Text)
    you_are: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int | None]
    content_notes: Mapped[list[str]] = mapped_column(JSON)
    source_hash: Mapped[str] = mapped_column(ForeignKey("scenario_source.hash"))
    position: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ScenarioRun(Model):
    """A member's play of one version of a scenario. Only they may see it, and it goes when they go.

    `finished_at` is when they first reached an ending; `at_ending` is whether they are at one now, for they may go
    back. `start_key` comes with the page that starts a run, so that a double click starts one.
    """

    __tablename__ = "run"
    __table_args__ = (
        UniqueConstraint("member_id", "start_key"),
        CheckConstraint("finished_at IS NOT NULL OR NOT at_ending", name="ending_has_a_time"),
        CheckConstraint("finished_at IS NULL OR finished_at >= started_at", name="finished_after_start"),
        Index("ix_run_member_newest", "member_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), index=True)
    source_hash: Mapped[str] = mapped_column(ForeignKey("scenario_source.hash"), index=True)
    start_key: Mapped[str] = mapped_column(String(36))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    at_ending: Mapped[bool] = mapped_column(default=False)

    scenario: Mapped[Scenario] = relationship()


class RunStep(Model):
    """One step of a run. Its position is its own in the run, so that two tabs can never fork it.

    `passage` is where the step led. Database triggers refuse to change a row.
    """

    __tablename__ = "run_step"
    __table_args__ = (
        CheckConstraint("(position = 0) = (kind = 'start')", name="begins_once"),
        CheckConstraint("(kind = 'choose') = (choice IS NOT NULL)", name="a_choice_is_named"),
        CheckConstraint("(kind = 'back') = (to_position IS NOT NULL)", name="a_way_back_says_where"),
        CheckConstraint("to_position >= 0 AND to_position < position", name="back_is_to_before"),
        CheckConstraint("position >= 0 AND position < 500", name="within_a_run"),
        CheckConstraint("kind IN ('start', 'choose', 'skip', 'back')", name="known_kind"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[StepKind] = mapped_column(text_enum(StepKind))
    choice: Mapped[str | None] = mapped_column(String(200))
    to_position: Mapped[int | None]
    passage: Mapped[str] = mapped_column(Text)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RunWords(Model):
    """What a member would say in their own words at a moment of a run; empty when they went on without writing."""

    __tablename__ = "run_words"
    __table_args__ = (
        ForeignKeyConstraint(
            ["run_id", "position"],
            ["run_step.run_id", "run_step.position"],
            ondelete="CASCADE",
            name="fk_run_words_run_step",
        ),
    )

    run_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(EncryptedText)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RunReflection(Model):
    """What a member noted at the debrief: what stays with them, and what they will try at work."""

    __tablename__ = "run_reflection"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    thoughts: Mapped[str] = mapped_column(EncryptedText)
    intention: Mapped[str] = mapped_column(EncryptedText)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
