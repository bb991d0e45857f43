"""Plain text out of whatever a feed calls a text: without markup, entities, control characters and odd spaces."""

import html
import re
import unicodedata
from collections.abc import Iterator

# Only what browsers know as markup: Markdown has <https://…> of its own, and people write <3.
KNOWN = (
    "a|abbr|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|dd|del|div|dl|dt|em|embed|"
    "figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main|map|mark|meta|nav|"
    "object|ol|option|p|pre|q|s|script|section|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|"
    "td|textarea|tfoot|th|thead|time|title|tr|u|ul|video|audio|[a-z]{1,4}[0-9]?:[a-z]+"  # o:p is of a word processor
)
# No tag reaches over a blank line, so two plain paragraphs never become one when they are joined.
INSIDE = r"(?:(?!\n\n)[^<>])*"
TAG = re.compile(
    rf"<(?P<closes>/)?(?P<name>{KNOWN})(?=[\s/>]){INSIDE}>|<!--|-->|<![a-z]{INSIDE}>|<\?[a-z]{INSIDE}>", re.IGNORECASE
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
SILENT = {"script", "style", "head", "title", "iframe", "object"}
BREAKS = {"p", "div", "br", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"}
SPACES = re.compile(r"[^\S\n]+")
BLANK_LINES = re.compile(r"\n{3,}")
MOST_ROUNDS = 8  # texts that were escaped more often than this are cut at their first bracket


def line(text: str) -> str:
    """A text of one line, without markup."""
    return " ".join(paragraphs(text).split())


def paragraphs(text: str) -> str:
    """A text that may have several lines, without markup. What is plain already comes back as it is."""
    for _round in range(MOST_ROUNDS):
        before, text = text, _tidy(_without_markup(text))
        if text == before:
            return text
    return _tidy(TAG.sub(" ", text).replace("<", " ").replace("&", " "))


def has_markup(text: str) -> bool:
    """Whether there is anything in a text that a page would take for markup."""
    return bool(TAG.search(text)) or _unescaped(text) != text


def _without_markup(text: str) -> str:
    return _unescaped("".join(_words(text)))


def _unescaped(text: str) -> str:
    """Only whole entities: &copy in the middle of an address is none."""
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def _words(text: str) -> Iterator[str]:
    """What a person would read between the tags, with a new line where a page would begin one."""
    end, silent = 0, 0
    for tag in TAG.finditer(text):
        if not silent:
            yield text[end : tag.start()]
        end = tag.end()
        name, closes = (tag["name"] or "").lower(), bool(tag["closes"])
        if name in SILENT:
            silent = max(0, silent - 1) if closes else silent + 1
        elif name == "li":
            yield "" if closes else "\n- "
        elif name in BREAKS:
            yield "\n"
    yield text[end:]


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign == "\n" or _is_kept(sign))
    rows = (SPACES.sub(" ", row).strip() for row in text.split("\n"))
    return BLANK_LINES.sub("\n\n", "\n".join(rows)).strip()


def _is_kept(sign: str) -> bool:
    """Not control characters, lone surrogates (no database takes them) and what changes the direction of writing."""
    return sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cs", "Cf", "Co", "Cn"} or sign == "\u200d"
