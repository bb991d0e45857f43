"""Passage headers: `:: Name [tags] {"position":"100,100"}`, with the escapes of the Twee 3 specification.

Source: github.com/iftechfoundation/twine-specs, twee-3-specification.md.
"""

import re
from functools import lru_cache

from app.scenarios.format.plain_json import JsonError, parse_json, print_json

# Characters that are not special, or escaped; a backslash that ends the line stands for itself.
_PLAIN = r"(?:[^\\\[\]{}\n]++|\\.?)*+"

HEADER = re.compile(rf"\n::({_PLAIN})(?:\[({_PLAIN})\][ \t]*+)?+(\{{.*\}})?[ \t]*+(.*)")
"""A header line after its newline; its groups are name, tags, metadata, and what does not belong."""

Metadata = tuple[tuple[str, str], ...]

_USUAL_METADATA = re.compile(r'\{"position":"([-0-9.,]*)"(?:,"size":"([-0-9.,]*)")?\}')
_ESCAPED = re.compile(r"\\(.)")
_SPECIAL = re.compile(r"[\\\[\]{}]")


def read_name(raw: str) -> str:
    """The name in a header, without escapes and the blanks around it."""
    return (_ESCAPED.sub(r"\1", raw) if "\\" in raw else raw).strip()


@lru_cache(maxsize=256)
def read_tags(raw: str | None) -> tuple[str, ...]:
    """The tags between the brackets of a header."""
    return tuple(map(read_name, raw.split())) if raw else ()


def read_metadata(raw: str) -> Metadata:
    """The texts between the braces of a header. Raises JsonError for anything else."""
    if usual := _USUAL_METADATA.fullmatch(raw):  # what Twine writes, at a third of the cost
        position, size = usual.groups()
        return (("position", position),) if size is None else (("position", position), ("size", size))
    fields = parse_json(raw)
    kept = tuple((key, value) for key, value in fields.items() if isinstance(value, str))
    if len(kept) != len(fields):
        raise JsonError("it may hold texts only")
    return kept


def why_malformed(rest: str) -> str:
    """How to mend a header whose end cannot be read."""
    if rest.startswith("["):
        return (
            "The tags of this header cannot be read: write `:: Name [tag]`, close the bracket, "
            "and put `\\` before any bracket in a name."
        )
    if rest.startswith("{"):
        return (
            'The end of this header cannot be read: write `:: Name {"position":"100,100"}`, '
            "or put `\\` before a brace in a name."
        )
    if rest.startswith(("]", "}")):
        return f"`{rest[0]}` in a name needs a `\\` before it."
    return "Nothing may follow the tags and the braces of a header: move this to a line of its own."


def print_header(name: str, tags: tuple[str, ...], metadata: Metadata = ()) -> str:
    """The header line of a passage, without a newline."""
    parts = ["::", _escape(name)]
    if tags:
        parts.append(f"[{' '.join(map(_escape, tags))}]")
    if metadata:
        parts.append(print_json(dict(metadata)))
    return " ".join(parts)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
