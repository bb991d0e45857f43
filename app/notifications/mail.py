"""Mail: the words are made when it is sent, by the worker. No picture, no counting of who opens it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, current_app

from app.accounts.seams import programme
from app.config import Settings
from app.core import clock, mail, outbox
from app.core.db import db
from app.core.outbox import Message
from app.core.shell import Branding
from app.notifications.transports import Transport, transport_of


class Unfolded(UnstructuredHeader):
    """A header that stays on one line: the library would fold a long address into pieces that no program reads."""

    def fold(self, *, policy: Policy) -> str:
        """The header as it travels."""
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]  # of the class it is mixed into


HEADERS = HeaderRegistry()
HEADERS.map_to_type("List-Unsubscribe", Unfolded)  # type: ignore[arg-type]  # a mix-in, as the library has them
POLICY = SMTP.clone(header_factory=HEADERS)


@dataclass(frozen=True, slots=True)
class Post:
    """Where mail goes and how it says who it is from."""

    settings: Settings
    send: Transport


def init_app(app: Flask, settings: Settings) -> None:
    """Let the worker send mail."""
    app.extensions["post"] = Post(settings, transport_of(settings))
    outbox.register(app, mail.KIND, deliver)


def deliver(message: Message) -> None:
    """Send one mail; raises what the mail server says, or outbox.Refused when it said no for good."""
    send(written(message, settings()))


def send(words: EmailMessage) -> None:
    """Hand mail over. What was read for it is let go first: no transaction waits for a mail server."""
    db.session.rollback()
    _post().send(words)


def settings() -> Settings:
    """What mail is written with."""
    return _post().settings


def written(message: Message, settings: Settings) -> EmailMessage:
    """The mail that a message of the outbox stands for."""
    template, context = message.payload["template"], message.payload["context"]
    brand = _brand_of(message.programme_id, settings)
    words = EmailMessage(policy=POLICY)
    words["From"] = Address(brand.service_name, addr_spec=settings.mail_from)
    words["To"] = message.payload["to"]
    words["Subject"] = message.payload["subject"]
    words["Date"] = format_datetime(clock.now())
    words["Message-ID"] = _message_id(message.key, settings)
    words["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine answers
    words["X-Auto-Response-Suppress"] = "All"  # the same to Exchange
    words["Content-Language"] = "en-GB"
    shown = {**context, "branding": lambda: brand, "link": linker(settings.public_url)}
    words.set_content(_rendered(f"mail/{template}.txt", shown).strip() + "\n", cte="quoted-printable")
    words.add_alternative(_rendered(f"mail/{template}.html", shown), subtype="html", cte="quoted-printable")
    return words


def linker(public_url: str) -> Callable[..., str]:
    """A function that makes absolute links from the settings; the Host header of a request is anybody's to choose."""
    place = urlsplit(public_url)
    addresses = current_app.url_map.bind(place.netloc, script_name=place.path or "/", url_scheme=place.scheme)

    def link(endpoint: str, **values: str | int) -> str:
        return addresses.build(endpoint, values, force_external=True)

    return link


def _post() -> Post:
    return cast("Post", current_app.extensions["post"])


def _rendered(template: str, shown: Mapping[str, Any]) -> str:
    return current_app.jinja_env.get_template(template).render(shown)


def _brand_of(programme_id: int | None, settings: Settings) -> Branding:
    if programme_id is None:
        return Branding(service_name=settings.service_name, demo=settings.demo)
    facts = programme(programme_id)
    return Branding(
        service_name=facts.name,
        organisation=facts.team_name,
        contact_email=facts.contact_email,
        demo=settings.demo,
    )


def _message_id(key: str, settings: Settings) -> str:
    """The same for every attempt, so that a mail which arrived twice can be told to be one."""
    domain = settings.mail_from.rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"
