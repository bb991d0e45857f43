"""Variables as the Scenario block declares them: `[outcomes.x]` is shown to the person who plays, `[vars.x]` is not."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.scenarios.format.expressions import LARGEST, NAME, RESERVED
from app.scenarios.format.model import Variable
from app.scenarios.format.plain_json import is_clean

MAX_VARIABLES = 32

_NAME = re.compile(NAME)
_NUMBERS = ("min", "max", "start")
_KEYS = frozenset({"label", *_NUMBERS})


class Declaration(NamedTuple):
    """One declared variable: what it is, or the key that is wrong with it and how to mend that."""

    table: str
    name: str
    variable: Variable | None
    key: str = ""
    message: str = ""


def declarations(tables: Mapping[str, Mapping[str, object]]) -> Iterator[Declaration]:
    """Read the tables `outcomes` and `vars`, each a mapping of a name to its fields."""
    seen: set[str] = set()
    for table, shown in (("outcomes", True), ("vars", False)):
        for name, fields in tables.get(table, {}).items():
            key, message = _mistake(name, fields, seen)
            seen.add(name)
            if message or not isinstance(fields, dict):
                yield Declaration(table, name, None, key, message)
                continue
            label = fields.get("label", default_label(name)).strip()
            yield Declaration(table, name, Variable(name, shown, label, fields["min"], fields["max"], fields["start"]))


def default_label(name: str) -> str:
    """What a variable is called when its author gives no label: `own_safety` is "Own safety"."""
    return name.replace("_", " ").capitalize()


def _mistake(name: str, fields: object, seen: set[str]) -> tuple[str, str]:
    """The key that is wrong and how to mend it; two empty texts when all is well."""
    if not isinstance(fields, dict):
        return "", "Declare each variable in a table of its own, such as `[outcomes.dignity]`, with min, max and start."
    if message := _wrong_name(name, seen):
        return "", message
    for key, value in fields.items():
        if key not in _KEYS:
            return key, f"A variable has no `{key[:60]}`: use label, min, max and start."
        if key == "label" and not (isinstance(value, str) and is_clean(value)):
            return key, "`label` must be a text in quotation marks."
    return _wrong_number(name, fields)


def _wrong_name(name: str, seen: set[str]) -> str:
    if not _NAME.fullmatch(name) or name in RESERVED:
        return (
            f"`{name[:60]}` cannot be the name of a variable: use small letters, digits and `_`, "
            "beginning with a letter, and not `and`, `or` or `not`."
        )
    if name in seen:
        return f"`{name}` is declared twice: give each outcome and each variable a name of its own."
    if len(seen) >= MAX_VARIABLES:
        return f"A scenario may have at most {MAX_VARIABLES} variables: leave out those that no condition needs."
    return ""


def _wrong_number(name: str, fields: Mapping[str, object]) -> tuple[str, str]:
    for key in _NUMBERS:
        value = fields.get(key)
        if value is None:
            return "", f"`{name}` needs `{key}`: declare min, max and start, each a whole number."
        if type(value) is not int or abs(value) > LARGEST:  # not isinstance: a bool is an int, yet no number here
            return key, f"`{key}` must be a whole number of at most nine digits."
    smallest, largest, start = (int(str(fields[key])) for key in _NUMBERS)
    if smallest > largest:
        return "min", f"`min` ({smallest}) is above `max` ({largest}): exchange them."
    if not smallest <= start <= largest:
        return "start", f"`start` ({start}) is outside {smallest} to {largest}: choose a number between them."
    return "", ""
