"""Which kinds of notice there are: features register theirs in create_app, members choose a delivery for each."""

from collections.abc import Iterable
from typing import cast

from flask import Flask, current_app

from app.notifications.rules import NO_DIGEST, Kind

BOOKING = Kind(
    "booking", "Calendar invitations: what you are booked for, changes and cancellations", deliveries=NO_DIGEST
)
REMINDER = Kind("reminder", "Reminders of what you are booked for", deliveries=NO_DIGEST)


def init_app(app: Flask) -> None:
    """Begin with the kinds of this feature."""
    app.extensions["notice_kinds"] = {}
    register(app, [BOOKING, REMINDER])


def register(app: Flask, kinds: Iterable[Kind]) -> None:
    """Add a feature's kinds, in the order in which members see them; raises ValueError for a code that is taken."""
    known: dict[str, Kind] = app.extensions["notice_kinds"]
    for kind in kinds:
        if kind.code in known:
            raise ValueError(f"there is a kind of notice {kind.code!r} already")
        known[kind.code] = kind


def every() -> list[Kind]:
    """All kinds of the app at hand."""
    return list(_known().values())


def named(code: str) -> Kind:
    """The kind of a code; raises ValueError for one that no feature registered."""
    kind = _known().get(code)
    if kind is None:
        raise ValueError(f"no feature registered notices of kind {code!r}")
    return kind


def _known() -> dict[str, Kind]:
    return cast("dict[str, Kind]", current_app.extensions["notice_kinds"])
