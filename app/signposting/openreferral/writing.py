"""An entry of ours as Open Referral UK (HSDS-UK 3.0) has it: no null, no blank text, and nobody's name.

What the standard has no place for stands under `signposting`, so that our own exports come back unchanged; others may
pass it over. The reading of it is in reading.py, and a test holds that each undoes the other.
"""

from datetime import UTC, datetime
from typing import Any

from app.signposting.kinds import BankHolidays, PhoneKind
from app.signposting.openreferral.listing import Hours, Listing, Phone, Place, Provider, Term, Vocabulary
from app.signposting.openreferral.several import filled, iso

Document = dict[str, Any]

TYPE_OF_PHONE = {
    PhoneKind.VOICE: "voice",
    PhoneKind.TEXT: "text",
    PhoneKind.TEXTPHONE: "textphone",
    PhoneKind.RELAY: "textphone",
}


def written(listing: Listing) -> Document:
    """The whole entry, as at /services/{id}."""
    return filled(
        brief(listing)
        | {
            "organization": listing.provider and organisation(listing.provider, full=True),
            "application_process": listing.what_happens,
            "eligibility_description": listing.eligibility,
            "phones": [_phone(phone) for phone in listing.phones],
            "schedules": [_hours(hours) for hours in listing.hours],
            "service_areas": [{"id": area.uuid, "name": area.name, **area.extra} for area in listing.areas],
            "service_at_locations": [at_location(place) for place in listing.places],
            "languages": [
                filled({"id": each.uuid, "code": each.code, "name": each.name, "note": each.note})
                for each in listing.languages
            ],
            "attributes": [_attribute(term) for term in listing.terms],
            **listing.extra,
            "signposting": _own(listing),
        }
    )


def brief(listing: Listing) -> Document:
    """An entry as it stands in a page of many."""
    return filled(
        {
            "id": listing.uuid,
            "name": listing.name,
            "description": "\n\n".join(filter(None, (listing.summary, listing.description))),
            "url": listing.url,
            "email": listing.email,
            "status": listing.status.value,
            "fees": listing.fees,
            "accreditations": listing.extra.get("accreditations"),
            "minimum_age": plain_number(listing.minimum_age),
            "maximum_age": plain_number(listing.maximum_age),
            "assured_date": iso(listing.checked_on),
            "alert": listing.alert,
            "last_modified": moment(listing.updated_at),
            "organization": listing.provider and organisation(listing.provider, full=False),
        }
    )


def organisation(provider: Provider, *, full: bool) -> Document:
    """Who runs it. The standard wants a description: without one, the name says what there is to say."""
    more = provider.extra if full else {key: provider.extra.get(key) for key in ("logo", "uri")}
    return filled(
        {
            "id": provider.uuid,
            "name": provider.name,
            "description": provider.description or provider.name,
            "website": provider.url,
            "email": provider.email,
            **more,
        }
    )


def at_location(place: Place) -> Document:
    """That an entry is found at a place."""
    return filled({"id": place.link, "description": place.note, "location": location(place)})


def location(place: Place, *, full: bool = True) -> Document:
    """A place; in a page of many without its address."""
    about = {
        "id": place.uuid,
        "location_type": place.kind.value,
        "name": place.name,
        "description": place.description,
        "latitude": plain_number(place.latitude),
        "longitude": plain_number(place.longitude),
        **place.extra,
    }
    return filled(about | (_address(place) if full else {}))


def taxonomy(vocabulary: Vocabulary) -> Document:
    """A list of terms."""
    return filled(
        {
            "id": vocabulary.uuid,
            "name": vocabulary.name,
            "description": vocabulary.description or vocabulary.name,
            "uri": vocabulary.uri,
            "version": vocabulary.version,
        }
    )


def taxonomy_term(term: Term) -> Document:
    """A term with the list that it is from."""
    return filled(
        {
            "id": term.uuid,
            "code": term.code,
            "name": term.name,
            "description": term.description or term.name,
            "parent_id": term.parent,
            "taxonomy": term.vocabulary.name,
            "taxonomy_id": term.vocabulary.uuid,
            "term_uri": term.uri,
            "term": term.name,
            "taxonomy_detail": taxonomy(term.vocabulary),
        }
    )


def moment(at: datetime | None) -> str:
    """A moment as the standard writes it, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else ""


def plain_number(number: float | None) -> float | int | None:
    """18 and not 18.0, which some readers take for something else."""
    return int(number) if number is not None and number == int(number) else number


def _phone(phone: Phone) -> Document:
    own = {"signposting": {"kind": phone.kind.value}} if phone.kind is PhoneKind.RELAY else {}
    about = {"id": phone.uuid, "number": phone.number, "extension": phone.extension, "description": phone.label}
    return filled(about) | {"type": TYPE_OF_PHONE[phone.kind], **own}


def _hours(hours: Hours) -> Document:
    return filled(
        {
            "id": hours.uuid,
            "service_at_location_id": hours.place,
            "freq": hours.freq,
            "interval": hours.interval,
            "byday": hours.byday,
            "bymonthday": hours.bymonthday,
            "opens_at": hours.opens_at and hours.opens_at.isoformat(),
            "closes_at": hours.closes_at and hours.closes_at.isoformat(),
            "valid_from": iso(hours.valid_from),
            "valid_to": iso(hours.valid_to),
            "description": hours.description,
            **hours.extra,
        }
    )


def _attribute(term: Term) -> Document:
    return filled({"id": term.link, "link_type": term.link_type, "taxonomy_term": taxonomy_term(term)})


def _address(place: Place) -> Document:
    """The standard knows whole addresses only; what is no whole one stands under our own key, and so does access."""
    lines = filled(
        {
            "address": place.address,
            "city": place.city,
            "region": place.region,
            "county": place.county,
            "postcode": place.postcode,
        }
    )
    found: Document = {}
    if place.accessibility:
        found["accessibility"] = [{"id": place.uuid, "description": place.accessibility}]
    if place.address and place.city and place.postcode and place.county:
        whole = {
            "id": place.uuid,
            "address_1": place.address,
            "city": place.city,
            "region": place.region,
            "state_province": place.county,
            "postal_code": place.postcode,
            "country": place.country,
            "address_type": "physical" if place.kind.value == "virtual" else place.kind.value,
        }
        found["addresses"] = [filled(whole)]
    elif lines:
        found["signposting"] = lines | {"country": place.country}
    return found


def _own(listing: Listing) -> Document:
    """What the standard has no place for. `reach` is always there, which tells the reader that this is ours."""
    sources = [
        filled({"title": source.title, "url": source.url, "read_on": iso(source.read_on)}) for source in listing.sources
    ]
    own = filled(
        {
            "chat_url": listing.chat_url,
            "urgent": listing.urgent or None,
            "independent": listing.independent or None,
            "reach": listing.reach.value,
            "area": listing.area,
            "organisation_kinds": sorted(listing.organisation_kinds),
            "professions": sorted(listing.professions),
            "for_managers": listing.for_managers,
            "ways": sorted(listing.ways),
            "always_open": listing.always_open or None,
            "bank_holidays": None if listing.bank_holidays is BankHolidays.UNKNOWN else listing.bank_holidays.value,
            "hours_words": listing.hours_words,
            "free": listing.free,
            "confidential": listing.confidential and listing.confidential.value,
            "confidential_words": listing.confidential_words,
            "sources": sources,
        }
    )
    return {"summary": listing.summary, **own} if listing.summary else own
