"""What the checker says: a code, a place, and a sentence that tells how to mend it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import NamedTuple

SUMMARIES = {
    "S101": "A passage header that cannot be read",
    "S102": "Two passages with one name",
    "S103": "StoryData missing, not JSON, or without a version-4 ifid",
    "S104": "The passage the story starts with is missing",
    "S105": "The Scenario block missing or not valid",
    "S106": "A file that cannot be read",
    "S107": "Content that this kind of passage may not have",
    "S201": "A link that leads to no passage of play",
    "S202": "A passage that no path reaches",
    "S203": "A passage from which no ending can be reached",
    "S204": "A passage that is no ending and has no choice",
    "S205": "A moment in which no choice is open",
    "S206": "A condition that is never true",
    "S207": "More states than are explored",
    "S301": "A variable that is not declared",
    "S302": "A condition or effect that cannot be read",
    "S303": "A variable whose bounds or start are missing or impossible",
    "S401": "A choice in a scene without an approach",
    "S402": "A direct choice without a safety check or another way beside it",
    "S403": "An ending without debrief or signposting",
    "S404": "No content notes",
    "S405": "An image without text or without its file",
    "S406": "Two choices with one id",
    "S501": "A macro or script of another story format",
}
"""Every code and what it is about. docs/scenario-format.md explains each with an example."""

WARNINGS = frozenset({"S207", "S401", "S404", "S405"})
"""The codes that are errors only under `--strict`."""


MOST_TOLD = 1_000
"""How many findings of one file are told at most."""


class Problem(NamedTuple):
    """Something found in a source, at a code point of its text; `Source.diagnose` gives it a line and a column."""

    code: str
    offset: int
    message: str


Report = Callable[[str, int, str], None]
"""Takes the code, offset and message of a problem."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A located finding. Line and column count from 1, in code points; `passage` is None before the first one."""

    code: str
    severity: str
    path: str
    line: int
    column: int
    passage: str | None
    message: str

    @property
    def is_error(self) -> bool:
        """Whether it makes the check fail."""
        return self.severity == "error"

    def as_json(self) -> dict[str, str | int | None]:
        """The fields in the order and with the names that scripts rely on."""
        return asdict(self)


def severity_of(code: str, *, strict: bool = False) -> str:
    """`warning` for what a scenario may be used with, else `error`."""
    return "warning" if code in WARNINGS and not strict else "error"
