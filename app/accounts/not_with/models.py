"""The wishes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, UtcDateTime


class NotWith(Model):
    """A member's wish not to be put together with another one. It holds for both, and only who wished it may see it.

    It is kept across programmes: people meet again in the next one.
    """

    __tablename__ = "not_with"
    __table_args__ = (CheckConstraint("member_id <> other_id", name="two_people"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    wished_at: Mapped[datetime] = mapped_column(UtcDateTime)
