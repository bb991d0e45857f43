"""The Scenario passage: TOML that says where a scenario is set, what it measures and where to find support."""

import re
import tomllib
from typing import NamedTuple

from app.scenarios.format.declarations import declarations
from app.scenarios.format.diagnostics import Report
from app.scenarios.format.model import Variable
from app.scenarios.format.plain_json import is_clean

MAX_CHARACTERS = 20_000
MAX_MINUTES = 480

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""How a support service is named in `signpost`."""

_PLACE_IN_ERROR = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class Settings(NamedTuple):
    """What the Scenario block says. `declared` also names the variables that were left out because of S303."""

    setting: str = ""
    you_are: str = ""
    minutes: int | None = None
    content_notes: tuple[str, ...] = ()
    signpost: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
    declared: frozenset[str] = frozenset()
    readable: bool = True


def read_settings(text: str, report: Report) -> Settings:
    """Read the body of the Scenario passage; what is wrong is reported as S105 or S303, with offsets in the body."""
    if len(text) > MAX_CHARACTERS:
        report("S105", 0, f"The Scenario block is longer than {MAX_CHARACTERS:,} characters: keep prose in passages.")
        return Settings(readable=False)
    try:
        fields = tomllib.loads(text)
    except RecursionError:
        report("S105", 0, "The Scenario block is nested too deep: use only the keys of the format.")
        return Settings(readable=False)
    except ValueError as error:
        reason, at = _explain(str(error), text)
        report(
            "S105",
            at,
            f"The Scenario block is not valid TOML: {reason}. A text stands in quotation marks, "
            'as in `setting = "Ward handover"`.',
        )
        return Settings(readable=False)
    return _Block(text, report).read(fields)


def _explain(error: str, text: str) -> tuple[str, int]:
    """What tomllib says is wrong, without its place, and that place as an offset."""
    found = _PLACE_IN_ERROR.search(error)
    reason = error[: found.start()] if found else error
    at = len(text)
    if found and found[1]:
        before = text.split("\n")[: int(found[1]) - 1]
        at = sum(len(line) + 1 for line in before) + int(found[2]) - 1
    return reason[:1].lower() + reason[1:200], min(at, len(text))


class _Block:
    """Takes the fields of the block one by one and reports those that are not as the format has them."""

    def __init__(self, text: str, report: Report) -> None:
        self.text, self.report = text, report

    def read(self, fields: dict[str, object]) -> Settings:
        variables: list[Variable] = []
        tables = {table: self._tables(fields, table) for table in ("outcomes", "vars")}
        declared = set()
        for declaration in declarations(tables):
            declared.add(declaration.name)
            if declaration.variable:
                variables.append(declaration.variable)
            else:
                self.report(
                    "S303", self._place(declaration.key, f"{declaration.table}.{declaration.name}"), declaration.message
                )
        settings = Settings(
            setting=self._text(fields, "setting"),
            you_are=self._text(fields, "you_are"),
            minutes=self._minutes(fields),
            content_notes=self._texts(fields, "content_notes"),
            signpost=self._slugs(fields),
            variables=tuple(variables),
            declared=frozenset(declared),
        )
        for key in fields:
            self.report(
                "S105",
                self._place(key),
                f"The Scenario block knows no `{key[:60]}`: use setting, you_are, minutes, content_notes, "
                "signpost, [outcomes.x] and [vars.x].",
            )
        return settings

    def _tables(self, fields: dict[str, object], table: str) -> dict[str, dict[str, object]]:
        value = fields.pop(table, {})
        if isinstance(value, dict):
            return value
        self.report("S105", self._place(table), f"Declare each variable in a table of its own: `[{table}.name]`.")
        return {}

    def _text(self, fields: dict[str, object], key: str) -> str:
        value = fields.pop(key, "")
        if isinstance(value, str) and is_clean(value):
            return value.strip()
        self.report("S105", self._place(key), f"`{key}` must be a text in quotation marks.")
        return ""

    def _texts(self, fields: dict[str, object], key: str) -> tuple[str, ...]:
        value = fields.pop(key, [])
        if isinstance(value, list) and all(isinstance(text, str) and is_clean(text) and text.strip() for text in value):
            return tuple(text.strip() for text in value)
        self.report("S105", self._place(key), f'`{key}` must be a list of texts: `{key} = ["one", "two"]`.')
        return ()

    def _slugs(self, fields: dict[str, object]) -> tuple[str, ...]:
        slugs = self._texts(fields, "signpost")
        for slug in slugs:
            if not SLUG.fullmatch(slug):
                self.report(
                    "S105",
                    self._place("signpost"),
                    f"`{slug[:60]}` names no support service: use its short name, "
                    "as in `freedom-to-speak-up-guardian`.",
                )
        return tuple(slug for slug in slugs if SLUG.fullmatch(slug))

    def _minutes(self, fields: dict[str, object]) -> int | None:
        value = fields.pop("minutes", None)
        if value is None:
            return None
        if type(value) is int and 1 <= value <= MAX_MINUTES:  # not isinstance: a bool is an int, yet no number here
            return value
        self.report("S105", self._place("minutes"), f"`minutes` must be a whole number from 1 to {MAX_MINUTES}.")
        return None

    def _place(self, key: str, table: str = "") -> int:
        """Where the value of a key stands; else where its table begins; else where the block begins."""
        start, end = 0, len(self.text)
        found = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\]", self.text, re.MULTILINE) if table else None
        if found:
            start = found.end()
        if found or not table:
            heading = re.compile(r"^[ \t]*\[", re.MULTILINE).search(self.text, start)
            end = heading.start() if heading else end
        value = (
            re.compile(rf'^[ \t]*"?{re.escape(key)}"?[ \t]*=[ \t]*', re.MULTILINE).search(self.text, start, end)
            if key
            else None
        )
        if value:
            return value.end()
        if found:
            return found.start() + found[0].index("[")
        return len(self.text) - len(self.text.lstrip())
