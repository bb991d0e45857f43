"""What was posted of late, for moderators who want to know what a word would have matched: features say how to get it.

A lower feature never names a higher one: this registry, kept on the app, is how `/moderation/words` finds posts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from app.accounts.models import Member

MOST = 200  # of the last posts that are looked through


@dataclass(frozen=True, slots=True)
class Sample:
    """Something that was posted: its words, and where it stands for a moderator to open."""

    text: str
    where: str
    path: str


Newest = Callable[[Member, int, int], Sequence[Sample]]  # what a member reads of a programme, so many, newest first


def init_app(app: Flask) -> None:
    """Begin without any."""
    app.extensions["screening_samples"] = []


def register(app: Flask, newest: Newest) -> None:
    """Let moderators try words on what a feature keeps: published and held alike, and only what they may read."""
    app.extensions["screening_samples"].append(newest)


def newest(member: Member, programme_id: int, most: int = MOST) -> list[Sample]:
    """What was posted last in a programme and the member may read, of each feature."""
    known = cast("list[Newest]", current_app.extensions["screening_samples"])
    return [sample for asked in known for sample in asked(member, programme_id, most)]
