"""Passage headers: `:: Name [tags] {"position":"100,100"}`, with the escapes of the Twee 3 specification.

Source: github.com/iftechfoundation/twine-specs, twee-3-specification.md.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from app.scenarios.format.plain_json import JsonError, parse_json, print_json

Report = Callable[[str, int, str], None]
"""Takes a code, an offset and a message that says how to mend it."""

# Characters that are not special, or escaped; a backslash that ends the line stands for itself.
_PLAIN = r"(?:[^\\\[\]{}\n]++|\\.?)*+"

HEADER = re.compile(rf"\n::({_PLAIN})(?:\[({_PLAIN})\][ \t]*+)?+(\{{.*\}})?[ \t]*+(.*)")
"""A header line after its newline; its groups are name, tags, metadata, and what does not belong."""

_USUAL_METADATA = re.compile(r'\{"position":"([-0-9.,]*)"(?:,"size":"([-0-9.,]*)")?\}')
_ESCAPED = re.compile(r"\\(.)")
_SPECIAL = re.compile(r"[\\\[\]{}]")


class Header(NamedTuple):
    """What a header says, where it begins, and where its passage's body begins."""

    name: str
    tags: tuple[str, ...]
    metadata: tuple[tuple[str, str], ...]
    offset: int
    body: int


def read_header(found: re.Match[str], report: Report) -> Header | None:
    """Read what HEADER found; None, and S101, when it names no passage.

    A header that is wrong in another way gives S101 too, and what can still be made out, so that links to it hold.
    """
    name, raw_tags, raw_metadata, rest = found.groups()
    if "\\" in name:
        name = _unescape(name)
    name = name.strip()
    if rest:
        raw_tags = _report_rest(rest, found.start(4), report)
    if not name:
        report("S101", found.start() + 1, "This header has no name: write `:: Name` (a line of prose may not begin with `::`).")
        return None
    tags = tuple(map(_unescape, raw_tags.split())) if raw_tags else ()
    metadata = _metadata(raw_metadata, found.start(3), report) if raw_metadata else ()
    return Header(name, tags, metadata, found.start() + 1, found.end())


def print_header(name: str, tags: tuple[str, ...], metadata: tuple[tuple[str, str], ...] = ()) -> str:
    """The header line of a passage, without a newline."""
    parts = ["::", _escape(name)]
    if tags:
        parts.append(f"[{' '.join(map(_escape, tags))}]")
    if metadata:
        parts.append(print_json(dict(metadata)))
    return " ".join(parts)


def _report_rest(rest: str, at: int, report: Report) -> str:
    """Say what does not belong in a header; the tags that can be made out in it."""
    if rest.startswith("["):
        report("S101", at, "The tags of this header cannot be read: write `:: Name [tag]`, close the bracket, and put `\\` before any bracket in a name.")
        return rest[1:].partition("]")[0]
    if rest.startswith("{"):
        report("S101", at, 'The end of this header cannot be read: write `:: Name {"position":"100,100"}`, or put `\\` before a brace in a name.')
    elif rest.startswith(("]", "}")):
        report("S101", at, f"`{rest[0]}` in a name needs a `\\` before it.")
    else:
        report("S101", at, "Nothing may follow the tags and the braces of a header: move this to a line of its own.")
    return ""


def _metadata(raw: str, at: int, report: Report) -> tuple[tuple[str, str], ...]:
    if usual := _USUAL_METADATA.fullmatch(raw):  # what Twine writes, at a third of the cost
        position, size = usual.groups()
        return (("position", position),) if size is None else (("position", position), ("size", size))
    try:
        fields = parse_json(raw)
    except JsonError as error:
        report("S101", at + error.at, f'The part in braces is not JSON ({error}): write, for example, {{"position":"100,100"}}.')
        return ()
    kept = tuple((key, value) for key, value in fields.items() if isinstance(value, str))
    if len(kept) != len(fields):
        report("S101", at, 'The part in braces may hold texts only: write, for example, {"position":"100,100"}.')
    return kept


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
