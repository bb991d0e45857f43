"""The wordings of conditions and effects in a file. They recur, so each is read once and its choices share it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.scenarios.format.conditions import Condition, parse_condition, variables_in
from app.scenarios.format.effects import Effect, parse_effects
from app.scenarios.format.expressions import ExpressionError
from app.scenarios.format.settings_block import Settings


class Complaint(NamedTuple):
    """What is wrong with a wording, `at` code points from its beginning."""

    code: str
    at: int
    message: str


class Wordings:
    """`conditions` and `effects` hold what was read and what is wrong with it, by wording; None is no wording."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.usable = {variable.name for variable in settings.variables}
        self.conditions: dict[str | None, tuple[Condition | None, list[Complaint]]] = {None: (None, [])}
        self.effects: dict[str | None, tuple[tuple[Effect, ...], list[Complaint]]] = {None: ((), [])}

    def condition(self, text: str) -> tuple[Condition | None, list[Complaint]]:
        """Read a condition; None when it cannot be used, so that its choice counts as always open until then."""
        try:
            condition = parse_condition(text)
        except ExpressionError as error:
            self.conditions[text] = None, [Complaint("S302", error.at, str(error))]
        else:
            names = set(variables_in(condition))
            self.conditions[text] = (condition if names <= self.usable else None), self._undeclared(text, names)
        return self.conditions[text]

    def effect(self, text: str) -> tuple[tuple[Effect, ...], list[Complaint]]:
        """Read effects; those of variables that cannot be used are left out."""
        try:
            effects = parse_effects(text)
        except ExpressionError as error:
            self.effects[text] = (), [Complaint("S302", error.at, str(error))]
        else:
            kept = tuple(effect for effect in effects if effect.variable in self.usable)
            self.effects[text] = kept, self._undeclared(text, {effect.variable for effect in effects})
        return self.effects[text]

    def _undeclared(self, text: str, names: Iterable[str]) -> list[Complaint]:
        """One complaint for each name that the Scenario block lacks; none when that block could not be read."""
        if not self.settings.readable:
            return []
        return [_undeclared(text, name) for name in sorted(names) if name not in self.settings.declared]


def _undeclared(text: str, name: str) -> Complaint:
    found = re.search(rf"\b{name}\b", text)
    shown = name[:60]
    message = (
        f"No variable is called `{shown}`: declare [outcomes.{shown}] or [vars.{shown}] in the Scenario block, "
        "or correct the name."
    )
    return Complaint("S301", found.start() if found else 0, message)
