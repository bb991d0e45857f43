"""`/openreferral/v3/`: the public directory for other systems (HSDS-UK 3.0). Anonymous, for any origin."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for

from app.core import shell
from app.core.web import access, public
from app.signposting.openreferral import writing
from app.signposting.openreferral.asking import (
    OF_PLACES,
    OF_SERVICES,
    OF_TERMS,
    PAGING,
    Asked,
    BadQuestionError,
    read_question,
)
from app.signposting.openreferral.description import PROFILE, VERSION, openapi
from app.signposting.openreferral.queries import pages
from app.signposting.openreferral.queries.pages import Found
from app.signposting.openreferral.values import read_uuid

KEPT = 60  # seconds
PROBLEM = "application/problem+json"

bp = Blueprint("openreferral", __name__, url_prefix="/openreferral/v3")


def init_app(app: Flask) -> None:
    """Let the addresses be found."""
    app.register_blueprint(bp)


@bp.after_request
def open_to_all(response: Response) -> Response:
    """Any page in any browser may read what anybody may read."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, Accept, Content-Type"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


@bp.errorhandler(BadQuestionError)
def refuse(error: BadQuestionError) -> Response:
    """Say what cannot be read, for each parameter."""
    wrong = [{"name": name, "reason": why} for name, why in error.wrong.items()]
    return _problem(400, "A parameter cannot be read", str(error), {"invalid_params": wrong})


@bp.get("/")
@access(public)
def about() -> Response:
    """Which standard this is, and where it is described."""
    return _answer(
        {"version": VERSION, "profile": PROFILE, "openapi_url": url_for(".described", _external=True)},
    )


@bp.get("/openapi.json")
@access(public)
def described() -> Response:
    """The description of these addresses."""
    server = url_for(".about", _external=True).rstrip("/")
    return _answer(openapi(server, shell.branding().service_name))


@bp.get("/services")
@access(public)
def services() -> Response:
    """A page of services."""
    return _listed(OF_SERVICES, pages.services, writing.brief)


@bp.get("/services/<uuid>")
@access(public)
def service(uuid: str) -> Response:
    """One service."""
    return _one(pages.service, uuid, writing.written)


@bp.get("/service_at_locations")
@access(public)
def at_locations() -> Response:
    """A page of services at their places."""
    return _listed(
        OF_PLACES,
        pages.at_locations,
        lambda found: {
            "id": found[0].uuid,
            "location": writing.location(found[1], full=False),
            "service": writing.brief(found[2]),
        },
    )


@bp.get("/service_at_locations/<uuid>")
@access(public)
def at_location(uuid: str) -> Response:
    """One service at one of its places."""
    return _one(
        pages.at_location, uuid, lambda found: writing.at_location(found[0]) | {"service": writing.written(found[1])}
    )


@bp.get("/taxonomies")
@access(public)
def taxonomies() -> Response:
    """A page of lists of terms."""
    return _listed(PAGING, pages.vocabularies, writing.taxonomy)


@bp.get("/taxonomies/<uuid>")
@access(public)
def taxonomy(uuid: str) -> Response:
    """One list, with its terms."""
    return _one(
        pages.vocabulary,
        uuid,
        lambda found: writing.taxonomy(found[0]) | {"taxonomy_terms": list(map(writing.taxonomy_term, found[1]))},
    )


@bp.get("/taxonomy_terms")
@access(public)
def taxonomy_terms() -> Response:
    """A page of terms."""
    return _listed(OF_TERMS, pages.terms, writing.taxonomy_term)


@bp.get("/taxonomy_terms/<uuid>")
@access(public)
def taxonomy_term(uuid: str) -> Response:
    """One term."""
    return _one(pages.term, uuid, writing.taxonomy_term)


@bp.get("/<path:_elsewhere>")
@access(public)
def elsewhere(_elsewhere: str) -> Response:
    """Nothing of the standard: say so in its own way."""
    return _problem(404, "There is nothing at this address")


def _listed(
    known: Mapping[str, Callable[[str], object]], find: Callable[[Asked], Found], write: Callable[[Any], object]
) -> Response:
    asked = read_question(request.args, known)
    found = find(asked)
    total_pages = -(-found.total // asked.per_page)
    return _answer(
        {
            "total_items": found.total,
            "total_pages": total_pages,
            "page_number": asked.page,
            "size": len(found.rows),
            "first_page": asked.page == 1,
            "last_page": asked.page >= total_pages,
            "empty": not found.rows,
            "contents": [write(row) for row in found.rows],
        }
    )


def _one(find: Callable[[str], Any], uuid: str, write: Callable[[Any], object]) -> Response:
    known = read_uuid(uuid)
    found = find(known) if known else None
    return _problem(404, "There is none with this id") if found is None else _answer(write(found))


def _answer(words: object) -> Response:
    response = Response(_json(words), content_type="application/json")
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    response.add_etag()
    response.make_conditional(request)
    return response


def _problem(status: int, title: str, detail: str = "", more: Mapping[str, Any] | None = None) -> Response:
    """What went wrong, as RFC 9457 has it."""
    words: dict[str, Any] = {"type": "about:blank", "title": title, "status": status}
    words |= {"detail": detail} if detail else {}
    return Response(_json(words | dict(more or {})), status=status, content_type=PROBLEM)


def _json(words: object) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))
