"""Entries of the directory as listings: what may leave the house, and nothing else of the rows."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.core.db import db
from app.signposting.kinds import ServiceState
from app.signposting.models import (
    Location,
    Schedule,
    ServiceAtLocation,
    ServiceTerm,
    SupportService,
    Taxonomy,
    TaxonomyTerm,
)
from app.signposting.models import Provider as ProviderRow
from app.signposting.openreferral.listing import (
    Area,
    Hours,
    Language,
    Listing,
    Phone,
    Place,
    Provider,
    Source,
    Term,
    Vocabulary,
)

Part = TypeVar("Part")

# Everything that a listing reads, in a number of queries that does not depend on how many services there are.
WHOLE: Sequence[ORMOption] = (
    joinedload(SupportService.provider),
    selectinload(SupportService.phones),
    selectinload(SupportService.schedules),
    selectinload(SupportService.languages),
    selectinload(SupportService.sources),
    selectinload(SupportService.areas),
    selectinload(SupportService.terms).joinedload(ServiceTerm.term).joinedload(TaxonomyTerm.taxonomy),
    selectinload(SupportService.at_locations).joinedload(ServiceAtLocation.location),
)

# An organisation's own entries are for its people, and a template is not a service.
PUBLIC = (
    SupportService.state == ServiceState.PUBLISHED,
    SupportService.organisation_id.is_(None),
    SupportService.template.is_(None),
)


def fresh(service_id: int) -> SupportService:
    """A service as the database has it now, with everything that a listing reads."""
    db.session.flush()
    return db.session.get_one(SupportService, service_id, options=WHOLE, populate_existing=True)


def listing_of(service: SupportService) -> Listing:
    """A service as other systems may see it."""
    ties = {at.id: at.uuid for at in service.at_locations}
    return Listing(
        uuid=service.uuid,
        name=service.name,
        status=service.status,
        summary=service.summary,
        description=service.description,
        what_happens=service.what_happens,
        alert=service.alert,
        url=service.url,
        chat_url=service.chat_url,
        email=service.email,
        urgent=service.urgent,
        independent=service.independent,
        reach=service.reach,
        eligibility=service.eligibility,
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        area=service.area,
        organisation_kinds=service.organisation_kinds,
        professions=service.professions,
        for_managers=service.for_managers,
        ways=service.ways,
        always_open=service.always_open,
        bank_holidays=service.bank_holidays,
        hours_words=service.hours_words,
        free=service.free,
        fees=service.fees,
        confidential=service.confidential,
        confidential_words=service.confidential_words,
        checked_on=service.checked_on,
        updated_at=service.updated_at,
        provider=provider_of(service.provider) if service.provider else None,
        phones=tuple(
            Phone(uuid=row.uuid, number=row.number, kind=row.kind, extension=row.extension, label=row.label)
            for row in service.phones
        ),
        hours=_in_order(_hours(row, ties) for row in service.schedules),
        terms=_in_order((term_of(row) for row in service.terms), "link"),
        languages=_in_order(
            Language(uuid=row.uuid, code=row.code, name=row.name, note=row.note) for row in service.languages
        ),
        areas=_in_order(Area(uuid=row.uuid, name=row.name, extra=row.extra) for row in service.areas),
        places=_in_order((place_of(row) for row in service.at_locations), "link"),
        sources=tuple(Source(title=row.title, url=row.url, read_on=row.read_on) for row in service.sources),
        extra=service.extra,
    )


def provider_of(row: ProviderRow) -> Provider:
    """Who runs services. A description that only says the name again says nothing."""
    about = {name: getattr(row, name) for name in ("uuid", "name", "url", "email", "extra")}
    return Provider(description="" if row.description == row.name else row.description, **about)


def vocabulary_of(row: Taxonomy) -> Vocabulary:
    """A list of terms."""
    description = "" if row.description == row.name else row.description
    return Vocabulary(uuid=row.uuid, name=row.name, description=description, uri=row.uri, version=row.version)


def term_of(tie: ServiceTerm) -> Term:
    """A term that a service is found by."""
    return bare_term(tie.term, link=tie.uuid, link_type=tie.link_type)


def bare_term(row: TaxonomyTerm, *, link: str = "", link_type: str = "") -> Term:
    """A term. What is above it may be a term that we do not have, so its uuid is kept as it was said."""
    return Term(
        link=link,
        link_type=link_type,
        uuid=row.uuid,
        code=row.code,
        name=row.name,
        description="" if row.description == row.name else row.description,
        uri=row.uri,
        parent=row.extra.get("parent", ""),
        vocabulary=vocabulary_of(row.taxonomy),
    )


def place_of(tie: ServiceAtLocation) -> Place:
    """A place where a service is found."""
    return bare_place(tie.location, link=tie.uuid, note=tie.description)


def bare_place(row: Location, *, link: str = "", note: str = "") -> Place:
    """A place."""
    return Place(
        link=link,
        note=note,
        uuid=row.uuid,
        kind=row.location_type,
        name=row.name,
        description=row.description,
        address=row.address,
        city=row.city,
        region=row.region,
        county=row.county,
        postcode=row.postcode,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
        accessibility=row.accessibility,
        extra=row.extra,
    )


def _hours(row: Schedule, ties: dict[int, str]) -> Hours:
    return Hours(
        uuid=row.uuid,
        freq=row.freq,
        interval=row.interval,
        byday=row.byday,
        bymonthday=row.bymonthday,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        description=row.description,
        place=ties.get(row.at_location_id, "") if row.at_location_id else "",
        extra=row.extra,
    )


def _in_order(found: Iterable[Part], by: str = "uuid") -> tuple[Part, ...]:
    return tuple(sorted(found, key=lambda each: str(getattr(each, by))))
