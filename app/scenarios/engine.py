"""How a scenario is played: what is open in a moment, and the run after a choice, a skip or a way back.

Everything is immutable: each step gives a new run and leaves the old one as it was. A run never forgets; going back is
a step of its own that takes up a former moment, with the values it had then.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from app.scenarios.format.effects import apply_effects
from app.scenarios.format.model import Choice, Kind, Passage, Story

MOST_MOMENTS = 500
"""How many moments a run may have: scenarios may go in circles, and somebody may go back for ever."""


class NotOffered(LookupError):  # noqa: N818 - a state of play, not a mistake
    """What was asked for is not open in this moment: a stale page, or a form that was tampered with."""


class ChoiceNotOffered(NotOffered):
    """The passage has no such choice, or its condition does not hold now."""


class SkipNotOffered(NotOffered):
    """The passage does not say where a person who skips it goes on."""


class PositionNotOffered(NotOffered):
    """The run has no former moment at that position."""


class RunIsLong(NotOffered):
    """The run has as many moments as a run may have."""


class StepKind(StrEnum):
    """How a moment came about."""

    START = "start"
    CHOOSE = "choose"
    SKIP = "skip"
    BACK = "back"


class Step(NamedTuple):
    """What a person did: `choice` is the id they chose, `to` the position they went back to."""

    kind: StepKind
    choice: str | None = None
    to: int | None = None


class Moment(NamedTuple):
    """A passage, the value of every variable on arriving there, and the step that led there."""

    passage: str
    values: Mapping[str, int]
    step: Step


class Run(NamedTuple):
    """The moments of somebody's play, from the start to now. A moment's position is its index, from 0."""

    moments: tuple[Moment, ...]

    @property
    def now(self) -> Moment:
        """The moment the person is in."""
        return self.moments[-1]

    @property
    def position(self) -> int:
        """The position of that moment."""
        return len(self.moments) - 1

    def origin(self, position: int) -> int:
        """Where the moment at a position was first lived through: itself, unless it is a way back."""
        while (to := self.moments[position].step.to) is not None:
            position = to
        return position

    @property
    def before(self) -> int | None:
        """The position that "one step back" leads to; none at the start."""
        first = self.origin(self.position)
        return self.origin(first - 1) if first else None

    def line(self) -> list[int]:
        """The positions that led to now, oldest first; what was given up by going back is not among them."""
        position = self.position
        line = [position]
        while position > 0:
            to = self.moments[position].step.to
            position = position - 1 if to is None else to
            line.append(position)
        return line[::-1]


def passage_of(story: Story, moment: Moment) -> Passage:
    """The passage of a moment. Raises KeyError for a moment of another story."""
    return story.named[moment.passage]


def has_ended(story: Story, run: Run) -> bool:
    """Whether the person is at an ending (they may still go back)."""
    return story.named[run.now.passage].kind is Kind.ENDING


def open_choices(story: Story, moment: Moment) -> list[Choice]:
    """The choices whose conditions hold, in the author's order; none at an ending."""
    values = moment.values
    return [each for each in story.named[moment.passage].choices if each.when is None or each.when.holds(values)]


def begin(story: Story) -> Run:
    """A new run at the story's start. Raises KeyError when the story has no such passage."""
    return Run((Moment(story.named[story.start].name, story.start_values(), _START),))


def choose(story: Story, run: Run, choice_id: str) -> Run:
    """Take one choice and return the moved run; the original is unchanged. About 2 µs.

    Raises ChoiceNotOffered if the passage has no such choice open now (a stale tab, a tampered form), RunIsLong when
    the run is full.
    """
    return _longer(run, _chosen(story, run.moments[-1], choice_id))


def skip(story: Story, run: Run) -> Run:
    """Go on where the passage says that a person who skips it goes on; no value changes.

    Raises SkipNotOffered when it does not say so, RunIsLong when the run is full.
    """
    now = run.now
    target = story.named[now.passage].skip
    if target is None:
        raise SkipNotOffered(f"the passage {now.passage!r} cannot be skipped")
    return _longer(run, Moment(story.named[target].name, now.values, _SKIP))


def back(story: Story, run: Run, to: int) -> Run:  # noqa: ARG001 - every step is asked for alike
    """Take up the former moment at position `to`, with the values it had then.

    Raises PositionNotOffered unless 0 <= to < run.position, RunIsLong when the run is full.
    """
    if not 0 <= to < run.position:
        raise PositionNotOffered(f"the run has no former moment at position {to}")
    then = run.moments[to]
    return _longer(run, Moment(then.passage, then.values, Step(StepKind.BACK, to=to)))


def take(story: Story, run: Run, step: Step) -> Run:
    """Take one step of whichever kind. Raises NotOffered when it is not open; a run begins only once."""
    match step:
        case Step(StepKind.CHOOSE, str(choice)):
            return choose(story, run, choice)
        case Step(StepKind.SKIP):
            return skip(story, run)
        case Step(StepKind.BACK, None, int(to)):
            return back(story, run, to)
    raise NotOffered(f"{step} cannot follow another step")


def replay(story: Story, steps: Iterable[Step]) -> Run:
    """The run that these steps make, the start not among them. Raises NotOffered for one that is not open."""
    run = begin(story)
    for step in steps:
        run = take(story, run, step)
    return run


_START = Step(StepKind.START)
_CHOOSE = StepKind.CHOOSE
_SKIP = Step(StepKind.SKIP)


def _chosen(story: Story, now: Moment, choice_id: str) -> Moment:
    values = now.values
    for choice in story.named[now.passage].choices:
        if choice.id == choice_id and (choice.when is None or choice.when.holds(values)):
            after = apply_effects(choice.effects, values, story.bounds) if choice.effects else values
            return Moment(story.named[choice.target].name, after, Step(_CHOOSE, choice_id))
    raise ChoiceNotOffered(f"the passage {now.passage!r} does not offer {choice_id!r} now")


def _longer(run: Run, moment: Moment) -> Run:
    if len(run.moments) >= MOST_MOMENTS:
        raise RunIsLong(f"a run has at most {MOST_MOMENTS} moments")
    return Run((*run.moments, moment))
