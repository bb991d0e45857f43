"""How and when one reaches a service, whom the team knows there, and where the entry was read."""

from datetime import date, time
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, text_enum
from app.signposting.kinds import PhoneKind
from app.signposting.models.columns import extra, uuid


class ServicePhone(Model):
    """A number, as people print it. `label` says in words how it is used: "Text SHOUT to 85258"."""

    __tablename__ = "service_phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"), index=True)
    kind: Mapped[PhoneKind] = mapped_column(text_enum(PhoneKind), default=PhoneKind.VOICE)
    number: Mapped[str] = mapped_column(String(40))
    extension: Mapped[str] = mapped_column(String(20), default="")
    label: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    extra: Mapped[dict[str, Any]] = extra()


class Schedule(Model):
    """Hours that come again, by clocks in London. An end that is not later than the start lies on the next day.

    `byday` is Open Referral's: "MO,TU". Only weekly hours without an interval tell whether a service is open; others
    are shown in their own words. Hours of one place only name it.
    """

    __tablename__ = "service_schedule"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"), index=True)
    at_location_id: Mapped[int | None] = mapped_column(
        ForeignKey("service_at_location.id", ondelete="CASCADE"), index=True
    )
    freq: Mapped[str] = mapped_column(String(10), default="WEEKLY")
    interval: Mapped[int] = mapped_column(default=1)
    byday: Mapped[str] = mapped_column(String(80), default="")
    bymonthday: Mapped[str] = mapped_column(String(120), default="")
    opens_at: Mapped[time | None]
    closes_at: Mapped[time | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    description: Mapped[str] = mapped_column(String(500), default="")
    extra: Mapped[dict[str, Any]] = extra()


class ServiceContact(Model):
    """Somebody by name, for the team to ask. Never public: not on a page for visitors, not in any export."""

    __tablename__ = "service_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    telephone: Mapped[str] = mapped_column(String(40), default="")
    extra: Mapped[dict[str, Any]] = extra()


class ServiceLanguage(Model):
    """A language that a service speaks; `code` as in ISO 639-1 or 639-3 where it is known."""

    __tablename__ = "service_language"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(10), default="")
    name: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    extra: Mapped[dict[str, Any]] = extra()


class ServiceSource(Model):
    """Where what an entry says was read, and when, so that the next person can look there again."""

    __tablename__ = "service_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(500), default="")
    read_on: Mapped[date | None]
