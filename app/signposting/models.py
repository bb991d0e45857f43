"""Support services, found by their slug."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class SupportService(Model):
    """Somewhere to turn to. `urgent` ones stand first everywhere; without a programme it serves everybody."""

    __tablename__ = "support_service"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(500))
    telephone: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(String(80), default="")
    url: Mapped[str] = mapped_column(String(300), default="")
    urgent: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    checked: Mapped[str] = mapped_column(String(80), default="")
