"""Where a service is found, and who runs it, read from Open Referral."""

import re
from collections.abc import Mapping
from typing import Any

from app.signposting.kinds import LocationType
from app.signposting.openreferral.desk import Desk, Did
from app.signposting.openreferral.listing import CITY, LINE, NAME, PART, POSTCODE, Place, Provider
from app.signposting.openreferral.several import filled, in_order
from app.signposting.openreferral.values import Json

Raw = Mapping[str, Json]

BRITISH_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")


def places(desk: Desk, raw: Raw, owner: str) -> tuple[Place, ...]:
    """Where it is found; a place without a kind is one that people can go to."""
    found: list[Place] = []
    for at, thing in desk.things(raw, "service_at_locations"):
        inner = at.thing(thing, "location")
        if inner is None:
            at.note(Did.LEFT_OUT, "It has no location.")
            continue
        place = _place(*inner, at, thing, owner)
        if place.uuid in {other.uuid for other in found}:
            at.note(Did.LEFT_OUT, "The same place stands there twice.")
        else:
            found.append(place)
    return in_order(desk, "service_at_locations", found, by="link")


def _place(desk: Desk, raw: Raw, tie: Desk, link: Raw, owner: str) -> Place:
    address = _address(desk, raw)
    name = desk.line(raw, "name", NAME)
    uuid = desk.uuid(raw, "id", f"{owner}/place/{name}/{address}")
    latitude, longitude = _point(desk, raw)
    text = [at.words(thing, "description", PART) for at, thing in desk.things(raw, "accessibility")]
    extra = {key: desk.line(raw, key, NAME) for key in ("external_identifier", "external_identifier_type")}
    return Place(
        link=tie.uuid(link, "id", f"{owner}/at/{uuid}"),
        note=tie.words(link, "description", PART),
        uuid=uuid,
        kind=desk.choice(raw, "location_type", LocationType) or LocationType.PHYSICAL,
        name=name,
        description=desk.words(raw, "description", PART),
        latitude=latitude,
        longitude=longitude,
        accessibility="\n".join(filter(None, text)),
        extra=filled(extra),
        **address,
    )


def _address(desk: Desk, raw: Raw) -> dict[str, str]:
    own = raw.get("signposting")
    if isinstance(own, Mapping):
        return _lines(desk.at("signposting"), own, line="address", county="county", postcode="postcode")
    listed = list(desk.things(raw, "addresses"))
    if len(listed) > 1:
        desk.note(Did.LEFT_OUT, "A place has one address here; the first one is kept.", "addresses")
    if not listed:
        return {}
    at, thing = listed[0]
    return _lines(at, thing, line="address_1", county="state_province", postcode="postal_code")


def _lines(desk: Desk, raw: Raw, *, line: str, county: str, postcode: str) -> dict[str, str]:
    country = desk.line(raw, "country", CITY).upper()
    if len(country) != len("GB"):
        if country and country not in {"UNITED KINGDOM", "UK", "ENGLAND", "SCOTLAND", "WALES"}:
            desk.note(Did.CHANGED, f"“{country}” is read as GB.", "country")
        country = "GB"
    return {
        "address": desk.line(raw, line, LINE),
        "city": desk.line(raw, "city", CITY),
        "region": desk.line(raw, "region", CITY),
        "county": desk.line(raw, county, CITY),
        "postcode": one_postcode(desk.line(raw, postcode, POSTCODE)),
        "country": "GB" if country == "UK" else country,
    }


def one_postcode(text: str) -> str:
    """A postcode in its usual spelling: capitals, one space; what is none of this country stays as it is."""
    found = BRITISH_POSTCODE.fullmatch(text.upper().strip())
    return f"{found[1]} {found[2]}" if found else text


def _point(desk: Desk, raw: Raw) -> tuple[float | None, float | None]:
    latitude = desk.number(raw, "latitude", -90, 90)
    longitude = desk.number(raw, "longitude", -180, 180)
    if latitude is None or longitude is None:
        if latitude is not longitude:
            desk.note(Did.LEFT_OUT, "Half a point on the map is none.", "latitude")
        return None, None
    if latitude == longitude == 0:
        desk.note(Did.LEFT_OUT, "Nought and nought is a point in the Atlantic.", "latitude")
        return None, None
    return latitude, longitude


def provider(desk: Desk, raw: Raw) -> Provider | None:
    """Who runs it."""
    inner = desk.thing(raw, "organization")
    if inner is None:
        return None
    at, thing = inner
    name = at.line(thing, "name", NAME)
    if not name:
        at.note(Did.LEFT_OUT, "It has no name.")
        return None
    description = at.words(thing, "description", PART * 10)
    extra: dict[str, Any] = {"logo": at.web(thing, "logo"), "uri": at.web(thing, "uri")}
    extra["organization_identifiers"] = [
        {"id": place.uuid(each, "id", f"{name}/{words['identifier']}"), **words}
        for place, each in at.things(thing, "organization_identifiers")
        if (words := _identifier(place, each))["identifier"] and words["identifier_type"]
    ]
    return Provider(
        uuid=at.uuid(thing, "id", f"organization/{name}"),
        name=name,
        description="" if description == name else description,
        url=at.web(thing, "website" if thing.get("website") else "url"),
        email=at.email(thing, "email"),
        extra=filled(extra),
    )


def _identifier(desk: Desk, raw: Raw) -> dict[str, str]:
    words = {key: desk.line(raw, key, NAME) for key in ("identifier_scheme", "identifier_type", "identifier")}
    return {key: text for key, text in words.items() if text or key != "identifier_scheme"}
