"""The header and the footer of every page: rendered once for each look that they have, and then kept.

A look is everything that they show: branding, entries with their addresses, which one is current, how much is new. So
nothing kept can be out of date: what differs is another look. Only the token of the form that signs out is put in anew.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.core import shell
from app.core.shell import Branding, Entry

MOST_KEPT = 500  # looks; a service has some dozens
TOKEN = "\N{REPLACEMENT CHARACTER}token\N{REPLACEMENT CHARACTER}"  # noqa: S105 - where the token goes


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it looks on the page at hand."""

    label: str
    address: str
    current: str | None
    waiting: int


def init_app(app: Flask) -> None:
    """Give both to the layout; the shell is there by now."""
    app.extensions["frame"] = {}
    app.jinja_env.globals.update(site_header=site_header, site_footer=site_footer)


def site_header(brand: Branding, member: Any, *, bare: bool) -> Markup:  # noqa: ANN401 - whoever asks, or nobody
    """The header; a bare one asks neither who is signed in nor what is new, and gets no member."""
    links = () if bare else tuple(_link(entry) for entry in shell.navigation())
    signed_in = bool(member) and bool(member.is_authenticated)
    look = ("header", brand, links, bool(member), signed_in)
    html = _kept(look, lambda parts: parts.site_header(brand, member, links), generate_csrf() if signed_in else "")
    return html.replace(TOKEN, generate_csrf()) if signed_in else html


def site_footer(brand: Branding, *, bare: bool) -> Markup:
    """The footer."""
    links = () if bare else tuple(Link(entry.label, entry.address(), None, 0) for entry in shell.footer_entries())
    return _kept(("footer", brand, links), lambda parts: parts.site_footer(brand, links))


def _link(entry: Entry) -> Link:
    return Link(entry.label, entry.address(), entry.current(), entry.waiting() if entry.waiting else 0)


def _kept(look: Hashable, render: Callable[[Any], str], token: str = "") -> Markup:
    kept: dict[Hashable, Markup] = current_app.extensions["frame"]
    html = kept.get(look)
    if html is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        fresh = render(current_app.jinja_env.get_template("_macros/shell.html").make_module())
        html = kept[look] = Markup(fresh.replace(token, TOKEN) if token else fresh)  # noqa: S704 - our own template's
    return html
