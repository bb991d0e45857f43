"""Mentions: who is named with an @ in a text. Pure.

A member is named by reference: what is kept in a body is `@{17}`, so that a name is looked up when it is shown, and a
member who has left is named nowhere. People write and see `@petra-peer-17` (completion puts it there) or, where only
one reader of the board has that name, `@petra-peer`. Nothing in code is a mention; what stands in a quote is shown with
the name, but it is no address: nobody is told of it a second time.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import chain

from markdown_it import MarkdownIt

MARK = "@{"  # without it in a body nobody is mentioned there
MOST = 10  # people whom one post may address; more is shouting
LONGEST_ID = 9  # digits
LONGEST_AT_NAME = 90  # characters

_blocks = MarkdownIt("commonmark").enable("table").disable("inline")
_at_name = re.compile(r"(?<![\w/@.&#{}])@([^\W\d_](?:[\w’'-]{0,88}\w)?)")
_reference = re.compile(r"(?<![\w/@.&#{}])@\{(\d{1,9})\}")
_code_span = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_no_word = re.compile(r"[\W_]+")
_tag_or_words = re.compile(r"""(<(?:[^<>"]|"[^"]*")*>)""")


@dataclass(frozen=True, slots=True)
class AtName:
    """Somebody as a person wrote them: `slug` is their name, `member_id` is there when the at-name says which one."""

    text: str
    slug: str
    member_id: int | None


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Who is named in a kept body: `shown` anywhere in it, `addressed` outside quotes, in the order of naming."""

    shown: frozenset[int]
    addressed: tuple[int, ...]


def at_name_of(name: str, member_id: int) -> str:
    """What completion writes for a member: "petra-peer-17"."""
    return f"{slug(name) or 'member'}-{member_id}"


def slug(name: str) -> str:
    """A name as it stands in a at-name: small letters with hyphens, whatever else it is made of."""
    return _no_word.sub("-", name.lower().replace("’", "").replace("'", "")).strip("-")[: LONGEST_AT_NAME - LONGEST_ID]


def at_names(body: str) -> list[AtName]:
    """The at-names in a text as somebody wrote it, each once."""
    found = chain.from_iterable(_at_name.finditer(words) for words in _outside_code(body))
    return list(dict.fromkeys(_read(each[1]) for each in found))


def refer(body: str, known: Mapping[str, int]) -> str:
    """The text as it is kept: each at-name that is known (by its text) becomes a reference, any other stays as it is.

    References that somebody typed themselves become plain words first, so that nobody asks for names by number.
    """

    def reference(found: re.Match[str]) -> str:
        member_id = known.get(found[1])
        return found[0] if member_id is None else f"@{{{member_id}}}"

    return _in_words(body, lambda words: _at_name.sub(reference, _reference.sub(r"@ {\1}", words)))


def mentioned(body: str) -> Mentioned:
    """Who is named in a kept body."""
    shown = [int(each[1]) for each in _reference.finditer("\n".join(_outside_code(body)))]
    addressed = [int(each[1]) for each in _reference.finditer("\n".join(_outside_code(body, quotes=False)))]
    return Mentioned(frozenset(shown), tuple(dict.fromkeys(addressed))[:MOST])


def editable(body: str, names: Mapping[int, str]) -> str:
    """A kept body for its author to change: references as at-names again."""

    def at_name(found: re.Match[str]) -> str:
        name = names.get(int(found[1]))
        return "@somebody" if name is None else f"@{at_name_of(name, int(found[1]))}"

    return _in_words(body, lambda words: _reference.sub(at_name, words))


def plain(body: str, names: Mapping[int, str]) -> str:
    """A kept body for a text without links (an export): references as names."""
    return _reference.sub(lambda found: f"@{names.get(int(found[1]), 'somebody')}", body)


def show(html: str, names: Mapping[int, str]) -> str:
    """Safe HTML with the names of those whom it mentions, in its words only: no tag and no attribute is touched.

    Of somebody who has left, or who was never mentioned there, "somebody" is said.
    """
    if MARK not in html:
        return html

    def name(found: re.Match[str]) -> str:
        return f"<b>@{escape(names.get(int(found[1]), 'somebody'))}</b>"

    parts = _tag_or_words.split(html)
    return "".join(part if part.startswith("<") else _reference.sub(name, part) for part in parts)


def quoted_lines(body: str) -> frozenset[int]:
    """The numbers, from 0, of the lines of a Markdown text that are a quote."""
    return _lines(body)[1]


def _read(text: str) -> AtName:
    name, hyphen, number = text.rpartition("-")
    if hyphen and number.isascii() and number.isdecimal() and len(number) <= LONGEST_ID:
        return AtName(text, slug(name), int(number))
    return AtName(text, slug(text), None)


def _outside_code(body: str, *, quotes: bool = True) -> Iterator[str]:
    """The words of a Markdown text that are not code, and with `quotes=False` not quoted either."""
    for words, is_code, is_quote in _parts(body):
        if not is_code and (quotes or not is_quote):
            yield words


def _in_words(body: str, change: Callable[[str], str]) -> str:
    return "".join(words if is_code else change(words) for words, is_code, _quoted in _parts(body))


def _parts(body: str) -> Iterator[tuple[str, bool, bool]]:
    """A text cut into words and code: each part with whether it is code and whether it is quoted."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", body)  # as Markdown counts lines, which is not as Python does
    code, quoted = _lines(body)
    start = 0
    while start < len(lines):
        kind = (start in code, start in quoted)
        end = start
        while end < len(lines) and (end in code, end in quoted) == kind:
            end += 1
        block = "".join(lines[start:end])
        if kind[0]:
            yield block, True, kind[1]
        else:
            yield from _spans(block, is_quote=kind[1])
        start = end


def _spans(block: str, *, is_quote: bool) -> Iterator[tuple[str, bool, bool]]:
    at = 0
    for span in _code_span.finditer(block):
        if "\n\n" in span[2]:
            continue  # a paragraph ends before the code does: those are only backticks
        yield block[at : span.start()], False, is_quote
        yield span[0], True, is_quote
        at = span.end()
    yield block[at:], False, is_quote


def _lines(body: str) -> tuple[frozenset[int], frozenset[int]]:
    """Which lines are code, and which are quoted."""
    code: set[int] = set()
    quoted: set[int] = set()
    for token in _blocks.parse(body):
        if token.map and token.type in {"fence", "code_block"}:
            code.update(range(*token.map))
        elif token.map and token.type == "blockquote_open":
            quoted.update(range(*token.map))
    return frozenset(code), frozenset(quoted)
