"""What can be written under an alias: features register how to look it up, and moderation names none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """Something that stands under an alias.

    `about_ids` are those whom it names, answers or quotes: they have no part in revealing its author. `author_id` is
    None where the account was erased.
    """

    programme_id: int
    author_id: int | None
    shown_as: str
    where: str
    path: str
    about_ids: frozenset[int] = frozenset()

    @property
    def barred_ids(self) -> frozenset[int]:
        """Everybody whom it is by or about."""
        return self.about_ids if self.author_id is None else self.about_ids | {self.author_id}


Look = Callable[[int], Masked | None]  # None: there is no such thing, or it stands under a name


def init_app(app: Flask) -> None:
    """Begin without any."""
    app.extensions["masked_subjects"] = {}


def register(app: Flask, code: str, look: Look) -> None:
    """Let what a feature keeps under aliases be revealed by two people."""
    app.extensions["masked_subjects"][code] = look


def look_up(code: str, subject_id: int) -> Masked | None:
    """What stands under an alias; None for anything else."""
    known = cast("dict[str, Look]", current_app.extensions["masked_subjects"])
    return known[code](subject_id) if code in known else None
