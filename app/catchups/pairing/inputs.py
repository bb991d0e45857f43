"""What a round is paired from: its people, who has met whom, and who must not be put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

Identity: TypeAlias = str | int
Label: TypeAlias = str | int | None  # None: not known, which is neither the same as anything nor different from it

SMALLEST_GROUP, LARGEST_GROUP = 2, 4


class InputError(ValueError):
    """The inputs contradict themselves; the message is a sentence for whoever wrote them."""


class Preference(StrEnum):
    """What a person may ask for on top of what every round prefers."""

    OTHER_ORGANISATION = "other_organisation"
    OTHER_PROFESSION = "other_profession"
    SAME_AREA = "same_area"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part in this round."""

    id: Identity
    organisation: Label = None
    profession: Label = None
    area: Label = None
    prefers: frozenset[Preference] = frozenset()

    def as_plain(self) -> dict[str, Any]:
        """The person in the words of the input file."""
        plain = {"id": self.id, "organisation": self.organisation, "profession": self.profession, "area": self.area}
        return plain | ({"prefers": sorted(self.prefers)} if self.prefers else {})


class Meeting(NamedTuple):
    """Two people were in one group, so many rounds ago (1: in the round before this one, 0: in this one)."""

    one: Identity
    other: Identity
    rounds_ago: int


@dataclass(frozen=True, slots=True)
class RoundInputs:
    """All that decides a pairing. Raises InputError for people twice or unknown, and for a size that is none."""

    seed: int
    group_size: int
    people: tuple[Person, ...]
    met: tuple[Meeting, ...] = ()
    not_with: tuple[tuple[Identity, Identity], ...] = ()

    def __post_init__(self) -> None:
        if not SMALLEST_GROUP <= self.group_size <= LARGEST_GROUP:
            raise InputError(
                f"The group size is {self.group_size}. It must be between {SMALLEST_GROUP} and {LARGEST_GROUP}."
            )
        known = _each_once(person.id for person in self.people)
        _check_pairs("met", ((one, other) for one, other, _ in self.met), known)
        _check_pairs("not_with", self.not_with, known)
        for one, other, rounds_ago in self.met:
            if rounds_ago < 0:
                raise InputError(f"“met” says that {one!r} and {other!r} met {rounds_ago} rounds ago: use 0 or more.")

    def as_plain(self) -> dict[str, Any]:
        """The inputs as JSON can keep them; `read_inputs` takes them back."""
        return {
            "seed": self.seed,
            "group_size": self.group_size,
            "people": [person.as_plain() for person in self.people],
            "met": [list(meeting) for meeting in self.met],
            "not_with": [list(couple) for couple in self.not_with],
        }


def in_order(identity: Identity) -> tuple[bool, Identity]:
    """A key that puts numbers before words: the same order on every machine, whatever order they came in."""
    return isinstance(identity, str), identity


def _each_once(identities: Iterable[Identity]) -> set[Identity]:
    known: set[Identity] = set()
    for identity in identities:
        if identity in known:
            raise InputError(f"{identity!r} is in “people” twice. Each person takes part once.")
        known.add(identity)
    return known


def _check_pairs(key: str, couples: Iterable[tuple[Identity, Identity]], known: set[Identity]) -> None:
    for couple in couples:
        for identity in couple:
            if identity not in known:
                raise InputError(f"“{key}” names {identity!r}, who is not in “people”.")
        if couple[0] == couple[1]:
            raise InputError(f"“{key}” names {couple[0]!r} together with themselves.")
