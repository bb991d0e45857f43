"""What cases can be about: features register their types of subject, and moderation asks them instead of their tables.

A lower feature never names a higher one: this registry, kept on the app, is how a case finds the words it is about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from flask import Flask, current_app

from app.accounts.models import Member
from app.moderation.cases.rules import Outcome

# What moderation itself has cases about: words that are nobody's post, and a decision that is appealed against.
OWN_WORDS, APPEAL = "own_words", "appeal"


class CannotApplyError(Exception):
    """A feature cannot carry a decision out (any more); the message is a sentence for the moderator."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What stood before or after it: cooked HTML, and whose it is: an alias if others there see one, else a member."""

    html: str
    author_id: int | None = None
    shown_as: str | None = None
    after: bool = False  # whether it followed what the case is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was said, as it stood when somebody raised a concern. It is kept for ever, also when the words are deleted.

    `shown_as` is the name under which an anonymous author wrote; moderators see nothing else of them. `body` is what
    the author typed, `html` the same cooked (`core.html.cook`), `where` a label for people, `path` its own address.
    """

    programme_id: int
    author_id: int | None
    body: str
    html: str
    where: str
    path: str
    shown_as: str | None = None
    title: str = ""
    surroundings: Sequence[Neighbour] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A decision as the feature carries it out: in the same transaction, without committing.

    `text` is the changed body (Outcome.EDIT), `target_id` where it goes (MOVE, MERGE) as `targets` named it.
    """

    decision_id: int
    subject_id: int
    outcome: Outcome
    by_id: int | None
    text: str = ""
    target_id: int | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectType:
    """A type of subject, as its feature registers it.

    `snapshot(id)`: what was said (None: there is no such thing). `may_report(member, id)`: whether they can read it.
    `apply(order)` carries a decision out and gives a small JSON object, from which `reverse(order, before)` puts things
    back as they were (undo within seconds, or an appeal months later); both raise CannotApplyError with a sentence.
    `targets(outcome, id)`: where it may be moved to or merged with, as id and label.
    """

    code: str
    words: str
    snapshot: Callable[[int], Snapshot | None]
    may_report: Callable[[Member, int], bool]
    outcomes: frozenset[Outcome]
    apply: Callable[[Order], Mapping[str, Any]]
    reverse: Callable[[Order, Mapping[str, Any]], None]
    targets: Callable[[Outcome, int], Sequence[tuple[int, str]]] = field(default=lambda _outcome, _id: ())


def init_app(app: Flask) -> None:
    """Begin without any."""
    app.extensions["moderation_subjects"] = {}


def register(app: Flask, *types: SubjectType) -> None:
    """Let cases be about a feature's things; raises ValueError for a code that is taken."""
    known: dict[str, SubjectType] = app.extensions["moderation_subjects"]
    for each in types:
        if each.code in known:
            raise ValueError(f"there are subjects of type {each.code!r} already")
        known[each.code] = each


def named(code: str) -> SubjectType:
    """The type of a code; raises ValueError for one that no feature registered."""
    found = find(code)
    if found is None:
        raise ValueError(f"no feature registered subjects of type {code!r}")
    return found


def find(code: str) -> SubjectType | None:
    """The type of a code, if there is one."""
    return cast("dict[str, SubjectType]", current_app.extensions["moderation_subjects"]).get(code)
