"""Pages of the public directory for other systems: two queries each, whatever is asked and however long the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.db import db
from app.signposting.models import (
    Location,
    Provider,
    Schedule,
    ServiceAtLocation,
    ServiceIndex,
    ServiceTerm,
    SupportService,
    Taxonomy,
    TaxonomyTerm,
)
from app.signposting.openreferral.asking import Asked
from app.signposting.openreferral.listing import Listing, Place, Term, Vocabulary
from app.signposting.openreferral.listing import Provider as ProviderWords
from app.signposting.openreferral.queries.listings import (
    PUBLIC,
    WHOLE,
    bare_place,
    bare_term,
    listing_of,
    vocabulary_of,
)
from app.signposting.words import asked_words

BATCH = 500
METRES_OF_A_DEGREE = 111_320.0

SERVICE = (
    SupportService.uuid,
    SupportService.name,
    SupportService.summary,
    SupportService.description,
    SupportService.url,
    SupportService.email,
    SupportService.status,
    SupportService.fees,
    SupportService.minimum_age,
    SupportService.maximum_age,
    SupportService.alert,
    SupportService.checked_on,
    SupportService.updated_at,
    SupportService.extra,
)
PROVIDER = (Provider.uuid, Provider.name, Provider.description, Provider.url, Provider.email, Provider.extra)


@dataclass(frozen=True, slots=True)
class Found:
    """A page, and how many there are in all."""

    rows: Sequence[Any]
    total: int


def services(asked: Asked) -> Found:
    """Public services, by name."""
    found = _narrowed(select(SupportService.id).where(*PUBLIC), asked)
    rows = select(*SERVICE, *PROVIDER).outerjoin(SupportService.provider)
    page = _narrowed(rows.where(*PUBLIC), asked).order_by(SupportService.name, SupportService.id)
    return Found([_brief(row) for row in _page(page, asked)], _count(found))


def service(uuid: str) -> Listing | None:
    """A public service with everything that is public about it."""
    found = db.session.scalar(select(SupportService).where(SupportService.uuid == uuid, *PUBLIC).options(*WHOLE))
    return listing_of(found) if found else None


def at_locations(asked: Asked) -> Found:
    """That public services are found at places: uuid of the tie, the place and the service."""
    joined = (
        select(ServiceAtLocation)
        .join(SupportService, SupportService.id == ServiceAtLocation.service_id)
        .join(ServiceAtLocation.location)
        .where(*PUBLIC)
    )
    narrowed = _near(_narrowed(joined, asked), asked)
    rows = (
        narrowed.with_only_columns(ServiceAtLocation, *SERVICE, *PROVIDER)
        .outerjoin(Provider, Provider.id == SupportService.provider_id)
        .options(contains_eager(ServiceAtLocation.location))
        .order_by(SupportService.name, ServiceAtLocation.id)
    )
    found = [(row[0], _place(row[0]), _brief(row[1:])) for row in _page(rows, asked)]
    return Found(found, _count(narrowed.with_only_columns(ServiceAtLocation.id)))


def at_location(uuid: str) -> tuple[Place, Listing] | None:
    """One of these ties, with the whole place and the whole service."""
    row = db.session.execute(
        select(ServiceAtLocation, SupportService)
        .join(SupportService, SupportService.id == ServiceAtLocation.service_id)
        .where(ServiceAtLocation.uuid == uuid, *PUBLIC)
        .options(joinedload(ServiceAtLocation.location), *WHOLE)
    ).first()
    return (_place(row[0]), listing_of(row[1])) if row else None


def vocabularies(asked: Asked) -> Found:
    """Lists of terms that public services use."""
    used = select(Taxonomy).where(Taxonomy.id.in_(select(TaxonomyTerm.taxonomy_id).where(_is_used())))
    rows = _page(used.order_by(Taxonomy.name), asked)
    return Found([vocabulary_of(row[0]) for row in rows], _count(used.with_only_columns(Taxonomy.id)))


def vocabulary(uuid: str) -> tuple[Vocabulary, Sequence[Term]] | None:
    """One of them with those of its terms that public services use."""
    row = db.session.scalar(select(Taxonomy).where(Taxonomy.uuid == uuid))
    if row is None:
        return None
    terms = db.session.scalars(
        select(TaxonomyTerm)
        .where(TaxonomyTerm.taxonomy_id == row.id, _is_used())
        .options(joinedload(TaxonomyTerm.taxonomy))
        .order_by(TaxonomyTerm.position, TaxonomyTerm.name)
    ).all()
    return (vocabulary_of(row), [bare_term(term) for term in terms]) if terms else None


def terms(asked: Asked) -> Found:
    """Terms that public services use."""
    used = select(TaxonomyTerm).join(TaxonomyTerm.taxonomy).where(_is_used())
    if asked.taxonomy_id:
        used = used.where(Taxonomy.uuid == asked.taxonomy_id)
    for word in asked.search.split():
        used = used.where(TaxonomyTerm.name.icontains(word, autoescape=True))
    rows = used.options(contains_eager(TaxonomyTerm.taxonomy)).order_by(
        Taxonomy.name, TaxonomyTerm.position, TaxonomyTerm.id
    )
    return Found([bare_term(row[0]) for row in _page(rows, asked)], _count(used.with_only_columns(TaxonomyTerm.id)))


def term(uuid: str) -> Term | None:
    """One of them."""
    row = db.session.scalar(
        select(TaxonomyTerm).where(TaxonomyTerm.uuid == uuid, _is_used()).options(joinedload(TaxonomyTerm.taxonomy))
    )
    return bare_term(row) if row else None


def _is_used() -> ColumnElement[bool]:
    """What only entries for an organisation's own people use tells of them, so it stays here."""
    return exists(
        select(ServiceTerm.id)
        .join(SupportService, SupportService.id == ServiceTerm.service_id)
        .where(ServiceTerm.term_id == TaxonomyTerm.id, *PUBLIC)
    )


