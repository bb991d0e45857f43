"""Pure decisions about feeds: which boards may have one, and how it is written (Atom, RFC 4287)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from app.forums.rules import Audience, Label

ENTRIES = 30
ATOM = "http://www.w3.org/2005/Atom"
MIME = "application/atom+xml; charset=utf-8"
_not_xml = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in a feed. It names nobody: feed readers are other companies. `html` is None where the words stay."""

    url: str
    title: str
    html: str | None
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: `urn` never changes, `url` is the page that shows the same."""

    urn: str
    title: str
    url: str
    author: str
    made_at: datetime
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        """When something in it last changed."""
        return max((entry.updated for entry in self.entries), default=self.made_at)


def may_be_followed(audience: Audience, label: Label, *, anonymity: bool, sensitive: bool) -> bool:
    """Whether a board's posts may leave the product: never of sensitive, cohort or anonymous boards.

    Nor where readers promised that nothing leaves the board. queries.followable says the same in SQL.
    """
    return audience is not Audience.COHORT and label is not Label.BOARD_ONLY and not anonymity and not sensitive


def atom(feed: Feed) -> bytes:
    """The feed as a file."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _say(root, "id", feed.urn)
    _say(root, "title", feed.title)
    _say(root, "updated", _moment(feed.updated))
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    _say(SubElement(root, "author"), "name", feed.author)
    for each in feed.entries:
        entry = SubElement(root, "entry")
        _say(entry, "id", each.url)
        _say(entry, "title", each.title)
        _say(entry, "published", _moment(each.published))
        _say(entry, "updated", _moment(each.updated))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": each.url})
        if each.html is not None:
            _say(entry, "content", each.html, type="html")
    file: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return file


def _say(parent: Element, tag: str, words: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = _not_xml.sub("", words)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
