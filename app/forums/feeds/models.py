"""Secret addresses of feeds."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.crypto import EncryptedText
from app.core.db import Model, UtcDateTime

OF_A_BOARD, OF_TOPICS = text("board_id IS NOT NULL"), text("board_id IS NULL")


class ForumFeed(Model):
    """The secret address of a feed of one member: of a board, or (without one) of the topics that they follow.

    It is found by its digest, and kept encrypted so that its owner can copy it again.
    """

    __tablename__ = "forum_feed"
    __table_args__ = (
        Index(
            "uq_forum_feed_board", "member_id", "board_id", unique=True,
            postgresql_where=OF_A_BOARD, sqlite_where=OF_A_BOARD,
        ),
        Index(
            "uq_forum_feed_topics", "member_id", "programme_id", unique=True,
            postgresql_where=OF_TOPICS, sqlite_where=OF_TOPICS,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    secret: Mapped[str] = mapped_column(EncryptedText)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
