"""Where a service is found, and the area whose people it serves."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, text_enum
from app.signposting.kinds import LocationType
from app.signposting.models.columns import extra, uuid


class Location(Model):
    """A place. It has one address here; what an import said beyond that is in `extra`.

    `accessibility` says in plain words whether one can come in: steps, lifts, hearing loops, parking.
    """

    __tablename__ = "support_location"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="a_point_has_both"),
        Index("ix_support_location_point", "latitude", "longitude"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    location_type: Mapped[LocationType] = mapped_column(text_enum(LocationType), default=LocationType.PHYSICAL)
    name: Mapped[str] = mapped_column(String(200), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    region: Mapped[str] = mapped_column(String(120), default="")
    county: Mapped[str] = mapped_column(String(120), default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    country: Mapped[str] = mapped_column(String(2), default="GB")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accessibility: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(80), default="")
    source_id: Mapped[str | None] = mapped_column(String(200))
    extra: Mapped[dict[str, Any]] = extra()


class ServiceAtLocation(Model):
    """That a service is found at a place."""

    __tablename__ = "service_at_location"
    __table_args__ = (UniqueConstraint("service_id", "location_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"))
    location_id: Mapped[int] = mapped_column(ForeignKey("support_location.id", ondelete="CASCADE"), index=True)
    description: Mapped[str] = mapped_column(Text, default="")
    extra: Mapped[dict[str, Any]] = extra()

    location: Mapped[Location] = relationship()


class ServiceArea(Model):
    """An area whose people a service is for, as Open Referral says it; `SupportService.area` has it in a few words."""

    __tablename__ = "service_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    service_id: Mapped[int] = mapped_column(ForeignKey("support_service.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text, default="")
    extra: Mapped[dict[str, Any]] = extra()
