"""The debrief tells every moment: what was chosen and why, what else was open, and how others saw it."""

from dataclasses import replace

import pytest

from app.scenarios import engine, picture
from app.scenarios.engine import Step, StepKind
from app.scenarios.format.model import Passage
from app.scenarios.recalling import recall
from app.scenarios.scene import scene_of


def chose(choice):
    return Step(StepKind.CHOOSE, choice)


SKIPPED = Step(StepKind.SKIP)


def went_back(to):
    return Step(StepKind.BACK, to=to)


@pytest.fixture
def recalled(story):
    """Moments of a run with a way given up: breathe, decide, write, say it, go back, say nothing, ask."""
    steps = [chose("breathe"), chose("yes"), chose("leave-that"), went_back(2), chose("nothing"), chose("ask")]
    return recall(story, engine.replay(story, steps), {2: "Hm, no.", 4: ""})


def test_each_moment_is_told_in_order(recalled):
    assert [moment.passage.name for moment in recalled] == [
        "Staff room",
        "Is it safe?",
        "Your words",
        "Silence",
        "Your words",
        "Afterwards",
        "Heard",
    ]
    assert [moment.number for moment in recalled] == [1, 2, 3, 4, 5, 6, 7]
    assert [moment.taken.id if moment.taken else None for moment in recalled] == [
        "breathe",
        "yes",
        "leave-that",
        None,
        "nothing",
        "ask",
        None,
    ]


def test_what_was_given_up_is_told_apart(recalled):
    assert [moment.number for moment in recalled if moment.given_up] == [4]
    assert recalled[3].turned_back
    assert [moment.returned_to for moment in recalled] == [None, None, None, None, 2, None, None]


def test_what_else_was_open_is_told_with_its_reason(recalled):
    assert [choice.id for choice in recalled[0].others] == ["seat", "tell"]
    assert recalled[0].others[0].why.startswith("You turn to the person targeted")
    # "Say it again" needed more safety than was left; what is closed is not held against anybody.
    assert [choice.id for choice in recalled[3].others] == ["again", "turn", "leave"]
    assert recalled[-1].others == []


def test_what_a_choice_changed_stands_beside_it(recalled):
    assert [change.words for change in recalled[2].changes] == ["went down"]
    assert recalled[4].changes == []


def test_perspectives_come_with_the_first_visit(story, recalled):
    assert [passage.seen_by for passage in recalled[0].perspectives] == ["Sunita", "the porter"]
    again = recall(story, engine.replay(story, [SKIPPED, went_back(0)]), {})
    assert [len(moment.perspectives) for moment in again] == [2, 0, 0]


def test_own_words_stand_where_they_were_written(recalled):
    assert [moment.words for moment in recalled] == ["", "", "Hm, no.", "", "", "", ""]


def test_a_skipped_part_is_told_as_skipped(story):
    first, second = recall(story, engine.replay(story, [SKIPPED]), {})
    assert first.skipped
    assert first.taken is None
    assert [choice.id for choice in first.others] == ["breathe", "seat", "tell"]
    assert not second.skipped


def test_the_picture_has_a_node_for_each_moment_and_a_line_between_two(recalled):
    drawn = picture.draw(recalled)
    assert [node.number for node in drawn.nodes] == [1, 2, 3, 4, 5, 6, 7]
    assert [line.kind for line in drawn.lines] == ["on", "on", "aside", "back", "on", "on"]
    assert [node.kind for node in drawn.nodes][1:3] == ["check", "words"]
    assert drawn.nodes[4].label == ["Back to: Your words"]
    assert [len(node.twigs) for node in drawn.nodes] == [2, 1, 1, 3, 1, 2, 0]


def test_everything_drawn_is_inside_the_picture(recalled):
    drawn = picture.draw(recalled)
    for node in drawn.nodes:
        for x, y in [(node.x, node.y), *node.twigs]:
            assert picture.RADIUS < x < picture.LABEL_X
            assert picture.RADIUS < y < drawn.height
    assert len({node.y for node in drawn.nodes}) == len(drawn.nodes)


def test_long_names_are_cut_to_two_lines(story):
    (moment,) = recall(story, engine.begin(story), {})
    (node,) = picture.draw([replace(moment, passage=Passage("A very long name " * 9))]).nodes
    assert len(node.label) == 2
    assert all(len(line) <= picture.LABEL_WIDTH for line in node.label)


def test_a_scene_tells_what_led_there(story):
    scene = scene_of(story, engine.replay(story, [chose("tell")]), {})
    assert scene.chosen.id == "tell"
    assert [(change.label, change.words) for change in scene.changes] == [
        ("Your colleague's dignity and control", "went up"),
        ("Your own safety", "went down a lot"),
    ]
    assert scene.before == 0
    assert [choice.id for choice in scene.choices] == ["turn", "leave"]


def test_a_scene_asks_for_words_before_it_shows_others(story):
    run = engine.replay(story, [chose("breathe"), chose("yes")])
    assert scene_of(story, run, {}).asks_for_words
    assert not scene_of(story, run, {2: ""}).asks_for_words
    back = engine.back(story, engine.choose(story, run, "nothing"), 2)
    returned = scene_of(story, back, {2: "Stop it."})
    assert (returned.asks_for_words, returned.draft) == (True, "Stop it.")
