"""The OpenAPI description of our Open Referral addresses: what they take and what they answer."""

from collections.abc import Mapping
from typing import Any

from app.signposting.openreferral.asking import (
    FURTHEST,
    LAST_PAGE,
    LONGEST_SEARCH,
    MOST_PER_PAGE,
    OF_PLACES,
    OF_SERVICES,
    OF_TERMS,
    OLDEST,
    PAGING,
    USUAL_PER_PAGE,
)
from app.signposting.openreferral.hours import DAYS

VERSION = "HSDS-UK-3.0"
PROFILE = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
UUID: Schema = {"type": "string", "format": "uuid"}
CLOCK: Schema = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
AGE: Schema = {"type": "integer", "minimum": 0, "maximum": OLDEST}

PARAMETERS: Mapping[str, tuple[Schema, str]] = {
    "page": ({"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}, "The page; the first is 1."),
    "per_page": (
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": USUAL_PER_PAGE},
        "How many there are on a page.",
    ),
    "search": ({"type": "string", "maxLength": LONGEST_SEARCH, "pattern": "^[^\\u0000]*$"}, "All of these words."),
    "taxonomy_id": (UUID, "Has a term of this taxonomy."),
    "taxonomy_term_id": (UUID, "Has this term."),
    "minimum_age": (AGE, "For people of this age or older, among others."),
    "maximum_age": (AGE, "For people of this age or younger, among others."),
    "day": ({"type": "string", "enum": list(DAYS)}, "Open on this day of the week."),
    "start_time": (CLOCK, "Open at this time, on a clock in London."),
    "end_time": (CLOCK, "Still open at this time."),
    "postcode": (
        {"type": "string", "pattern": "^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$"},
        "At this postcode; with proximity, near it.",
    ),
    "proximity": (
        {"type": "integer", "minimum": 1, "maximum": FURTHEST},
        "Metres from the postcode, which has to be given too.",
    ),
}

SERVICE: Schema = {
    "type": "object",
    "required": ["id", "name", "status"],
    "properties": {
        "id": UUID,
        "name": TEXT,
        "description": TEXT,
        "url": {"type": "string", "format": "uri"},
        "email": {"type": "string", "format": "email"},
        "status": {"enum": ["active", "inactive", "defunct", "temporarily closed"]},
        "minimum_age": {"type": "number"},
        "maximum_age": {"type": "number"},
        "assured_date": {"type": "string", "format": "date"},
        "last_modified": {"type": "string", "format": "date-time"},
        "organization": {
            "type": "object",
            "required": ["id", "name", "description"],
            "properties": {"id": UUID, "name": TEXT, "description": TEXT},
        },
    },
}
LOCATION: Schema = {
    "type": "object",
    "required": ["id", "location_type"],
    "properties": {"id": UUID, "location_type": {"enum": ["physical", "postal", "virtual"]}},
}
AT_LOCATION: Schema = {
    "type": "object",
    "required": ["id", "location", "service"],
    "properties": {"id": UUID, "location": LOCATION, "service": SERVICE},
}
NAMED: Schema = {
    "type": "object",
    "required": ["id", "name", "description"],
    "properties": {"id": UUID, "name": TEXT, "description": TEXT},
}
PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
}
LISTS = {
    "services": (SERVICE, OF_SERVICES, "Services that anybody may know of"),
    "service_at_locations": (AT_LOCATION, OF_PLACES, "Where services are found"),
    "taxonomies": (NAMED, PAGING, "Lists of terms that services are found by"),
    "taxonomy_terms": (NAMED, OF_TERMS, "Terms that services are found by"),
}


def page_of(entry: Schema) -> Schema:
    """The envelope of a page."""
    counted: Schema = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": [
            *("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"),
        ],
        "properties": {
            "total_items": counted,
            "total_pages": counted,
            "page_number": {"type": "integer", "minimum": 1},
            "size": {"type": "integer", "minimum": 0, "maximum": MOST_PER_PAGE},
            "first_page": {"type": "boolean"},
            "last_page": {"type": "boolean"},
            "empty": {"type": "boolean"},
            "contents": {"type": "array", "items": entry},
        },
    }


def openapi(server: str, title: str) -> dict[str, Any]:
    """The description, for the address under which the service stands."""
    paths: dict[str, Any] = {
        "/": _get("Which standard this is", {"type": "object", "required": ["version", "profile", "openapi_url"]}, [])
    }
    for name, (entry, known, summary) in LISTS.items():
        asked = [_parameter(each) for each in known]
        paths[f"/{name}"] = _get(summary, page_of(entry), asked, refuses=True)
        by_id = [{"name": "id", "in": "path", "required": True, "schema": UUID}]
        paths[f"/{name}/{{id}}"] = _get(f"{summary}: one of them", entry, by_id, missing=True)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{title}: directory of support", "version": VERSION},
        "servers": [{"url": server}],
        "paths": paths,
    }


def _parameter(name: str) -> Schema:
    schema, words = PARAMETERS[name]
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _get(
    summary: str, answer: Schema, parameters: list[Schema], *, refuses: bool = False, missing: bool = False
) -> dict[str, Any]:
    problem = {"content": {"application/problem+json": {"schema": PROBLEM}}}
    answers: dict[str, Any] = {
        "200": {"description": "As asked", "content": {"application/json": {"schema": answer}}},
    }
    if refuses:
        answers["400"] = {"description": "A parameter cannot be read", **problem}
    if missing:
        answers["404"] = {"description": "There is none", **problem}
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}
