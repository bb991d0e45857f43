"""A choice: a list item that is one link, and its attributes on the indented lines below it."""

import re
import unicodedata

from app.scenarios.format.conditions import Condition, parse_condition, variables_in
from app.scenarios.format.effects import Effect, parse_effects
from app.scenarios.format.expressions import ExpressionError
from app.scenarios.format.headers import Report
from app.scenarios.format.model import APPROACHES, Choice
from app.scenarios.format.settings_block import Settings

# Both patterns begin with a newline, which `re` finds fast, and go back over one line at most.
CHOICE = re.compile(
    r"\n[-*+][ \t]++\[\[(.*)\]\][ \t]*+(?=\n|\Z)"
    + "".join(rf"(?:\n[ \t]++{key}:[ \t]*+(.*\S)[ \t]*+)?+" for key in ("id", "approach", "when", "effect", "why"))
    + r"((?:\n(?:[ \t].*+|(?=\n|\Z)))*+)"
)
"""A choice with all that is indented below it.

Its groups are the inside of the link, the attributes if they stand in the usual order, and the indented lines that remain.
"""

_ATTRIBUTE = re.compile(r"\n[ \t]++(?:([a-z]+):[ \t]*+)?(.*\S)")
_KEYS = frozenset({"id", "approach", "when", "effect", "why"})
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_APPROACHES = frozenset({*APPROACHES, None})

_SLUG_BYTES = bytes(byte if chr(byte).isalnum() else 32 for byte in bytes(range(128)).lower()) + b" " * 128

_Complaint = tuple[str, int, str]


class ChoiceReader:
    """Reads the choices of one file. Conditions and effects recur, so each wording is read once."""

    def __init__(self, text: str, settings: Settings, report: Report) -> None:
        self.text, self.report, self.settings = text, report, settings
        self.known = {variable.name for variable in settings.variables}
        self.conditions: dict[str | None, tuple[Condition | None, list[_Complaint]]] = {None: (None, [])}
        self.effects: dict[str | None, tuple[tuple[Effect, ...], list[_Complaint]]] = {None: ((), [])}

    def read(self, found: re.Match[str]) -> Choice | None:
        """Read what CHOICE found; None, and S107, when the line holds more than one link."""
        inside, choice_id, approach, when, effect, why, rest = found.groups()
        if rest and not rest.isspace():
            choice_id, approach, when, effect, why = self._unusual(found)
        if not is_one_link(inside):
            self.report("S107", found.start() + 1, "A choice is one link and nothing else: `- [[What you do->Passage]]`.")
            return None
        if "][" in inside:  # a setter, which macros.py refuses
            inside = inside.partition("][")[0]
        text, target = split_link(inside)
        if not text:
            self.report("S107", found.start(1), "This choice has no text: write `[[What you do->Passage]]`.")
        if choice_id is None:
            choice_id = slug(text)
        elif not _ID.fullmatch(choice_id):
            self._complain(found, "id", [("S107", 0, "An `id` is made of small letters, digits, `-` and `_`, at most 64 of them.")])
            choice_id = slug(text)
        if approach not in _APPROACHES:
            self._complain(found, "approach", [("S107", 0, f"`{approach[:60]}` is no approach: use {', '.join(APPROACHES[:-1])} or {APPROACHES[-1]}.")])
        condition, complaints = self.conditions.get(when) or self._condition(when)
        if complaints:
            self._complain(found, "when", complaints)
        effects, complaints = self.effects.get(effect) or self._effects(effect)
        if complaints:
            self._complain(found, "effect", complaints)
        return Choice(choice_id, text, target, approach, condition, effects, why or "")

    def _condition(self, text: str) -> tuple[Condition | None, list[_Complaint]]:
        known: tuple[Condition | None, list[_Complaint]]
        try:
            condition = parse_condition(text)
        except ExpressionError as error:
            known = None, [("S302", error.at, str(error))]
        else:
            names = dict.fromkeys(variables_in(condition))
            known = (condition if self.known.issuperset(names) else None), self._undeclared(text, names)
        self.conditions[text] = known
        return known

    def _effects(self, text: str) -> tuple[tuple[Effect, ...], list[_Complaint]]:
        known: tuple[tuple[Effect, ...], list[_Complaint]]
        try:
            effects = parse_effects(text)
        except ExpressionError as error:
            known = (), [("S302", error.at, str(error))]
        else:
            names = dict.fromkeys(effect.variable for effect in effects)
            known = tuple(effect for effect in effects if effect.variable in self.known), self._undeclared(text, names)
        self.effects[text] = known
        return known

    def _undeclared(self, text: str, names: dict[str, None]) -> list[_Complaint]:
        """One complaint for each name that the Scenario block lacks; none when that block could not be read."""
        if not self.settings.readable:
            return []
        return [
            ("S301", place.start() if (place := re.search(rf"\b{name}\b", text)) else 0, f"No variable is called `{name[:60]}`: declare [outcomes.{name[:60]}] or [vars.{name[:60]}] in the Scenario block, or correct the name.")
            for name in names
            if name not in self.settings.declared
        ]

    def _complain(self, found: re.Match[str], key: str, complaints: list[_Complaint]) -> None:
        """Report what is wrong with the value of an attribute."""
        at = attribute_at(found, key)
        for code, within, message in complaints:
            self.report(code, at + within, message)

    def _unusual(self, found: re.Match[str]) -> list[str | None]:
        """The attributes when they stand in another order; those that may not stand there are reported."""
        given: dict[str, str] = {}
        for row in _ATTRIBUTE.finditer(self.text, found.end(1), found.end()):
            key, value = row.groups()
            if key in given:
                self.report("S107", row.start(1), f"`{key}:` stands twice below this choice: keep one.")
            elif key is None and value[-1] == ":" and value[:-1] in _KEYS:
                code = "S302" if value in {"when:", "effect:"} else "S107"
                self.report(code, row.start(2), f"`{value}` has no value: add one, or remove the line.")
            elif key not in _KEYS:
                name = key or value.partition(":")[0]
                self.report("S107", row.start(1 if key else 2), f"`{name[:60]}` is no attribute of a choice: use id, approach, when, effect or why, each on one line; begin choices and prose at the edge.")
            else:
                given[key] = value
        return [given.get(key) for key in ("id", "approach", "when", "effect", "why")]


def is_one_link(inside: str) -> bool:
    """Whether what stands between the outermost brackets of a line is one link and not several."""
    return "[[" not in inside and "]]" not in inside


def attribute_at(found: re.Match[str], key: str) -> int:
    """Where the value of an attribute of a choice stands; where the choice stands when it has none such."""
    for row in _ATTRIBUTE.finditer(found.string, found.end(1), found.end()):
        if row[1] == key:
            return row.start(2)
    return found.start() + 1


def split_link(inside: str) -> tuple[str, str]:
    """Text and target of a link: parted at the last `->`, else the first `<-`, else the last `|`, else both the whole."""
    text, arrow, target = inside.rpartition("->")
    if not arrow:
        target, arrow, text = inside.partition("<-")
        if not arrow:
            text, arrow, target = inside.rpartition("|")
            if not arrow:
                text = target
    return text.strip(), target.strip()


def slug(text: str) -> str:
    """The id of a choice that gives none: its text in small ASCII letters and digits with `-` between words."""
    if not text.isascii():
        # Cut first: to sort the accents of a hostile text would take quadratic time.
        text = unicodedata.normalize("NFKD", text[:200])
    words = text.encode("ascii", "ignore").translate(_SLUG_BYTES, b"'").split()
    return b"-".join(words).decode()[:64].rstrip("-") or "choice"
