"""Support services, who runs them, and what members keep of them for themselves."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Model, UtcDateTime, text_enum
from app.signposting.kinds import (
    BankHolidays,
    Confidential,
    PhoneKind,
    Reach,
    ServiceState,
    ServiceStatus,
    Template,
)
from app.signposting.models.columns import Codes, extra, uuid

if TYPE_CHECKING:
    from app.signposting.models.places import ServiceArea, ServiceAtLocation
    from app.signposting.models.vocabulary import ServiceTerm
    from app.signposting.models.ways import Schedule, ServiceContact, ServiceLanguage, ServicePhone, ServiceSource

OWNED = "all, delete-orphan"


class Provider(Model):
    """Who runs support services (Open Referral: organization). Not the organisations that members work for."""

    __tablename__ = "support_provider"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    source: Mapped[str] = mapped_column(String(80), default="")
    source_id: Mapped[str | None] = mapped_column(String(200))
    extra: Mapped[dict[str, Any]] = extra()


class SupportService(Model):
    """Somewhere to turn to. `urgent` ones stand first everywhere and no filter takes them away.

    Without a programme it serves everybody; with an organisation it is shown to that organisation's people only. A
    row with a `template` and no organisation says what such a service is in general, until an organisation fills in its
    own. Hours, ways and places are rows of their own; `always_open` needs no hours. Days are days in London.
    """

    __tablename__ = "support_service"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        UniqueConstraint("organisation_id", "template"),
        CheckConstraint(
            "minimum_age IS NULL OR maximum_age IS NULL OR minimum_age <= maximum_age", name="ages_in_order"
        ),
        CheckConstraint(
            "checked_on IS NULL OR next_check_on IS NULL OR checked_on <= next_check_on", name="checks_in_order"
        ),
        CheckConstraint("organisation_id IS NULL OR programme_id IS NOT NULL", name="organisation_has_a_programme"),
        Index("ix_support_service_listed", "state", "urgent", "reach", "name", "id"),
        Index("ix_support_service_next_check", "next_check_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = uuid()
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("support_provider.id"), index=True)
    template: Mapped[Template | None] = mapped_column(text_enum(Template))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    state: Mapped[ServiceState] = mapped_column(text_enum(ServiceState), default=ServiceState.PUBLISHED)
    status: Mapped[ServiceStatus] = mapped_column(text_enum(ServiceStatus), default=ServiceStatus.ACTIVE)
    urgent: Mapped[bool] = mapped_column(default=False)
    reach: Mapped[Reach] = mapped_column(text_enum(Reach), default=Reach.NATIONAL)
    # Of the organisation where one works: somebody to turn to when that is where the harm comes from.
    independent: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    # What it is, in plain words; only the description is Markdown, cooked when it is saved.
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    cook_version: Mapped[int] = mapped_column(default=0)
    what_happens: Mapped[str] = mapped_column(String(1000), default="")
    alert: Mapped[str] = mapped_column(String(500), default="")
    url: Mapped[str] = mapped_column(String(500), default="")
    chat_url: Mapped[str] = mapped_column(String(500), default="")
    email: Mapped[str] = mapped_column(String(254), default="")

    # Whom it is for; an empty set, and a None of `for_managers`, mean everybody.
    eligibility: Mapped[str] = mapped_column(String(1000), default="")
    minimum_age: Mapped[float | None]
    maximum_age: Mapped[float | None]
    area: Mapped[str] = mapped_column(String(200), default="")
    organisation_kinds: Mapped[frozenset[str]] = mapped_column(Codes(100), default=frozenset())
    professions: Mapped[frozenset[str]] = mapped_column(Codes(200), default=frozenset())
    for_managers: Mapped[bool | None]

    # How one reaches it (kinds.Way), when, at what price, and who hears of it.
    ways: Mapped[frozenset[str]] = mapped_column(Codes(100), default=frozenset())
    always_open: Mapped[bool] = mapped_column(default=False)
    bank_holidays: Mapped[BankHolidays] = mapped_column(text_enum(BankHolidays), default=BankHolidays.UNKNOWN)
    hours_words: Mapped[str] = mapped_column(String(300), default="")
    free: Mapped[bool | None]
    fees: Mapped[str] = mapped_column(String(500), default="")
    confidential: Mapped[Confidential | None] = mapped_column(text_enum(Confidential))
    confidential_words: Mapped[str] = mapped_column(String(500), default="")

    # Who keeps it true, and since when it was.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    checked_on: Mapped[date | None]
    next_check_on: Mapped[date | None]
    needs_checking: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(String(80), default="")
    source_id: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    extra: Mapped[dict[str, Any]] = extra()

    provider: Mapped[Provider | None] = relationship()
    phones: Mapped[list["ServicePhone"]] = relationship(
        cascade=OWNED, order_by="ServicePhone.position, ServicePhone.id"
    )
    schedules: Mapped[list["Schedule"]] = relationship(cascade=OWNED, order_by="Schedule.id")
    terms: Mapped[list["ServiceTerm"]] = relationship(cascade=OWNED, order_by="ServiceTerm.id")
    contacts: Mapped[list["ServiceContact"]] = relationship(cascade=OWNED, order_by="ServiceContact.id")
    languages: Mapped[list["ServiceLanguage"]] = relationship(cascade=OWNED, order_by="ServiceLanguage.id")
    sources: Mapped[list["ServiceSource"]] = relationship(cascade=OWNED, order_by="ServiceSource.id")
    areas: Mapped[list["ServiceArea"]] = relationship(cascade=OWNED, order_by="ServiceArea.id")
    at_locations: Mapped[list["ServiceAtLocation"]] = relationship(cascade=OWNED, order_by="ServiceAtLocation.id")

    @property
    def telephone(self) -> str:
        """The first number to speak to somebody; "" without one."""
        return next((phone.number for phone in self.phones if phone.kind is PhoneKind.VOICE), "")

    @property
    def text(self) -> str:
        """How to text them, in words; "" where one cannot."""
        return next((phone.label for phone in self.phones if phone.kind is PhoneKind.TEXT), "")

    @property
    def checked(self) -> str:
        """What has to be said of an entry that nobody of the team has checked; "" once somebody has."""
        return "needs checking by the team" if self.needs_checking else ""


class SavedService(Model):
    """A service that a member keeps on their own list. Nobody else sees it, and it is counted nowhere."""

    __tablename__ = "saved_service"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(
        ForeignKey("support_service.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
