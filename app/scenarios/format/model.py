"""What a scenario is once it has been read: immutable values without behaviour beyond looking things up.

Choices and passages are named tuples because a large file has tens of thousands, and these are made fastest. Nothing
here knows where in a file it stood (places.py does), so two stories are equal when they mean the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.scenarios.format.conditions import Condition
from app.scenarios.format.effects import Effect

APPROACHES = ("direct", "distract", "delegate", "delay", "document", "none")
"""What a choice may call itself: Right To Be's five Ds, and `none`. None is better than another."""

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
        return self is not Kind.ENDING and self is not Kind.PERSPECTIVE


@dataclass(frozen=True, slots=True)
class Variable:
    """A whole number that choices move and conditions read: an outcome that is shown, or a hidden variable."""

    name: str
    shown: bool
    label: str
    minimum: int
    maximum: int
    start: int


class Choice(NamedTuple):
    """One way to go on. `id` is its own in its passage; without a condition it is always open.

    `approach` is None where the author gave none; `none` is an answer like any other.
    """

    id: str
    text: str
    target: str
    approach: str | None = None
    when: Condition | None = None
    effects: tuple[Effect, ...] = ()
    why: str = ""


class Passage(NamedTuple):
    """One page of the scenario. `body` and `debrief` are Markdown; choices follow the body.

    `skip` names where a person who skips this passage goes on. `tags` are those that name no kind; `metadata` is what
    Twine keeps in a header, such as the place on its map.
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
    """A whole scenario; no two passages and no two variables have one name.

    `minutes` is the author's estimate. `variables` has the shown ones first. `kept_for_twine` is the rest of
    StoryData (tag colours, zoom) as JSON text.
    """

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
    kept_for_twine: str = "{}"
    named: Mapping[str, Passage] = field(init=False, repr=False, compare=False)
    bounds: Mapping[str, Variable] = field(init=False, repr=False, compare=False)
    perspectives: Mapping[str, list[Passage]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the passages and variables by name, and the perspectives by the passage they look back at."""
        perspectives: dict[str, list[Passage]] = {}
        for passage in self.passages:
            if passage.kind is Kind.PERSPECTIVE:
                perspectives.setdefault(passage.perspective_of, []).append(passage)
        object.__setattr__(self, "named", {passage.name: passage for passage in self.passages})
        object.__setattr__(self, "bounds", {variable.name: variable for variable in self.variables})
        object.__setattr__(self, "perspectives", perspectives)

    def start_values(self) -> dict[str, int]:
        """The value of every variable when a person begins."""
        return {variable.name: variable.start for variable in self.variables}
