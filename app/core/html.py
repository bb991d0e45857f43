"""Markdown in, safe HTML out: the one seam through which text that people wrote becomes HTML.

Raw HTML in Markdown stays text. What Markdown makes goes through bleach with a tight allow-list and, because bleach is
no longer maintained, through nh3 as the last pass. Text is cooked once, when it is written, and kept with COOK_VERSION.
"""

import re
from html import unescape

import nh3
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markupsafe import Markup

COOK_VERSION = 1
LONGEST = 20_000  # characters; 20,000 opening brackets take 0.4 s

TAGS = frozenset(
    "a blockquote br code del em h2 h3 h4 hr li ol p pre s strong table tbody td th thead tr ul".split()  # noqa: SIM905
)
ATTRIBUTES = {"a": {"href", "title"}, "code": {"class"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
REL = "nofollow ugc noopener noreferrer"

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": True}).enable(["table", "strikethrough", "linkify"])
_markdown.disable("image")
_cleaner = Cleaner(tags=TAGS, attributes={tag: list(names) for tag, names in ATTRIBUTES.items()}, protocols=SCHEMES)
_block_end = re.compile(r"</(?:p|h[2-4]|li|td|th|pre|blockquote)>|<(?:br|hr)[^>]*>")
_language = re.compile(r"language-[a-z0-9+-]{1,30}\Z")


def cook(text: str) -> str:
    """The safe HTML of a Markdown text; headings begin at level 2, because the page has the only level 1.

    Raises ValueError for a text of more than LONGEST characters.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a text of more than {LONGEST} characters is not cooked")
    return sanitise(_lower_headings(_markdown.render(text)))


def cooked(text: str) -> Markup:
    """As `cook`, for a template to print as it is."""
    return Markup(cook(text))  # noqa: S704 - cook() is the seam that makes it safe


def plain(html: str) -> str:
    """The words of safe HTML, without markup, on one line: what a search knows."""
    spaced = _block_end.sub(" ", html)
    return " ".join(unescape(nh3.clean(spaced, tags=set())).split())


def sanitise(html: str) -> str:
    """HTML with nothing but the allow-list: bleach first, nh3 last."""
    return nh3.clean(
        _cleaner.clean(html),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_keep_attribute,
        url_schemes=set(SCHEMES),
        link_rel=REL,
    )


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "code" and name == "class":
        return value if _language.match(value) else None
    return value


def _lower_headings(html: str) -> str:
    return re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{min(max(int(m[2]), 2), 4)}>", html)