def _narrowed(found: Select[Any], asked: Asked) -> Select[Any]:
    """What was asked, all of it at once."""
    if asked.search:
        found = found.where(_says(asked.search))
    if asked.taxonomy_id or asked.taxonomy_term_id:
        found = found.where(_has_term(asked))
    if asked.minimum_age is not None:
        found = found.where(or_(SupportService.maximum_age.is_(None), SupportService.maximum_age >= asked.minimum_age))
    if asked.maximum_age is not None:
        found = found.where(or_(SupportService.minimum_age.is_(None), SupportService.minimum_age <= asked.maximum_age))
    if asked.day or asked.start_time or asked.end_time:
        found = found.where(or_(SupportService.always_open, _has_hours(asked)))
    return found


def _says(search: str) -> ColumnElement[bool]:
    said = ServiceIndex.name + " " + ServiceIndex.needs + " " + ServiceIndex.words
    every = [said.contains(word, autoescape=True) for word in asked_words(search)]
    return exists(select(ServiceIndex.service_id).where(ServiceIndex.service_id == SupportService.id, *every))


def _has_term(asked: Asked) -> ColumnElement[bool]:
    tied = (
        select(ServiceTerm.id)
        .join(ServiceTerm.term)
        .join(TaxonomyTerm.taxonomy)
        .where(ServiceTerm.service_id == SupportService.id)
    )
    if asked.taxonomy_term_id:
        tied = tied.where(TaxonomyTerm.uuid == asked.taxonomy_term_id)
    if asked.taxonomy_id:
        tied = tied.where(Taxonomy.uuid == asked.taxonomy_id)
    return exists(tied)


def _has_hours(asked: Asked) -> ColumnElement[bool]:
    """Open on the day, and from the one time to the other. An end that is not later than the start is the next day."""
    open_then: list[ColumnElement[bool]] = [Schedule.service_id == SupportService.id, Schedule.freq == "WEEKLY"]
    if asked.day:
        open_then.append(or_(Schedule.byday == "", Schedule.byday.contains(asked.day)))
    until_next_day = Schedule.closes_at <= Schedule.opens_at
    open_then += [
        and_(Schedule.opens_at <= at, or_(Schedule.closes_at >= at, until_next_day))
        for at in (asked.start_time, asked.end_time)
        if at is not None
    ]
    return exists(select(Schedule.id).where(*open_then))


def _near(found: Select[Any], asked: Asked) -> Select[Any]:
    """Places at a postcode, or within some metres of it."""
    if not asked.postcode:
        return found
    if asked.proximity is None:
        return found.where(Location.postcode == asked.postcode)
    here = _point(asked.postcode)
    if here is None:
        return found.where(Location.postcode == asked.postcode)
    latitude, longitude = here
    # The earth is flat enough for this within the distances that may be asked.
    north = (Location.latitude - latitude) * METRES_OF_A_DEGREE
    east = (Location.longitude - longitude) * (METRES_OF_A_DEGREE * cos(radians(latitude)))
    return found.where(north * north + east * east <= float(asked.proximity) ** 2)


def _point(postcode: str) -> tuple[float, float] | None:
    """Where a postcode is, as far as the places of the directory tell: at it, else all over its district."""
    point = select(func.avg(Location.latitude), func.avg(Location.longitude)).where(Location.latitude.is_not(None))
    district = postcode.rpartition(" ")[0]
    for there in (Location.postcode == postcode, Location.postcode.startswith(f"{district} ", autoescape=True)):
        latitude, longitude = db.session.execute(point.where(there)).one()
        if latitude is not None:
            return latitude, longitude
    return None


def _page(rows: Select[Any], asked: Asked) -> Sequence[Any]:
    return db.session.execute(rows.offset(asked.skipped).limit(asked.per_page)).all()


def _count(found: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0


def _place(tie: ServiceAtLocation) -> Place:
    return bare_place(tie.location, link=tie.uuid, note=tie.description)


def _brief(row: Any) -> Listing:  # noqa: ANN401 - the columns of SERVICE and PROVIDER
    (uuid, name, summary, description, url, email, status, fees, youngest, oldest, alert, checked_on, at, extra) = row[
        : len(SERVICE)
    ]
    who = row[len(SERVICE) :]
    return Listing(
        uuid=uuid,
        name=name,
        summary=summary,
        description=description,
        url=url,
        email=email,
        status=status,
        fees=fees,
        minimum_age=youngest,
        maximum_age=oldest,
        alert=alert,
        checked_on=checked_on,
        updated_at=at,
        extra=extra,
        provider=ProviderWords(uuid=who[0], name=who[1], description=who[2], url=who[3], email=who[4], extra=who[5])
        if who[0]
        else None,
    )


def every_public() -> Iterator[Listing]:
    """Every public service with all that is public about it, a batch at a time; for an export."""
    ids = db.session.scalars(select(SupportService.id).where(*PUBLIC).order_by(SupportService.id)).all()
    for start in range(0, len(ids), BATCH):
        some = select(SupportService).where(SupportService.id.in_(ids[start : start + BATCH])).options(*WHOLE)
        yield from [listing_of(service) for service in db.session.scalars(some.order_by(SupportService.id))]
        db.session.expunge_all()
