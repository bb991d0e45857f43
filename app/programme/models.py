"""Programmes, their public pages, cohorts, their dates and who belongs to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, UtcDateTime, text_enum
from app.programme.rules import CohortState, EventKind, Targets


class Programme(Model):
    """One system's active bystander programme: its name, area, contacts, look and targets."""

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    short_name: Mapped[str] = mapped_column(String(60))
    team_name: Mapped[str] = mapped_column(String(120))
    area: Mapped[str] = mapped_column(String(120))
    # Whose colleagues may apply as well, in words ("the wider Midlands"); empty: only those of the area.
    wider_area: Mapped[str] = mapped_column(String(120), default="", server_default="")
    contact_email: Mapped[str] = mapped_column(String(254))
    # The host name under which this programme's public pages are found; none: only by its slug, or as the default.
    host: Mapped[str | None] = mapped_column(String(253), unique=True)
    logo: Mapped[str] = mapped_column(String(200), default="")
    stored_targets: Mapped[dict[str, Any]] = mapped_column("targets", JSON, default=dict)

    pages: Mapped[list["Page"]] = relationship(order_by="Page.position, Page.id")
    cohorts: Mapped[list["Cohort"]] = relationship(back_populates="programme", order_by="Cohort.id")

    @property
    def targets(self) -> Targets:
        """What the programme asks and offers."""
        return Targets.read(self.stored_targets)


class ProgrammeStamp(Model):
    """One row, whose number rises with every change of a programme or a page; triggers see to it."""

    __tablename__ = "programme_stamp"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class Page(Model):
    """A public page of a programme, written in Markdown by its team and cooked when it is saved."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("programme_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=0)
    in_menu: Mapped[bool] = mapped_column(default=True)
    video: Mapped[str] = mapped_column(String(80), default="")
    transcript_slug: Mapped[str] = mapped_column(String(60), default="")
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    cook_version: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class PageVersion(Model):
    """What a page said before: every saving is kept, so that it can be looked at and put back."""

    __tablename__ = "page_version"
    __table_args__ = (UniqueConstraint("page_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class Cohort(Model):
    """A group of people who go through the programme together."""

    __tablename__ = "cohort"
    __table_args__ = (
        UniqueConstraint("programme_id", "slug"),
        CheckConstraint("0 < smallest AND smallest <= largest", name="possible_size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[CohortState] = mapped_column(text_enum(CohortState))
    smallest: Mapped[int]
    largest: Mapped[int]

    programme: Mapped[Programme] = relationship(back_populates="cohorts")
    events: Mapped[list["CohortEvent"]] = relationship(
        back_populates="cohort", order_by="CohortEvent.starts_at", cascade="all, delete-orphan"
    )


class CohortEvent(Model):
    """A date of a cohort. Its calendar entry keeps `uid` for good and raises `sequence` with each change."""

    __tablename__ = "cohort_event"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="starts_before_it_ends"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id", ondelete="CASCADE"), index=True)
    kind: Mapped[EventKind] = mapped_column(text_enum(EventKind))
    title: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    venue: Mapped[str] = mapped_column(String(200), default="")
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)

    cohort: Mapped[Cohort] = relationship(back_populates="events")


class CohortMembership(Model):
    """A member's belonging to a cohort, kept for good: alumni stay in the community."""

    __tablename__ = "cohort_membership"
    __table_args__ = (UniqueConstraint("cohort_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
