"""Tables of screening: the words that moderators watch, and traces by which a repeated or hasty post is known."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime, text_enum
from app.moderation.screening.watchwords import LONGEST_PATTERN, LONGEST_SUGGESTION, Effect


class WatchedWord(Model):
    """A word or phrase that the moderators of a programme watch; `pattern` as watchwords.tidy gives it."""

    __tablename__ = "watched_word"
    __table_args__ = (
        UniqueConstraint("programme_id", "pattern"),
        CheckConstraint("(effect = 'suggest') = (suggestion <> '')", name="suggests_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    pattern: Mapped[str] = mapped_column(String(LONGEST_PATTERN))
    effect: Mapped[Effect] = mapped_column(text_enum(Effect))
    suggestion: Mapped[str] = mapped_column(String(LONGEST_SUGGESTION), default="")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class PostTrace(Model):
    """That somebody posted, when, and a fingerprint of what; the words are not in it. Kept for some days.

    `key` is that of the page: what is sent twice from one page is one post.
    """

    __tablename__ = "post_trace"
    __table_args__ = (
        Index("ix_post_trace_author", "author_id", "programme_id", "at"),
        Index("ix_post_trace_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    said: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
