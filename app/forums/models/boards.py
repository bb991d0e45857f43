"""Boards, and who has agreed to what their label promises."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime, text_enum
from app.forums.rules import LONGEST_DESCRIPTION, LONGEST_NAME, Audience, Follow, Label


class Board(Model):
    """A place for topics, for one audience of a programme.

    `topics` and `posts` count what is published; they are changed by `SET n = n + 1` in the transaction that publishes.
    """

    __tablename__ = "board"
    __table_args__ = (
        UniqueConstraint("programme_id", "slug"),
        CheckConstraint("(audience = 'cohort') = (cohort_id IS NOT NULL)", name="a_cohort_has_its_board"),
        CheckConstraint("topics >= 0 AND posts >= 0", name="counts_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    description: Mapped[str] = mapped_column(String(LONGEST_DESCRIPTION), default="")
    audience: Mapped[Audience] = mapped_column(text_enum(Audience))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    label: Mapped[Label] = mapped_column(text_enum(Label))
    # Whether posts may stand under an alias: accountable, since the author is kept.
    anonymity: Mapped[bool] = mapped_column(default=False)
    # Whether a moderator reads each post before it is published.
    pre_approval: Mapped[bool] = mapped_column(default=False)
    # Nothing of it goes into feeds or mail, and its pages have the quick exit.
    sensitive: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    topics: Mapped[int] = mapped_column(default=0)
    posts: Mapped[int] = mapped_column(default=0)


class Acknowledgement(Model):
    """That a member agreed to a label: once for a board, or once for all boards of a cohort that bear it."""

    __tablename__ = "board_acknowledgement"
    __table_args__ = (
        UniqueConstraint("member_id", "board_id", "label"),
        UniqueConstraint("member_id", "cohort_id", "label", name="uq_board_acknowledgement_cohort"),
        CheckConstraint("(board_id IS NULL) <> (cohort_id IS NULL)", name="of_a_board_or_a_cohort"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), index=True)
    label: Mapped[Label] = mapped_column(text_enum(Label))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class BoardPosition(Model):
    """Up to when a member has called everything on a board read, and how much of its new topics they want to hear."""

    __tablename__ = "board_position"
    __table_args__ = (Index("ix_board_position_board_id", "board_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    read_until: Mapped[datetime] = mapped_column(UtcDateTime)
    follow: Mapped[Follow] = mapped_column(text_enum(Follow), default=Follow.NORMAL, server_default=Follow.NORMAL)
