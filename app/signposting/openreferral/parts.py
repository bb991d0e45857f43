"""The parts of an entry, read from Open Referral: numbers, hours, terms, languages, areas, places, who runs it."""

import re
from collections.abc import Mapping
from typing import Any

from app.signposting.kinds import PhoneKind
from app.signposting.openreferral import listing as to
from app.signposting.openreferral.desk import Desk, Did
from app.signposting.openreferral.listing import (
    CODES,
    EXTENSION,
    LINE,
    NAME,
    NUMBER,
    PART,
    Area,
    Language,
    Source,
    Term,
    Vocabulary,
)
from app.signposting.openreferral.several import filled, in_order, iso, made, once
from app.signposting.openreferral.values import Json, read_uuid
from app.signposting.telephones import complaint

Raw = Mapping[str, Json]

PRINTED = re.compile(r"\+?\d(?:[\d ./\-‐‑–]{1,24})\d")
FEWEST_DIGITS = 3
UNKNOWN_TERMS = "Other terms"
VOICE = {"cell": PhoneKind.VOICE, "voice": PhoneKind.VOICE, "phone": PhoneKind.VOICE, "sms": PhoneKind.TEXT}
USELESS = {"fax", "pager"}


def phones(desk: Desk, raw: Raw, owner: str) -> tuple[to.Phone, ...]:
    """Numbers that can be dialled, of the service itself and of its offices; those of named people stay out."""
    found = [phone for at, thing in desk.things(raw, "phones") for phone in _phones(at, thing, owner)]
    for at, contact in desk.things(raw, "contacts"):
        if contact.get("name"):
            at.note(Did.LEFT_OUT, "People by name are not kept in what everybody can read.")
            continue
        found += [phone for place, thing in at.things(contact, "phones") for phone in _phones(place, thing, owner)]
    return once(desk, "phones", found)


def _phones(desk: Desk, raw: Raw, owner: str) -> list[to.Phone]:
    written = desk.line(raw, "number", LINE)
    kind_of = desk.line(raw, "type", EXTENSION).lower()
    if not written or kind_of in USELESS:
        desk.note(Did.LEFT_OUT, "It is a fax or a pager." if kind_of in USELESS else "It has no number.")
        return []
    label = desk.line(raw, "description", NAME)
    numbers = [written] if not complaint(written) else _candidates(written) or [written]
    kept = []
    for at, number in enumerate(dict.fromkeys(each.strip()[:NUMBER] for each in numbers)):
        wrong = complaint(number)
        if wrong:
            desk.note(Did.LEFT_OUT, f"“{number}” {wrong}", "number")
            continue
        if number != written:
            desk.note(Did.CHANGED, f"“{written[:60]}” is written as {number} now.", "number")
            label = label or written[:NAME]
        uuid = desk.uuid(raw, "id", f"{owner}/phone/{number}") if at == 0 else made(owner, "phone", number)
        extension = desk.line(raw, "extension", EXTENSION)
        kept.append(to.Phone(uuid=uuid, number=number, kind=_kind(raw, kind_of), extension=extension, label=label))
    return kept


def _candidates(written: str) -> list[str]:
    """What in a text may be a number: "9-5" is when somebody answers."""
    return [found for found in PRINTED.findall(written) if sum(map(str.isdigit, found)) >= FEWEST_DIGITS]


def _kind(raw: Raw, kind_of: str) -> PhoneKind:
    own = raw.get("signposting")
    said = str(own.get("kind", "")) if isinstance(own, Mapping) else kind_of
    return PhoneKind(said) if said in set(PhoneKind) else VOICE.get(said, PhoneKind.VOICE)


def languages(desk: Desk, raw: Raw, owner: str) -> tuple[Language, ...]:
    """Languages that have a name or a code."""
    found = []
    for at, thing in desk.things(raw, "languages"):
        code, name = at.line(thing, "code", 10), at.line(thing, "name", CODES)
        if not code and not name:
            at.note(Did.LEFT_OUT, "It says no language.")
            continue
        uuid = at.uuid(thing, "id", f"{owner}/language/{code or name}")
        found.append(Language(uuid=uuid, code=code, name=name, note=at.line(thing, "note", LINE)))
    return in_order(desk, "languages", found)


