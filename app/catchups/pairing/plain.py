"""Reading the inputs of a round from plain JSON. Every mistake is a sentence that says where it is."""

from collections.abc import Mapping
from typing import Any

from app.catchups.pairing.inputs import Identity, InputError, Label, Meeting, Person, Preference, RoundInputs

LABELS = ("organisation", "profession", "area")
COUPLE, MEETING = 2, 3


def read_inputs(plain: object) -> RoundInputs:
    """The inputs that a parsed JSON text describes; raises InputError.

    `seed`, `group_size`, `people`, `met` and `not_with` are needed, and `id`, `organisation`, `profession` and `area`
    of each person (null for what is not known). A person may have `prefers`: a list of Preference values. Other keys
    are left alone.
    """
    record = _mapping(plain, "The file")
    people, met, not_with = (_rows(record, key) for key in ("people", "met", "not_with"))
    return RoundInputs(
        seed=_whole_number(_needed(record, "seed", "The file"), "“seed”"),
        group_size=_whole_number(_needed(record, "group_size", "The file"), "“group_size”"),
        people=tuple(_person(entry, f"Person {number}") for number, entry in enumerate(people, start=1)),
        met=tuple(_meeting(entry, f"Entry {number} of “met”") for number, entry in enumerate(met, start=1)),
        not_with=tuple(_couple(entry, f"Entry {number} of “not_with”") for number, entry in enumerate(not_with, 1)),
    )


def _person(entry: object, where: str) -> Person:
    record = _mapping(entry, where)
    labels = {key: _label(_needed(record, key, where), f"{where}: “{key}”") for key in LABELS}
    return Person(
        id=_identity(_needed(record, "id", where), f"{where}: “id”"),
        prefers=_preferences(record.get("prefers", []), where),
        **labels,
    )


def _meeting(entry: object, where: str) -> Meeting:
    if not isinstance(entry, list) or len(entry) != MEETING:
        raise InputError(f"{where} must be a list of three: an id, another id, and how many rounds ago.")
    one, other, rounds_ago = entry
    return Meeting(_identity(one, where), _identity(other, where), _whole_number(rounds_ago, f"{where}: rounds ago"))


def _couple(entry: object, where: str) -> tuple[Identity, Identity]:
    if not isinstance(entry, list) or len(entry) != COUPLE:
        raise InputError(f"{where} must be a list of two ids.")
    return _identity(entry[0], where), _identity(entry[1], where)


def _preferences(entry: object, where: str) -> frozenset[Preference]:
    choices = [choice.value for choice in Preference]
    if not isinstance(entry, list) or any(choice not in choices for choice in entry):
        raise InputError(f"{where}: “prefers” must be a list of some of these: {', '.join(choices)}.")
    return frozenset(Preference(choice) for choice in entry)


def _identity(entry: object, where: str) -> Identity:
    if isinstance(entry, bool) or not isinstance(entry, str | int) or entry == "":
        raise InputError(f"{where} holds {_shown(entry)} where an id belongs: a text or a whole number.")
    return entry


def _label(entry: object, where: str) -> Label:
    if isinstance(entry, bool) or not isinstance(entry, str | int | None):
        raise InputError(f"{where} must be a text, or null when it is not known, not {_shown(entry)}.")
    return entry


def _whole_number(entry: object, where: str) -> int:
    if isinstance(entry, bool) or not isinstance(entry, int):
        raise InputError(f"{where} must be a whole number, not {_shown(entry)}.")
    return entry


def _rows(record: Mapping[str, Any], key: str) -> list[Any]:
    rows = _needed(record, key, "The file")
    if not isinstance(rows, list):
        raise InputError(f"“{key}” must be a list, not {_shown(rows)}.")
    return rows


def _needed(record: Mapping[str, Any], key: str, where: str) -> Any:  # noqa: ANN401 - what stands there is checked next
    if key not in record:
        raise InputError(f"{where} has no “{key}”.")
    return record[key]


def _mapping(entry: object, where: str) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise InputError(f"{where} must be an object with named entries, not {_shown(entry)}.")
    return entry


def _shown(entry: object) -> str:
    """A short picture of what was found, in the words of JSON."""
    match entry:
        case None:
            return "null"
        case bool():
            return "true" if entry else "false"
        case list():
            return "a list"
        case dict():
            return "an object"
        case str() | int() | float():
            text = repr(entry)
            return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 - enough to recognise it
    return type(entry).__name__
