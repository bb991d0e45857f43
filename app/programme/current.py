"""Which programme a page is about, and the name and menu that it gives the shell.

A public page belongs to the programme in its address, else to the one of the host name, else to the default one.
"""

from collections.abc import Mapping
from typing import cast

from flask import abort, current_app, g, request, url_for

from app.accounts.current import my_programme_id
from app.config import ROOT, Settings
from app.core import shell
from app.core.db import db
from app.core.shell import Branding, Entry, Menu
from app.core.web import Rule
from app.programme import queries, shown
from app.programme.models import Programme
from app.programme.page_files import FIRST_PAGE
from app.programme.shown import Shown

SITE, NAMED = "programme", "named_programme"  # the two blueprints that public pages live in
CALENDARS, NAMED_CALENDARS = "calendars", "named_calendars"  # and their calendar files
SLUG = "programme_slug"  # the part of an address that names a programme: /programmes/<programme_slug>/…

AT_THE_TOP = {"programme": "Programme", "dates": "Dates", "apply": "Apply"}
AT_THE_FOOT = ("contact", "accessibility", "privacy", "cookies")
BY_LAW = {"accessibility", "privacy", "cookies"}


def take_from_address(_endpoint: str | None, values: dict[str, object] | None) -> None:
    """Keep the programme that the address names, so that views need not ask for it."""
    g.named_programme = values.pop(SLUG, None) if values else None


def keep_in_address(endpoint: str, values: dict[str, object]) -> None:
    """Stay under /programmes/<slug> when a page that was reached there links to another one."""
    named = g.get("named_programme")
    if named and current_app.url_map.is_endpoint_expecting(endpoint, SLUG):
        values.setdefault(SLUG, named)


def of_site() -> Programme | None:
    """The programme that the host name stands for, else the default one; None before there is any."""
    if "programme_of_site" not in g:
        host = request.host.partition(":")[0].lower()
        g.programme_of_site = queries.programme_for_host(host, _settings().default_programme)
    return cast("Programme | None", g.programme_of_site)


def is_first_start() -> bool:
    """Whether this is the site's own first page, before there is any programme."""
    return g.get("named_programme") is None and of_site() is None


def of_page() -> Programme:
    """The programme of the public page at hand; 404 for one that does not exist."""
    named = g.get("named_programme")
    if named is None:
        return of_site() or abort(404)
    if "programme_of_page" not in g:
        g.programme_of_page = queries.programme_by_slug(named)
    return cast("Programme", g.programme_of_page or abort(404))


def in_sight() -> Programme | None:
    """Whose name the shell shows: the programme of a public page, else the reader's own, else the site's."""
    if request.blueprint in {SITE, NAMED}:
        return g.get("programme_of_page") or of_site()
    mine = my_programme_id()
    return (db.session.get(Programme, mine) if mine else None) or of_site()


def id_in_sight() -> int | None:
    """The id of that programme, for features that know no programmes."""
    programme = shown_in_sight()
    return programme.id if programme else None


def shown_in_sight() -> Shown | None:
    """The same programme as `in_sight`, as the shell shows it: what is kept of it, without asking for the row."""
    if request.blueprint in {SITE, NAMED}:
        of_page = g.get("programme_of_page")
        return shown.every().get(of_page.id) if of_page else _site()
    mine = my_programme_id()
    return (shown.every().get(mine) if mine else None) or _site()


def led() -> Programme:
    """The programme that a lead is looking at; only for views whose rule asks for one."""
    return db.session.get_one(Programme, my_programme_id() or abort(404))


def address_of(programme: Programme | Shown, slug: str = "") -> str:
    """Where a public page of a programme is found (none: its first page), as short as this site allows."""
    endpoint, values = _place(programme, slug)
    return url_for(endpoint, **values)  # type: ignore[arg-type]


def calendar_of(programme: Programme, cohort_slug: str, event_id: int | None = None) -> str:
    """Where the calendar file of a cohort, or of one of its workshops, is found from here."""
    page, values = _place(programme, "")
    blueprint = CALENDARS if page.startswith(f"{SITE}.") else NAMED_CALENDARS
    one = {} if event_id is None else {"event_id": event_id}
    view = "workshop" if one else "cohort"
    return url_for(f"{blueprint}.{view}", cohort_slug=cohort_slug, **one, **values)  # type: ignore[arg-type]


def prefix_of(programme: Programme) -> str:
    """What stands before the addresses of a programme's pages here: nothing, or /programmes/<slug>."""
    return address_of(programme).removesuffix("/")


def branding() -> Branding:
    """The name, look and contact of the programme in sight."""
    settings, programme = _settings(), shown_in_sight()
    if programme is None:
        return shell.plain_branding()
    logo = programme.logo if programme.logo and (ROOT / "static" / programme.logo).is_file() else ""
    return Branding(
        service_name=programme.name,
        organisation=programme.team_name,
        logo=logo,
        contact_email=programme.contact_email,
        exit_url=settings.exit_url,
        demo=settings.demo,
        home=address_of(programme),
    )


def menu() -> Menu:
    """The programme's own pages: for visitors some of them at the top, and the small print at the foot."""
    programme = shown_in_sight()
    if programme is None:
        return Menu()
    known = programme.titles
    top = [_entry(programme, slug, label, shell.signed_out) for slug, label in AT_THE_TOP.items() if slug in known]
    foot = [_entry(programme, slug, known[slug][0]) for slug in AT_THE_FOOT if slug in known]
    # What the law asks for is there even where a programme has no words of its own for it.
    site = _site()
    if site is not None and site.id != programme.id and not known.keys() >= BY_LAW:
        of_others = site.titles
        foot += [_entry(site, slug, of_others[slug][0]) for slug in sorted(BY_LAW & of_others.keys() - known.keys())]
    return Menu(top, foot)


def titles(programme: Programme) -> Mapping[str, tuple[str, bool]]:
    """Title, and whether it stands in the menu, of each page of a programme in order."""
    kept = shown.every().get(programme.id)
    return kept.titles if kept else {}


def _site() -> Shown | None:
    """What `of_site` is, as the shell shows it."""
    return shown.for_host(request.host.partition(":")[0].lower(), _settings().default_programme)


def _entry(programme: Shown, slug: str, label: str, rule: Rule | None = None) -> Entry:
    endpoint, values = _place(programme, slug)
    return Entry(label, endpoint, rule, values)


def _place(programme: Programme | Shown, slug: str) -> tuple[str, dict[str, str]]:
    site = _site()
    first = slug in {"", FIRST_PAGE}
    page, view = ({}, "home") if first else ({"page_slug": slug}, "page")
    if site is not None and site.id == programme.id and not g.get("named_programme"):
        return f"{SITE}.{view}", page
    return f"{NAMED}.{view}", page | {SLUG: programme.slug}


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])
