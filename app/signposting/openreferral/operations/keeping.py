"""Keeping a listing: from plain values to the rows of one service, in the caller's transaction."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.html import COOK_VERSION, cook
from app.signposting.models import (
    Location,
    Provider,
    Schedule,
    ServiceArea,
    ServiceAtLocation,
    ServiceLanguage,
    ServicePhone,
    ServiceSource,
    SupportService,
)
from app.signposting.openreferral import listing as said
from app.signposting.openreferral.listing import Listing
from app.signposting.openreferral.operations.feeds import TEAM, Feed, own_id, taken_ids
from app.signposting.openreferral.operations.terms import service_terms
from app.signposting.openreferral.several import made
from app.signposting.words import words_of

Child = TypeVar("Child", ServicePhone, Schedule, ServiceLanguage, ServiceArea)
Shared = TypeVar("Shared", Provider, Location)

# What a service has in columns of the same name.
COLUMNS = (
    *("name", "status", "summary", "description", "what_happens", "alert", "url", "chat_url", "email", "urgent"),
    *("independent", "reach", "eligibility", "minimum_age", "maximum_age", "area", "organisation_kinds", "professions"),
    *("for_managers", "ways", "always_open", "bank_holidays", "hours_words", "free", "fees", "confidential"),
    *("confidential_words", "extra"),
)
PLACE_COLUMNS = (
    *("name", "description", "address", "city", "region", "county", "postcode", "country", "latitude", "longitude"),
    *("accessibility", "extra"),
)
PARTS = ("phones", "schedules", "terms", "languages", "sources", "areas", "at_locations")
LONGEST_SLUG = 80


def new_service(listing: Listing, feed: Feed, key: str, **about: Any) -> SupportService:  # noqa: ANN401 - columns
    """A service that was not there before, with the words of a listing; `key` is its id in the feed."""
    uuid = _free(SupportService, listing.uuid, feed.source or "team")
    service = SupportService(
        uuid=uuid,
        slug=_slug(listing.name, uuid),
        name=listing.name,
        source=feed.source,
        source_id=key or None,
        **{part: [] for part in PARTS},  # so that nothing is looked up that cannot be there yet
        **about,
    )
    db.session.add(service)
    db.session.flush()
    fill(service, listing, feed)
    service.checked_on, service.updated_at = listing.checked_on, listing.updated_at or clock.now()
    return service


def fill(service: SupportService, listing: Listing, feed: Feed = TEAM) -> None:
    """Let a service say what a listing says; its id, dates of checks, owner and people stay."""
    with db.session.no_autoflush:  # each look-up would write what is half done
        _fill(service, listing, feed)


def _fill(service: SupportService, listing: Listing, feed: Feed) -> None:
    for name in COLUMNS:
        setattr(service, name, getattr(listing, name))
    service.extra = dict(listing.extra)
    service.html, service.cook_version = cook(listing.description), COOK_VERSION
    service.provider = _provider(listing.provider, feed) if listing.provider else None
    service.phones = [
        _with(row, kind=phone.kind, number=phone.number, extension=phone.extension, label=phone.label, position=place)
        for place, (row, phone) in enumerate(_children(ServicePhone, service, service.phones, listing.phones))
    ]
    service.languages = [
        _with(row, code=each.code, name=each.name, note=each.note)
        for row, each in _children(ServiceLanguage, service, service.languages, listing.languages)
    ]
    service.areas = [
        _with(row, name=each.name, extra=dict(each.extra))
        for row, each in _children(ServiceArea, service, service.areas, listing.areas)
    ]
    _sources(service, listing.sources)
    service.terms = service_terms(service, listing.terms, feed)
    hours = _children(Schedule, service, service.schedules, listing.hours)
    # Before the places go: the database takes the hours of a place with it.
    service.schedules = [_hours(row, each) for row, each in hours]
    db.session.flush()
    service.at_locations = _places(service, listing.places, feed)
    db.session.flush()
    ties = {at.uuid: at.id for at in service.at_locations}
    for row, each in hours:
        row.at_location_id = ties.get(each.place)
    service.updated_at = clock.now()
    db.session.flush()


def _places(service: SupportService, places: Sequence[said.Place], feed: Feed) -> list[ServiceAtLocation]:
    known = {tie.location.uuid: tie for tie in service.at_locations}
    links = taken_ids(ServiceAtLocation, service, [place.link for place in places])
    kept = []
    for place in places:
        row = _shared(Location, place.uuid, feed)
        for name in PLACE_COLUMNS:
            setattr(row, name, getattr(place, name))
        row.location_type, row.extra = place.kind, dict(place.extra)
        tie = known.get(row.uuid) or ServiceAtLocation(service_id=service.id, location=row)
        tie.uuid, tie.description = own_id(service, place.link, links), place.note
        kept.append(tie)
    return kept


def _provider(words: said.Provider, feed: Feed) -> Provider:
    row = _shared(Provider, words.uuid, feed, name=words.name)
    row.name, row.description, row.url, row.email = words.name, words.description, words.url, words.email
    row.extra = dict(words.extra)
    return row


def _shared(kind: type[Shared], uuid: str, feed: Feed, **about: str) -> Shared:
    """A row that several services share. A feed finds its own ones only, so it cannot change what others stand on."""
    found = select(kind)
    if feed.source:
        found = found.where(kind.source == feed.source, kind.source_id == uuid)
    else:
        found = found.where(kind.uuid == uuid)
    row = db.session.scalar(found)
    if row is None:
        source = {"source": feed.source, "source_id": uuid} if feed.source else {}
        row = kind(uuid=_free(kind, uuid, feed.source), **source, **about)
        db.session.add(row)
    return row


def _sources(service: SupportService, sources: Sequence[said.Source]) -> None:
    there = [(row.title, row.url, row.read_on) for row in service.sources]
    if there != [(each.title, each.url, each.read_on) for each in sources]:
        service.sources = [ServiceSource(title=each.title, url=each.url, read_on=each.read_on) for each in sources]


def _hours(row: Schedule, each: said.Hours) -> Schedule:
    for name in ("freq", "interval", "byday", "bymonthday", "opens_at", "closes_at", "valid_from", "valid_to"):
        setattr(row, name, getattr(each, name))
    return _with(row, description=each.description, extra=dict(each.extra), at_location_id=None)


def _children(
    kind: type[Child], service: SupportService, rows: Iterable[Child], wanted: Sequence[Any]
) -> list[tuple[Child, Any]]:
    """Each wanted part with its row: the one that has its id already, else a new one under an id of its own."""
    known = {row.uuid: row for row in rows}
    taken = taken_ids(kind, service, [each.uuid for each in wanted])
    found = []
    for each in wanted:
        uuid = own_id(service, each.uuid, taken)
        found.append((known.get(uuid) or kind(uuid=uuid, service_id=service.id), each))
    return found


def _free(kind: Any, uuid: str, salt: str) -> str:  # noqa: ANN401 - a table
    there = db.session.scalar(select(kind.id).where(kind.uuid == uuid))
    return uuid if there is None else made(salt, uuid)


def _with(row: Child, **columns: Any) -> Child:  # noqa: ANN401 - columns
    for name, value in columns.items():
        setattr(row, name, value)
    return row


def _slug(name: str, uuid: str) -> str:
    """An address for people: the words of the name, and a little of the uuid where that is taken."""
    bare = re.sub(r"[^a-z0-9-]", "", "-".join(words_of(name)))[: LONGEST_SLUG - 10].strip("-") or "service"
    there = db.session.scalar(select(SupportService.id).where(SupportService.slug == bare))
    return bare if there is None else f"{bare}-{uuid[:8]}"
