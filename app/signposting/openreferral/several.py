"""Many things of one kind: each under an id of its own, in one order, without what is empty."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.signposting.openreferral.desk import Desk, Did


def iso(day: date | None) -> str:
    """A day as text."""
    return day.isoformat() if day else ""


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not empty: Open Referral UK wants neither nulls nor blank texts."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}


def made(*seed: str) -> str:
    """An id made of words, always the same."""
    return str(uuid5(NAMESPACE_URL, "/".join(seed)))


def once(desk: Desk, key: str, found: Collection[Any], name: str = "uuid") -> tuple[Any, ...]:
    """Each under an id of its own: of two with one id, the second goes."""
    known: dict[str, Any] = {}
    for each in found:
        if getattr(each, name) in known:
            desk.note(Did.LEFT_OUT, "Two of them have the same id; the first is kept.", key)
        known.setdefault(getattr(each, name), each)
    return tuple(known.values())


def in_order(desk: Desk, key: str, found: Collection[Any], *, by: str = "uuid") -> tuple[Any, ...]:
    """In one order, so that the same entry is always equal to itself."""
    return tuple(sorted(once(desk, key, found, by), key=lambda each: str(getattr(each, by))))
