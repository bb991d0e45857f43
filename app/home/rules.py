"""What stands on a first page: cards, each with one thing and a way on."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing that a member may want to do or know now; it leads to an endpoint.

    `waiting` is how much of it waits to be done, if that can be counted; `more` leads to a second place.
    """

    title: str
    text: str
    endpoint: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    waiting: int = 0
    more: tuple[str, str] | None = None  # words, endpoint
