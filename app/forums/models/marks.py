"""What members leave on topics and posts: how far they have read, reactions, bookmarks, mentions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime, text_enum
from app.forums.rules import Follow, ReactionKind


class ReadingPosition(Model):
    """How far a member has read a topic, and how much of it they want to hear: one row for both of them."""

    __tablename__ = "reading_position"
    __table_args__ = (
        CheckConstraint("last_read >= 0", name="read_something"),
        Index("ix_reading_position_topic_id", "topic_id", "follow"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    last_read: Mapped[int] = mapped_column(default=0)  # the number of a post; it only rises
    follow: Mapped[Follow] = mapped_column(text_enum(Follow), default=Follow.NORMAL)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reaction(Model):
    """What a member said to a post with one press."""

    __tablename__ = "reaction"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    kind: Mapped[ReactionKind] = mapped_column(text_enum(ReactionKind), primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Bookmark(Model):
    """A post that a member wants to find again; nobody else knows."""

    __tablename__ = "bookmark"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Mention(Model):
    """That a post names a member who may read it. Whoever writes under an alias can be mentioned by no other name."""

    __tablename__ = "mention"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
