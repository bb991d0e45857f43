"""Collections and the pieces in them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UtcDateTime, text_enum
from app.forums.collections.rules import LONGEST_ABOUT, LONGEST_NOTE, LONGEST_TITLE, PieceState
from app.forums.models import Post

IS_LIVE = text("state IN ('asked', 'shown')")


class Collection(Model):
    """Pieces on one theme, for everybody who takes part in the programme."""

    __tablename__ = "forum_collection"
    __table_args__ = (UniqueConstraint("programme_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    about: Mapped[str] = mapped_column(String(LONGEST_ABOUT), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CollectionPiece(Model):
    """A post's words for a collection, as its author agreed to them. They are gone as soon as it is not live any more.

    `credit`: whether its author wants to be named; the name is looked up. Shown only while the post is (see queries).
    """

    __tablename__ = "collection_piece"
    __table_args__ = (
        Index("uq_collection_piece_live", "post_id", unique=True, postgresql_where=IS_LIVE, sqlite_where=IS_LIVE),
        Index("ix_collection_piece_list", "collection_id", "position", "id"),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_at_a_time"),
        CheckConstraint("state IN ('asked', 'shown') OR body = ''", name="what_is_over_is_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("forum_collection.id"))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    state: Mapped[PieceState] = mapped_column(text_enum(PieceState))
    credit: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    body: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    plain: Mapped[str] = mapped_column(Text, default="")
    cook_version: Mapped[int]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    post: Mapped[Post] = relationship()
    collection: Mapped[Collection] = relationship()
