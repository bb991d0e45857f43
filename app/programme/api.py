"""Dates as calendar files, for everybody: of a cohort's workshops, all or one."""

from collections.abc import Sequence

from flask import Blueprint, Flask, Response, abort
from werkzeug.utils import secure_filename

from app.core import clock
from app.core.web import access, public
from app.notifications import calendars
from app.notifications.calendars import Method
from app.programme import current, queries
from app.programme.belonging import as_entry
from app.programme.models import CohortEvent, Programme

KEPT = 300  # seconds

bp = Blueprint("programme_calendars", __name__)
bp.url_value_preprocessor(current.take_from_address)
bp.url_defaults(current.keep_in_address)


def init_app(app: Flask) -> None:
    """Let the files be found beside the pages; the converter of app.programme.views is there by now."""
    app.register_blueprint(bp, name=current.CALENDARS)
    app.register_blueprint(bp, name=current.NAMED_CALENDARS, url_prefix=f"/programmes/<slug:{current.SLUG}>")


@bp.get("/dates/<slug:cohort_slug>.ics")
@access(public)
def cohort(cohort_slug: str) -> Response:
    """The workshops of a cohort."""
    programme = current.of_page()
    found = queries.public_cohort(programme.id, cohort_slug) or abort(404)
    return published(answer(programme, found.workshops, found.cohort.name))


@bp.get("/dates/<slug:cohort_slug>/<int:event_id>.ics")
@access(public)
def workshop(cohort_slug: str, event_id: int) -> Response:
    """One workshop."""
    programme = current.of_page()
    found = queries.public_cohort(programme.id, cohort_slug) or abort(404)
    events = [event for event in found.workshops if event.id == event_id] or abort(404)
    return published(answer(programme, events, events[0].title))


def answer(programme: Programme, events: Sequence[CohortEvent], name: str) -> Response:
    """Dates of a programme as a file to open in a calendar."""
    entries = [as_entry(event, programme.contact_email) for event in events]
    response = Response(calendars.published(name, entries, clock.now()), content_type=Method.PUBLISH.mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{secure_filename(name) or "dates"}.ics"'
    return response


def published(response: Response) -> Response:
    """The same answer, which caches may keep: it is the same for everybody."""
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return response
