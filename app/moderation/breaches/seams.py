"""What can be quarantined: features register how they do it, and moderation names none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from flask import Flask, current_app


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands. `cases` are the subjects under which cases may be about it: (type, id)."""

    programme_id: int
    where: str
    path: str
    cases: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a feature took away, in the transaction at hand.

    `evidence` is all of it as JSON, to be sealed. `counts` say what was cleared and whom it had reached, by words that
    the record prints. What other cases may have of it: `titles` above theirs, `copies` (HTML) around them, and parts of
    their own words, which `clean` takes out of a text.
    """

    evidence: Mapping[str, Any]
    shown_since: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()
    clean: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class Quarantinable:
    """A type of subject. `find(id)`: where it stands (None: there is none). `take(id, by_id)` takes it away."""

    words: str
    find: Callable[[int], Place | None]
    take: Callable[[int, int], Taken]


def init_app(app: Flask) -> None:
    """Begin without any."""
    app.extensions["quarantinable"] = {}


def register(app: Flask, code: str, how: Quarantinable) -> None:
    """Let a feature's things be quarantined, under the code by which cases know them."""
    app.extensions["quarantinable"][code] = how


def named(code: str) -> Quarantinable | None:
    """How something is quarantined; None for what cannot be."""
    known = cast("dict[str, Quarantinable]", current_app.extensions["quarantinable"])
    return known.get(code)
