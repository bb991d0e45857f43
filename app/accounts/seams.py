"""What people need to know of programmes and cohorts, which are a higher feature: create_app says who answers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from flask import Flask, current_app

from app.accounts.models import Invitation, Member


class ProgrammeFacts(Protocol):
    """What pages about people say of a programme."""

    name: str
    team_name: str
    contact_email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seams:
    """The answers that create_app provides."""

    programmes: Callable[[Collection[int]], Mapping[int, ProgrammeFacts]]
    programme_id: Callable[[str], int | None]  # of a slug
    cohorts: Callable[[int], Sequence[tuple[int, str]]]  # id and name of a programme's cohorts
    welcome: Callable[[Invitation, Member], None]  # when an invitation was accepted, in the same transaction
    departures: Sequence[Callable[[int], None]] = ()  # when a member was suspended or removed, in the same transaction


def init_app(app: Flask, seams: Seams) -> None:
    """Keep the answers."""
    app.extensions["accounts"] = seams


def seams() -> Seams:
    """The answers of the app at hand."""
    return cast("Seams", current_app.extensions["accounts"])


def depart(member_id: int) -> None:
    """Let the features above see to what somebody leaves behind who was suspended or removed."""
    for see_to in seams().departures:
        see_to(member_id)


def programme(programme_id: int) -> ProgrammeFacts:
    """What pages say of one programme."""
    return seams().programmes([programme_id])[programme_id]
