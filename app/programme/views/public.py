"""What everybody may read: a programme's first page, its other pages, its dates, and who may apply.

The pages live twice: at the root for the programme of the site, and under /programmes/<slug> for any programme.
"""

from functools import cache

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.config import ROOT
from app.core.caching import for_visitors
from app.core.html import COOK_VERSION
from app.core.web import access, public
from app.programme import current, operations, queries
from app.programme.eligibility import decide
from app.programme.forms.eligibility import EligibilityForm
from app.programme.links import under
from app.programme.models import Page, Programme
from app.programme.page_files import FIRST_PAGE
from app.programme.placeholders import facts_of, fill

KEPT = 60  # seconds that a visitor's browser may show a page before it asks again
FILMS = ROOT / "static" / "programme"

bp = Blueprint("programme", __name__)
everything = Blueprint("programmes", __name__)
bp.url_value_preprocessor(current.take_from_address)
bp.url_defaults(current.keep_in_address)


@everything.get("/programmes")
@access(public)
@for_visitors(KEPT)
def index() -> str:
    """Every programme of this installation."""
    return render_template("programme/programmes.html", programmes=queries.programmes(), address_of=current.address_of)


@bp.get("/")
@access(public)
@for_visitors(KEPT)
def home() -> str:
    """What this is, why, and the ways on."""
    if current.is_first_start():
        return render_template("programme/none_yet.html")
    programme = current.of_page()
    page = queries.page(programme.id, FIRST_PAGE)
    dates = [found for found in queries.public_cohorts(programme.id) if found.standing.is_ahead]
    return _shown("programme/home.html", programme, page, dates=dates)


@bp.get("/<slug:page_slug>")
@access(public)
@for_visitors(KEPT)
def page(page_slug: str) -> ResponseReturnValue:
    """A page of the programme."""
    programme = current.of_page()
    if page_slug == FIRST_PAGE:
        return redirect(current.address_of(programme), 301)
    return _shown("programme/page.html", programme, _existing(programme, page_slug))


@bp.get("/dates")
@access(public)
@for_visitors(KEPT)
def dates() -> str:
    """Each cohort with its workshops and where it stands."""
    programme = current.of_page()
    page = _existing(programme, "dates")
    return _shown("programme/dates.html", programme, page, dates=queries.public_cohorts(programme.id))


@bp.get("/eligibility")
@access(public)
@for_visitors(KEPT)
def eligibility() -> ResponseReturnValue:
    """Who may apply, and two questions for whoever wants to know of themselves. The answers are not kept."""
    programme = current.of_page()
    page = _existing(programme, "eligibility")
    form = EligibilityForm.of(programme, request.args)
    if not request.args or not form.validate():
        return _shown("programme/eligibility.html", programme, page, form=form), 422 if form.errors else 200
    verdict = decide(form.workplace.data, form.area.data, open_to_neighbours=bool(programme.wider_area))
    return _shown("programme/eligibility.html", programme, page, form=form, verdict=verdict)


def _existing(programme: Programme, slug: str) -> Page:
    return queries.page(programme.id, slug) or abort(404)


def _shown(template: str, programme: Programme, page: Page | None, **more: object) -> str:
    """A page in its template, with the list of its siblings."""
    return render_template(
        template,
        programme=programme,
        page=page,
        words=_words(programme, page) if page else "",
        summary=fill(page.summary, facts_of(programme)) if page else "",
        film=_film(page.video) if page and page.video else None,
        siblings=[(slug, title) for slug, (title, in_menu) in current.titles(programme).items() if in_menu],
        address_of=current.address_of,
        calendar_of=current.calendar_of,
        **more,
    )


def _words(programme: Programme, page: Page) -> Markup:
    """The cooked text; cooked again now when the kitchen has changed since."""
    html = page.html if page.cook_version == COOK_VERSION else operations.cooked(programme, page.body)
    return Markup(under(current.prefix_of(programme), html, current.titles(programme)))  # noqa: S704 - cooked


@cache
def _film(name: str) -> dict[str, str] | None:
    """The files of a film that is there."""
    files = {kind: f"{name}.{kind}" for kind in ("webm", "mp4", "en.vtt", "png", "jpg")}
    there = {kind: f"programme/{file}" for kind, file in files.items() if (FILMS / file).is_file()}
    return there if "webm" in there or "mp4" in there else None
