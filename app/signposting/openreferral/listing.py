"""An entry of the directory as other systems may see it: plain values, no database, and nobody's name.

`extra` is what an import said beyond our columns, read and cleaned like all the rest, so that an export gives it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from app.signposting.kinds import BankHolidays, Confidential, LocationType, PhoneKind, Reach, ServiceStatus

Extra = Mapping[str, Any]

# The most that a column holds, in characters; what is longer is cut when it is read.
NAME, LINE, PART, LONG_PART, TEXT = 200, 300, 500, 1_000, 20_000
CITY, POSTCODE, NUMBER, EXTENSION, CODES = 120, 20, 40, 20, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number, and in `label` how it is used."""

    uuid: str
    number: str
    kind: PhoneKind = PhoneKind.VOICE
    extension: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours that come again, by clocks in London; `place` is the uuid of the place at which they hold, if it is one."""

    uuid: str
    freq: str = "WEEKLY"
    interval: int = 1
    byday: str = ""
    bymonthday: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    description: str = ""
    place: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A list of terms (Open Referral: taxonomy)."""

    uuid: str
    name: str
    description: str = ""
    uri: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term that the entry is found by. `link` is the uuid of the tie between the two."""

    link: str
    link_type: str = ""
    uuid: str
    code: str
    name: str
    description: str = ""
    uri: str = ""
    parent: str = ""
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that the service speaks."""

    uuid: str
    code: str = ""
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area whose people the service is for."""

    uuid: str
    name: str
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is found; `link` is the uuid of the tie between service and place."""

    link: str
    note: str = ""
    uuid: str
    kind: LocationType = LocationType.PHYSICAL
    name: str = ""
    description: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    county: str = ""
    postcode: str = ""
    country: str = "GB"
    latitude: float | None = None
    longitude: float | None = None
    accessibility: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who runs it (Open Referral: organization)."""

    uuid: str
    name: str
    description: str = ""
    url: str = ""
    email: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where what the entry says was read."""

    title: str
    url: str = ""
    read_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Everything public about a service. `checked_on` is the day on which somebody last said that it is right."""

    uuid: str
    name: str
    status: ServiceStatus = ServiceStatus.ACTIVE
    summary: str = ""
    description: str = ""
    what_happens: str = ""
    alert: str = ""
    url: str = ""
    chat_url: str = ""
    email: str = ""
    urgent: bool = False
    independent: bool = False
    reach: Reach = Reach.NATIONAL
    eligibility: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    area: str = ""
    organisation_kinds: frozenset[str] = frozenset()
    professions: frozenset[str] = frozenset()
    for_managers: bool | None = None
    ways: frozenset[str] = frozenset()
    always_open: bool = False
    bank_holidays: BankHolidays = BankHolidays.UNKNOWN
    hours_words: str = ""
    free: bool | None = None
    fees: str = ""
    confidential: Confidential | None = None
    confidential_words: str = ""
    checked_on: date | None = None
    updated_at: datetime | None = None
    provider: Provider | None = None
    phones: tuple[Phone, ...] = ()
    hours: tuple[Hours, ...] = ()
    terms: tuple[Term, ...] = ()
    languages: tuple[Language, ...] = ()
    areas: tuple[Area, ...] = ()
    places: tuple[Place, ...] = ()
    sources: tuple[Source, ...] = ()
    extra: Extra = field(default_factory=dict)
