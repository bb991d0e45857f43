"""The engine, on stories that Hypothesis makes up."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scenarios import engine
from app.scenarios.engine import ChoiceNotOffered, PositionNotOffered, RunIsLong, SkipNotOffered, Step, StepKind
from app.scenarios.format.conditions import Comparison
from app.scenarios.format.effects import Effect
from app.scenarios.format.model import Choice, Kind, Passage, Story, Variable

NUMBERS = st.integers(-4, 4)
SIGNS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


@st.composite
def variables(draw):
    names = draw(st.lists(st.sampled_from("abc"), unique=True, min_size=1))
    made = []
    for name in names:
        low, start, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
        made.append(Variable(name, shown=draw(st.booleans()), label=name, minimum=low, maximum=high, start=start))
    return tuple(made)


@st.composite
def stories(draw):
    axes = draw(variables())
    names = [f"p{number}" for number in range(draw(st.integers(1, 6)))]
    targets = st.sampled_from([*names, "end"])
    axis = st.sampled_from([axis.name for axis in axes])
    choice = st.builds(
        Choice,
        id=st.sampled_from(["x", "y", "z"]),
        text=st.just("…"),
        target=targets,
        when=st.none() | st.builds(Comparison, axis, SIGNS, NUMBERS),
        effects=st.lists(st.builds(Effect, axis, st.booleans(), NUMBERS), max_size=3).map(tuple),
    )
    some = st.lists(choice, max_size=3, unique_by=lambda choice: choice.id).map(tuple)
    kinds = st.sampled_from([Kind.SCENE, Kind.CHECK, Kind.WORDS])
    passages = [Passage(name, kind=draw(kinds), choices=draw(some), skip=draw(st.none() | targets)) for name in names]
    return Story(start="p0", variables=axes, passages=(*passages, Passage("end", kind=Kind.ENDING, debrief="?")))


def ways_on(story, run):
    """Every step that is open."""
    ways = [Step(StepKind.CHOOSE, choice.id) for choice in engine.open_choices(story, run.now)]
    if engine.passage_of(story, run.now).skip:
        ways.append(Step(StepKind.SKIP))
    return ways + [Step(StepKind.BACK, to=to) for to in range(run.position)]


@st.composite
def walks(draw):
    """A story and a run through it, with every run on the way."""
    story = draw(stories())
    runs = [engine.begin(story)]
    for _ in range(draw(st.integers(0, 12))):
        ways = ways_on(story, runs[-1])
        if not ways:
            break
        runs.append(engine.take(story, runs[-1], draw(st.sampled_from(ways))))
    return story, runs


@given(walks())
def test_replaying_the_recorded_steps_gives_the_run(walk):
    story, runs = walk
    steps = [moment.step for moment in runs[-1].moments[1:]]
    assert engine.replay(story, steps) == runs[-1]


@given(walks())
def test_a_step_adds_one_moment_and_changes_none(walk):
    _story, runs = walk
    for earlier, later in pairwise(runs):
        assert later.moments[:-1] == earlier.moments


@given(walks())
def test_no_run_leaves_the_graph_or_the_bounds(walk):
    story, runs = walk
    for moment in runs[-1].moments:
        assert moment.passage in story.named
        assert moment.values.keys() == story.bounds.keys()
        for name, value in moment.values.items():
            assert story.bounds[name].minimum <= value <= story.bounds[name].maximum


@given(walks())
def test_values_move_as_the_effects_say(walk):
    story, runs = walk
    for before, after in pairwise(runs[-1].moments):
        if after.step.kind is StepKind.CHOOSE:
            choice = story.named[before.passage].choice(after.step.choice)
            assert choice.when is None or choice.when.holds(before.values)
            assert after.passage == choice.target
            assert after.values == by_hand(choice, before.values, story)
        elif after.step.kind is StepKind.SKIP:
            assert (after.passage, after.values) == (story.named[before.passage].skip, before.values)


def by_hand(choice, values, story):
    values = dict(values)
    for effect in choice.effects:
        wanted = effect.amount if effect.sets else values[effect.variable] + effect.amount
        axis = story.bounds[effect.variable]
        values[effect.variable] = sorted([axis.minimum, wanted, axis.maximum])[1]
    return values


@given(walks())
def test_going_back_takes_up_a_former_moment_as_it_was(walk):
    _story, runs = walk
    moments = runs[-1].moments
    for position, moment in enumerate(moments):
        if moment.step.kind is StepKind.BACK:
            then = moments[moment.step.to]
            assert moment.step.to < position
            assert (moment.passage, moment.values) == (then.passage, then.values)


@given(walks())
def test_the_line_leads_from_the_start_to_now(walk):
    _story, runs = walk
    run = runs[-1]
    line = run.line()
    assert (line[0], line[-1]) == (0, run.position)
    for earlier, later in pairwise(line):
        came_back_to = run.moments[later].step.to
        assert earlier == (later - 1 if came_back_to is None else came_back_to)


@given(walks(), st.data())
def test_one_step_back_and_the_same_choice_again_leads_to_the_same_place(walk, data):
    story, runs = walk
    forward = [way for way in ways_on(story, runs[-1]) if way.kind is not StepKind.BACK]
    if not forward:
        return
    moved = engine.take(story, runs[-1], data.draw(st.sampled_from(forward)))
    returned = engine.back(story, moved, moved.before)
    assert (returned.now.passage, returned.now.values) == (runs[-1].now.passage, runs[-1].now.values)
    again = engine.take(story, returned, moved.now.step)
    assert again.now == moved.now


@given(walks(), st.sampled_from(["x", "y", "z", "", "end"]), st.integers(-2, 15))
def test_what_is_not_open_is_refused(walk, choice_id, to):
    story, runs = walk
    run, ways = runs[-1], ways_on(*walk[:1], walk[1][-1])
    refusals = [
        (Step(StepKind.CHOOSE, choice_id), ChoiceNotOffered),
        (Step(StepKind.SKIP), SkipNotOffered),
        (Step(StepKind.BACK, to=to), PositionNotOffered),
    ]
    for step, refusal in refusals:
        if step not in ways:
            with pytest.raises(refusal):
                engine.take(story, run, step)


@pytest.mark.parametrize("step", [Step(StepKind.START), Step(StepKind.CHOOSE), Step(StepKind.BACK), Step("fly")])
def test_what_is_no_step_is_refused(story, step):
    with pytest.raises(engine.NotOffered):
        engine.take(story, engine.begin(story), step)


def test_an_ending_is_an_ending_until_one_goes_back(story):
    run = engine.replay(story, [Step(StepKind.CHOOSE, "seat"), Step(StepKind.CHOOSE, "ask")])
    assert engine.has_ended(story, run)
    assert engine.open_choices(story, run.now) == []
    assert not engine.has_ended(story, engine.back(story, run, 1))


def test_a_condition_opens_a_choice(story):
    quiet = engine.replay(story, [Step(StepKind.SKIP)])
    loud = engine.replay(story, [Step(StepKind.CHOOSE, "tell"), Step(StepKind.CHOOSE, "leave")])
    assert [choice.id for choice in engine.open_choices(story, quiet.now)] == ["ask", "note", "stairs"]
    assert loud.now.values == {"dignity": 3, "own_safety": 0, "told": 1}
    assert [choice.id for choice in engine.open_choices(story, loud.now)] == ["ask", "note", "stairs"]
    with pytest.raises(ChoiceNotOffered):
        engine.replay(story, [Step(StepKind.CHOOSE, "tell"), Step(StepKind.CHOOSE, "again")])


def test_a_run_does_not_go_on_for_ever(story):
    back_and_forth = [Step(StepKind.SKIP), Step(StepKind.BACK, to=0)] * (engine.MOST_MOMENTS // 2)
    full = engine.replay(story, back_and_forth[:-1])
    assert len(full.moments) == engine.MOST_MOMENTS
    with pytest.raises(RunIsLong):
        engine.take(story, full, back_and_forth[-1])
    assert full.line() == [0, engine.MOST_MOMENTS - 2, engine.MOST_MOMENTS - 1]
