"""The shell that every page stands in: templates, branding, navigation.

`init_app` prepares Jinja for the NHS components and gives templates what `_layout.html` needs. create_app then says
what stands in the navigation (`nav`) and the footer (`footer`), and may replace the default branding.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Flask, current_app, request, url_for
from flask_login import current_user
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader

from app.core import clock, errors, fields, whole_form
from app.core.wall_clock import clock_words
from app.core.web import Answer, Reader, Rule, declared_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Branding:
    """Whose service this is.

    `logo` is a name under static/; `home` is where the name in the header leads, `exit_url` where the quick exit does.
    """

    service_name: str = "Active bystanders"
    organisation: str = ""
    logo: str = ""
    contact_email: str = ""
    exit_url: str = "https://www.bbc.co.uk/weather"
    demo: bool = False
    home: str = "/"


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the navigation or the footer. Without a rule of its own it is shown to whoever may go there.

    `values` are the parts of the address that differ between pages of one endpoint; `waiting` counts what is new there.
    """

    label: str
    endpoint: str
    rule: Rule | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    waiting: Callable[[], int] | None = None

    def address(self) -> str:
        """Where it leads."""
        return url_for(self.endpoint, **dict[str, Any](self.values))

    def is_shown(self) -> bool:
        """Whether whoever asks may follow it."""
        rule = self.rule or declared_rule(current_app, self.endpoint)
        return rule is not None and rule(cast("Reader", current_user)) == "yes"

    def current(self) -> str | None:
        """The value of aria-current: "page" on the page itself, "true" on the pages below it."""
        if request.path == self.address():
            return "page"
        if self.values:
            return None
        section, dot, _page = self.endpoint.rpartition(".")
        return "true" if dot and request.blueprint == section else None


@dataclass(frozen=True, slots=True)
class Menu:
    """Entries that are content and not code; they stand before those of `nav` and `footer`."""

    navigation: Sequence[Entry] = ()
    footer: Sequence[Entry] = ()


@dataclass(slots=True)
class Shell:
    """What create_app says about the shell of one app; `plain` is the branding when nothing can be looked up."""

    plain: Branding
    branding: Callable[[], Branding]
    menu: Callable[[], Menu]
    navigation: list[Entry] = field(default_factory=list)
    footer: list[Entry] = field(default_factory=list)
    worker: str = ""


def signed_out(reader: Reader) -> Answer:
    """Visitors: what a member no longer needs in the navigation."""
    return "no" if reader.is_authenticated else "yes"


def nav(
    app: Flask, label: str, endpoint: str, rule: Rule | None = None, *, waiting: Callable[[], int] | None = None
) -> None:
    """Put a page into the navigation, for whom the page's own rule lets in, or for whom `rule` names."""
    _shell(app).navigation.append(Entry(label, endpoint, rule, waiting=waiting))


def footer(app: Flask, label: str, endpoint: str, rule: Rule | None = None) -> None:
    """Put a page into the footer."""
    _shell(app).footer.append(Entry(label, endpoint, rule))


def worker(app: Flask, endpoint: str) -> None:
    """Let every page register a service worker; its address says what it is responsible for."""
    _shell(app).worker = endpoint


def worker_address() -> str:
    """Where the service worker is found; "" when there is none."""
    endpoint = _shell(current_app).worker
    return url_for(endpoint) if endpoint else ""


def branding() -> Branding:
    """Whose service this is, for the page at hand."""
    return _shell(current_app).branding()


def plain_branding() -> Branding:
    """The branding of error pages that must not touch the database."""
    return _shell(current_app).plain


def init_app(
    app: Flask,
    branding: Callable[[], Branding] | None = None,
    menu: Callable[[], Menu] = Menu,
    plain: Branding | None = None,
) -> None:
    """Prepare the templates and the error pages.

    `branding` and `menu` are asked for each page, and may look things up; `plain` stands in where that is impossible.
    """
    from app.core import frame  # it draws what this module knows

    plain = plain or Branding()
    app.extensions["shell"] = Shell(plain, branding or (lambda: plain), menu)
    env = app.jinja_env
    env.loader = ChoiceLoader([env.loader, PackageLoader("nhsuk_frontend_jinja")]) if env.loader else None
    env.undefined = ChainableUndefined
    env.trim_blocks = env.lstrip_blocks = True
    # Flask escapes by suffix and does not know .jinja: without this every component would let markup through.
    env.autoescape = escapes
    # Jinja's own ChainMap is compared key by key at every import in a template: a quarter of the time of a page.
    env.make_globals = lambda d: {**env.globals, **(d or {})}  # type: ignore[method-assign]
    env.globals.update(
        branding=globals()["branding"],
        plain_branding=plain_branding,
        worker_address=worker_address,
        field=fields.field,
        hidden_fields=whole_form.hidden_fields,
        takes_files=whole_form.takes_files,
        error_summary=whole_form.error_summary,
        form_failed=whole_form.form_failed,
    )
    for words in (
        clock.date_words,
        clock.day_words,
        clock.weekday_words,
        clock_words,
        clock.time_words,
        clock.span_words,
        clock.datetime_words,
    ):
        env.filters[words.__name__] = words
    frame.init_app(app)
    errors.init_app(app)


def escapes(template: str | None) -> bool:
    """Everything is escaped but plain text (mail)."""
    return template is None or not template.endswith(".txt")


def navigation() -> list[Entry]:
    """The entries that whoever asks may follow."""
    shell = _shell(current_app)
    return [entry for entry in (*shell.menu().navigation, *shell.navigation) if entry.is_shown()]


def footer_entries() -> list[Entry]:
    """The entries of the footer that whoever asks may follow."""
    shell = _shell(current_app)
    return [entry for entry in (*shell.menu().footer, *shell.footer) if entry.is_shown()]


def _shell(app: Flask) -> Shell:
    return cast("Shell", app.extensions["shell"])
