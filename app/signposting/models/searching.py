"""What the search reads. The full-text part of it is the database's own: FTS5, or a tsvector (migration 0007)."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class ServiceIndex(Model):
    """The words of one service, made anew whenever the service is kept; triggers carry them into the full-text index.

    The columns weigh differently: the name most, then needs with their synonyms, then all the rest.
    """

    __tablename__ = "service_index"

    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    needs: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)


class SearchWord(Model):
    """A word that some service was ever found by: what a mistyped word may have been meant to be."""

    __tablename__ = "search_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(60), unique=True)


class NeedGap(Model):
    """How often, in a month, a search by need found nothing but the crisis lines. By need alone: no words, nobody."""

    __tablename__ = "need_gap"
    __table_args__ = (
        CheckConstraint("times > 0", name="counted"),
        Index("uq_need_gap_month", "programme_id", "need", "month", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    need: Mapped[str] = mapped_column(String(60))
    month: Mapped[str] = mapped_column(String(7))  # as 2026-11
    times: Mapped[int] = mapped_column(default=1)
