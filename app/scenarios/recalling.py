"""The debrief of a run: each moment again, what was chosen and why it did what it did, and what else was open."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.scenarios import engine
from app.scenarios.engine import Run, StepKind
from app.scenarios.format.model import Choice, Passage, Story
from app.scenarios.outcomes import Change, changes


@dataclass(frozen=True, slots=True)
class Recalled:
    """One moment, looked back at.

    `returned_to` is the position that a way back led to. `given_up` says that the person later went back to before
    it. `taken` is what they chose, `others` what else was open; `skipped` and `turned_back` are the other ways on.
    `perspectives` come with the first visit to a passage. `words` is what they wrote, empty when they wrote nothing.
    """

    position: int
    passage: Passage
    returned_to: int | None
    given_up: bool
    taken: Choice | None
    skipped: bool
    turned_back: bool
    others: list[Choice]
    changes: list[Change]
    perspectives: list[Passage]
    words: str

    @property
    def number(self) -> int:
        """The position as people count, from 1."""
        return self.position + 1


def recall(story: Story, run: Run, words: Mapping[int, str]) -> list[Recalled]:
    """Every moment of a run, in the order in which it was lived. `words` has what was written, by position."""
    line = set(run.line())
    visited: set[str] = set()
    recalled = []
    for position, moment in enumerate(run.moments):
        following = run.moments[position + 1] if position < run.position else None
        kind = following.step.kind if following else None
        passage = engine.passage_of(story, moment)
        taken = passage.choice(following.step.choice or "") if following and kind is StepKind.CHOOSE else None
        is_first = passage.name not in visited
        visited.add(passage.name)
        recalled.append(
            Recalled(
                position=position,
                passage=passage,
                returned_to=moment.step.to,
                given_up=position not in line,
                taken=taken,
                skipped=kind is StepKind.SKIP,
                turned_back=kind is StepKind.BACK,
                others=[each for each in engine.open_choices(story, moment) if each is not taken] if following else [],
                changes=changes(story, moment.values, following.values) if taken and following else [],
                perspectives=story.perspectives.get(passage.name, []) if is_first else [],
                words=words.get(position, ""),
            )
        )
    return recalled
