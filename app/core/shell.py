"""The shell that every page stands in: templates, branding, navigation.

`init_app` prepares Jinja for the NHS components and gives templates what `_layout.html` needs. create_app then says
what stands in the navigation (`nav`) and the footer (`footer`), and may replace the default branding.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from flask import Flask, current_app, request
from flask_login import current_user
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader

from app.core import errors, fields
from app.core.web import Answer, Reader, declared_rule

Shown = Callable[[Reader], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branding:
    """Whose service this is. `logo` is a name under static/; `exit_url` is where the quick exit leads."""

    service_name: str = "Active bystanders"
    organisation: str = ""
    logo: str = ""
    contact_email: str = ""
    exit_url: str = "https://www.bbc.co.uk/weather"
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the navigation or the footer. Without a rule of its own it is shown to whoever may go there."""

    label: str
    endpoint: str
    rule: Shown | None = None

    def is_shown(self) -> bool:
        """Whether whoever asks may follow it."""
        rule = self.rule or declared_rule(current_app, self.endpoint)
        return rule is not None and rule(cast("Reader", current_user)) == "yes"

    def current(self) -> str | None:
        """The value of aria-current: "page" on the page itself, "true" on the pages below it."""
        if request.endpoint == self.endpoint:
            return "page"
        section, dot, _page = self.endpoint.rpartition(".")
        return "true" if dot and request.blueprint == section else None


@dataclass(slots=True)
class Shell:
    """What create_app says about the shell of one app."""

    branding: Callable[[], Branding]
    navigation: list[Entry] = field(default_factory=list)
    footer: list[Entry] = field(default_factory=list)


def signed_out(reader: Reader) -> Answer:
    """Visitors: what a member no longer needs in the navigation."""
    return "no" if reader.is_authenticated else "yes"


def nav(app: Flask, label: str, endpoint: str, rule: Shown | None = None) -> None:
    """Put a page into the navigation, for whom the page's own rule lets in, or for whom `rule` names."""
    _shell(app).navigation.append(Entry(label, endpoint, rule))


def footer(app: Flask, label: str, endpoint: str, rule: Shown | None = None) -> None:
    """Put a page into the footer."""
    _shell(app).footer.append(Entry(label, endpoint, rule))


def branding() -> Branding:
    """Whose service this is, for the page at hand."""
    return _shell(current_app).branding()


def init_app(app: Flask, branding: Callable[[], Branding] = Branding) -> None:
    """Prepare the templates and the error pages; `branding` is asked once for each page."""
    app.extensions["shell"] = Shell(branding)
    env = app.jinja_env
    env.loader = ChoiceLoader([env.loader, PackageLoader("nhsuk_frontend_jinja")]) if env.loader else None
    env.undefined = ChainableUndefined
    env.trim_blocks = env.lstrip_blocks = True
    # Flask escapes by suffix and does not know .jinja: without this every component would let markup through.
    env.autoescape = escapes
    env.globals.update(
        branding=globals()["branding"],
        navigation=navigation,
        footer_entries=footer_entries,
        field=fields.field,
        hidden_fields=fields.hidden_fields,
        takes_files=fields.takes_files,
        error_summary=fields.error_summary,
        form_failed=fields.form_failed,
    )
    errors.init_app(app)


def escapes(template: str | None) -> bool:
    """Everything is escaped but plain text (mail)."""
    return template is None or not template.endswith(".txt")


def navigation() -> list[Entry]:
    """The entries that whoever asks may follow."""
    return [entry for entry in _shell(current_app).navigation if entry.is_shown()]


def footer_entries() -> list[Entry]:
    """The entries of the footer that whoever asks may follow."""
    return [entry for entry in _shell(current_app).footer if entry.is_shown()]


def _shell(app: Flask) -> Shell:
    return cast("Shell", app.extensions["shell"])
