"""What a scenario is once it has been read: frozen values without behaviour beyond looking things up.

Positions (`line`, `column`) count from 1 in code points and are left out of comparison, so that two stories are equal
when they mean the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.scenarios.format.conditions import Condition
from app.scenarios.format.effects import Effect

APPROACHES = ("direct", "distract", "delegate", "delay", "document", "none")
"""What a choice may call itself. Right To Be's five Ds, and `none`. No approach is better than another."""

DEFAULT_START = "Start"
"""Where a story begins when StoryData does not say."""


class Kind(StrEnum):
    """What a passage is for."""

    SCENE = "scene"
    CHECK = "check"
    WORDS = "words"
    ENDING = "ending"
    PERSPECTIVE = "perspective"

    @property
    def offers_choices(self) -> bool:
        """Whether a person goes on from here by choosing."""
        return self not in {Kind.ENDING, Kind.PERSPECTIVE}


@dataclass(frozen=True, slots=True)
class Variable:
    """A whole number that choices move and conditions read: an outcome that is shown, or a hidden variable."""

    name: str
    shown: bool
    label: str
    minimum: int
    maximum: int
    start: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to go on. `id` is unique in its passage; without a condition the choice is always open."""

    id: str
    text: str
    target: str
    approach: str | None = None
    when: Condition | None = None
    effects: tuple[Effect, ...] = ()
    why: str = ""
    line: int = field(default=1, compare=False)
    column: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """One page of the scenario. `body` and `debrief` are Markdown; choices follow the body.

    `tags` are those that name no kind; `metadata` is what Twine keeps in a header, such as the position on its map.
    """

    name: str
    kind: Kind = Kind.SCENE
    body: str = ""
    choices: tuple[Choice, ...] = ()
    debrief: str = ""
    skip: str | None = None
    signpost: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    line: int = field(default=1, compare=False)
    column: int = field(default=1, compare=False)

    @property
    def seen_by(self) -> str:
        """Whose perspective this is ("your colleague"), for a perspective; else empty."""
        return self.name.rpartition(":")[2].strip() if self.kind is Kind.PERSPECTIVE else ""

    @property
    def perspective_of(self) -> str:
        """The passage this perspective looks back at, for a perspective; else empty."""
        return self.name.rpartition(":")[0].strip() if self.kind is Kind.PERSPECTIVE else ""

    def choice(self, choice_id: str) -> Choice | None:
        """The choice with this id, if the passage has one."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)


@dataclass(frozen=True)
class Story:
    """A whole scenario. `minutes` is the author's estimate; `other_data` the rest of StoryData, as JSON text, for Twine."""

    title: str = ""
    ifid: str = ""
    format: str = ""
    format_version: str = ""
    start: str = DEFAULT_START
    setting: str = ""
    you_are: str = ""
    minutes: int | None = None
    content_notes: tuple[str, ...] = ()
    signpost: tuple[str, ...] = ()
    variables: tuple[Variable, ...] = ()
    passages: tuple[Passage, ...] = ()
    other_data: str = "{}"
    named: Mapping[str, Passage] = field(init=False, repr=False, compare=False)
    perspectives: Mapping[str, tuple[Passage, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the passages by name (the first of a name counts) and the perspectives by the passage they are on."""
        named: dict[str, Passage] = {}
        perspectives: dict[str, tuple[Passage, ...]] = {}
        for passage in self.passages:
            if named.setdefault(passage.name, passage) is passage and passage.kind is Kind.PERSPECTIVE:
                seen = passage.perspective_of
                perspectives[seen] = (*perspectives.get(seen, ()), passage)
        object.__setattr__(self, "named", MappingProxyType(named))
        object.__setattr__(self, "perspectives", MappingProxyType(perspectives))