def areas(desk: Desk, raw: Raw, owner: str) -> tuple[Area, ...]:
    """Areas that have a name."""
    found = []
    for at, thing in desk.things(raw, "service_areas"):
        name = at.words(thing, "name" if thing.get("name") else "service_area", PART)
        if not name:
            at.note(Did.LEFT_OUT, "It has no name.")
            continue
        extra = {key: at.words(thing, key, PART) for key in ("extent", "extent_type")} | {"uri": at.web(thing, "uri")}
        uuid = at.uuid(thing, "id", f"{owner}/area/{name}")
        found.append(Area(uuid=uuid, name=name, extra=filled(extra)))
    return in_order(desk, "service_areas", found)


def terms(desk: Desk, raw: Raw, owner: str) -> tuple[Term, ...]:
    """Terms with a name; without a vocabulary they belong to one for all that have none."""
    found: list[Term] = []
    for at, thing in desk.things(raw, "attributes"):
        inner = at.thing(thing, "taxonomy_term")
        if inner is None:
            at.note(Did.LEFT_OUT, "It has no term.")
            continue
        term = _term(*inner, at, thing, owner)
        if term and term.uuid in {other.uuid for other in found}:
            at.note(Did.LEFT_OUT, f"“{term.name}” stands there twice.")
        elif term:
            found.append(term)
    return in_order(desk, "attributes", found, by="link")


def _term(desk: Desk, raw: Raw, tie: Desk, link: Raw, owner: str) -> Term | None:
    name = desk.line(raw, "name" if raw.get("name") else "term", NAME)
    if not name:
        desk.note(Did.LEFT_OUT, "The term has no name.")
        return None
    vocabulary = _vocabulary(desk, raw)
    uuid = desk.uuid(raw, "id", f"{vocabulary.uuid}/{name}")
    description = desk.words(raw, "description", PART)
    parent = raw.get("parent_id")
    return Term(
        link=tie.uuid(link, "id", f"{owner}/term/{uuid}"),
        link_type=tie.line(link, "link_type", CODES),
        uuid=uuid,
        code=desk.line(raw, "code", NAME) or name,
        name=name,
        description="" if description == name else description,
        uri=desk.web(raw, "term_uri"),
        parent=read_uuid(parent) if isinstance(parent, str) else "",
        vocabulary=vocabulary,
    )


def _vocabulary(desk: Desk, raw: Raw) -> Vocabulary:
    at, detail = desk.thing(raw, "taxonomy_detail") or (desk, {})
    name = at.line(detail, "name", NAME) or desk.line(raw, "taxonomy", NAME) or UNKNOWN_TERMS
    description = at.words(detail, "description", PART)
    said = detail.get("id") or raw.get("taxonomy_id")
    return Vocabulary(
        uuid=read_uuid(said) if isinstance(said, str) and read_uuid(said) else made("taxonomy", name),
        name=name,
        description="" if description == name else description,
        uri=at.web(detail, "uri"),
        version=at.line(detail, "version", 40),
    )


def sources(desk: Desk, raw: Raw) -> tuple[Source, ...]:
    """Where the entry was read."""
    found = []
    for at, thing in desk.things(raw, "sources"):
        title = at.line(thing, "title", NAME)
        if title:
            found.append(Source(title=title, url=at.web(thing, "url"), read_on=at.day(thing, "read_on")))
    return tuple(found)


def extra_of_service(desk: Desk, raw: Raw, owner: str) -> dict[str, Any]:
    """What we have no column for, and give back as we read it."""
    costs = [
        filled(
            {
                "id": at.uuid(thing, "id", f"{owner}/cost/{place}"),
                "valid_from": iso(at.day(thing, "valid_from")),
                "valid_to": iso(at.day(thing, "valid_to")),
                "option": at.line(thing, "option", NAME),
                "amount": at.number(thing, "amount", 0, 10**6),
                "amount_description": at.line(thing, "amount_description", LINE),
            }
        )
        for place, (at, thing) in enumerate(desk.things(raw, "cost_options"))
    ]
    funding = [
        {"id": at.uuid(thing, "id", f"{owner}/funding/{source}"), "source": source}
        for at, thing in desk.things(raw, "funding")
        if (source := at.words(thing, "source", PART))
    ]
    accreditations = desk.words(raw, "accreditations", PART)
    if raw.get("assurer_email"):
        desk.note(Did.LEFT_OUT, "It may be somebody's own address.", "assurer_email")
    return filled({"accreditations": accreditations, "cost_options": costs, "funding": funding})
