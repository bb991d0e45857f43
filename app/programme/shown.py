"""What every page shows of programmes: kept in the process until one of them, or one of their pages, changes.

A number in the database rises with each change (triggers of the migration that made it), and each request asks for it
once. So what is kept is never older than the request, in whichever process the change was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import current_app, g
from sqlalchemy import select

from app.core.db import db
from app.core.prepared import Prepared
from app.programme.models import Page, Programme, ProgrammeStamp


@dataclass(frozen=True, slots=True)
class Shown:
    """A programme as the shell shows it. `titles`: title, and whether it stands in the menu, of each page, in order."""

    id: int
    slug: str
    host: str | None
    name: str
    team_name: str
    contact_email: str
    logo: str
    titles: Mapping[str, tuple[str, bool]]


def every() -> Mapping[int, Shown]:
    """Every programme by its id, the oldest first."""
    if "shown_programmes" not in g:
        g.shown_programmes = _kept()
    return cast("Mapping[int, Shown]", g.shown_programmes)


def for_host(host: str, default_slug: str) -> Shown | None:
    """The programme found under a host name, else the default one, else the oldest (queries.programme_for_host)."""
    there = every().values()
    of_host = (each for each in there if each.host == host)
    by_default = (each for each in there if each.slug == default_slug)
    return next(of_host, None) or next(by_default, None) or next(iter(there), None)


_STAMP = Prepared(select(ProgrammeStamp.version))


def _kept() -> Mapping[int, Shown]:
    row = _STAMP.one({})
    version = row[0] if row else None
    kept: tuple[int, Mapping[int, Shown]] | None = current_app.extensions.get("shown_programmes")
    if kept and kept[0] == version:
        return kept[1]
    found = _read()
    if version is not None:
        current_app.extensions["shown_programmes"] = (version, found)
    return found


def _read() -> Mapping[int, Shown]:
    titles: dict[int, dict[str, tuple[str, bool]]] = {}
    pages = select(Page.programme_id, Page.slug, Page.title, Page.in_menu).order_by(Page.position, Page.id)
    for programme_id, slug, title, in_menu in db.session.execute(pages):
        titles.setdefault(programme_id, {})[slug] = (title, in_menu)
    rows = db.session.execute(
        select(
            Programme.id,
            Programme.slug,
            Programme.host,
            Programme.name,
            Programme.team_name,
            Programme.contact_email,
            Programme.logo,
        ).order_by(Programme.id)
    )
    return {row.id: Shown(*row, titles.get(row.id, {})) for row in rows}
