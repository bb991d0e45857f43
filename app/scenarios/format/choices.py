"""A choice: a list item that is one link, and its attributes on the indented lines below it."""

import re

from app.scenarios.format.diagnostics import Report
from app.scenarios.format.model import APPROACHES

_USUAL_VALUES = {
    "id": "[a-z0-9][a-z0-9_-]{0,63}+",
    "approach": "|".join(APPROACHES),
    "when": r".*\S",
    "effect": r".*\S",
    "why": r".*\S",
}

# Both patterns begin with a newline, which `re` finds fast, and go back over one line at most.
CHOICE = re.compile(
    r"\n[-*+][ \t]++\[\[(.*)\]\][ \t]*+(?=\n|\Z)"
    + "".join(rf"(?:\n[ \t]++{key}:[ \t]*+({value})[ \t]*+(?=\n|\Z))?+" for key, value in _USUAL_VALUES.items())
    + r"((?:\n(?:[ \t].*+|(?=\n|\Z)))*+)"
)
"""A choice with all that is indented below it.

Its groups are the inside of the link; the attributes, if they are right and in the usual order; the lines that remain.
"""

ATTRIBUTE = re.compile(r"\n[ \t]++(?:([a-z]+):[ \t]*+)?(.*\S)")
"""A line below a choice: the name of an attribute, if it is one, and the rest."""

KEYS = tuple(_USUAL_VALUES)

_ID = re.compile(_USUAL_VALUES["id"])


def is_one_link(inside: str) -> bool:
    """Whether what stands between the outermost brackets of a line is one link and not several."""
    return "[[" not in inside and "]]" not in inside


def unusual_attributes(found: re.Match[str], report: Report) -> dict[str, str]:
    """The attributes of what CHOICE found, in whatever order; those that may not stand there are reported.

    An approach that is none is kept, so that nothing else is said about it; an id that is none is left out.
    """
    given: dict[str, str] = {}
    for row in ATTRIBUTE.finditer(found.string, found.end(1), found.end()):
        key, value = row.groups()
        if key in given:
            report("S107", row.start(1), f"`{key}:` stands twice below this choice: keep one.")
        elif key is None and value[-1] == ":" and value[:-1] in KEYS:
            code = "S302" if value in {"when:", "effect:"} else "S107"
            report(code, row.start(2), f"`{value}` has no value: add one, or remove the line.")
        elif key not in KEYS:
            name = (key or value.partition(":")[0])[:60]
            report(
                "S107",
                row.start(1 if key else 2),
                f"`{name}` is no attribute of a choice: use {', '.join(KEYS)}, "
                "each on one line; begin choices and prose at the edge.",
            )
        elif key == "id" and not _ID.fullmatch(value):
            report("S107", row.start(2), "An `id` is made of small letters, digits, `-` and `_`, at most 64 of them.")
        else:
            if key == "approach" and value not in APPROACHES:
                report(
                    "S107",
                    row.start(2),
                    f"`{value[:60]}` is no approach: use {', '.join(APPROACHES[:-1])} or {APPROACHES[-1]}.",
                )
            given[key] = value
    return given
