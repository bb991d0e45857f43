"""What a person sees of a moment: the passage, what changed on the way here, where things stand, what they may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.scenarios import engine
from app.scenarios.engine import Run, StepKind
from app.scenarios.format.model import Choice, Kind, Passage, Story
from app.scenarios.outcomes import Change, Meter, changes, meters


@dataclass(frozen=True, slots=True)
class Scene:
    """A moment of play. `chosen` is what led here, `before` the position of "one step back".

    `words` is what the person wrote here (empty: they went on without writing), None when they were not asked yet;
    `draft` is what they wrote the last time they were here.
    """

    story: Story
    position: int
    passage: Passage
    came: StepKind
    chosen: Choice | None
    changes: list[Change]
    meters: list[Meter]
    choices: list[Choice]
    before: int | None
    words: str | None
    draft: str

    @property
    def is_ending(self) -> bool:
        """Whether the story ends here."""
        return self.passage.kind is Kind.ENDING

    @property
    def asks_for_words(self) -> bool:
        """Whether the person is to find their own words before they see how others might say it."""
        return self.passage.kind is Kind.WORDS and self.words is None


def scene_of(story: Story, run: Run, words: Mapping[int, str]) -> Scene:
    """The moment that a run is in; `words` has what was written in this run, by position."""
    now, position = run.now, run.position
    chosen, moved = None, []
    if now.step.kind is StepKind.CHOOSE:
        earlier = run.moments[position - 1]
        chosen = engine.passage_of(story, earlier).choice(now.step.choice or "")
        moved = changes(story, earlier.values, now.values)
    return Scene(
        story=story,
        position=position,
        passage=engine.passage_of(story, now),
        came=now.step.kind,
        chosen=chosen,
        changes=moved,
        meters=meters(story, now.values),
        choices=engine.open_choices(story, now),
        before=run.before,
        words=words.get(position),
        draft=words.get(run.origin(position), ""),
    )
