"""Printing a scenario and parsing it again gives the same model, for any scenario there can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import ROOT
from app.scenarios.format.checker import check
from app.scenarios.format.conditions import And, Comparison, Not, Or
from app.scenarios.format.effects import Effect
from app.scenarios.format.model import APPROACHES, Choice, Kind, Passage, Story, Variable
from app.scenarios.format.printing import print_story
from app.scenarios.format.reading import parse
from tests.scenarios.format.stories import CLEAN
from tests.scenarios.format.test_hostile import PIECES

NAMES = ("dignity", "own_safety", "told")

# What people type: letters of every script, the marks the grammar uses, and none of the characters that end a line.
words = st.text(
    st.sampled_from("abc é漢😀.,;:!?'’()") | st.characters(categories=["Lu", "Ll", "Nd", "Po"]), min_size=1, max_size=12
)
plain = words.map(lambda text: " ".join(text.split())).filter(
    lambda text: text and text[0].isalnum() and "(" not in text
)
names = st.text(st.sampled_from("ab é[]{}\\:|"), min_size=1, max_size=8).map(str.strip).filter(
    lambda name: name and name[0] in "abé" and not any(sign in name for sign in ("->", "<-", "][", "[[", "]]", "|"))
    and not name.endswith("]") and name[-1] != "\\"
)  # fmt: skip
slugs = st.from_regex(r"[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,3})?", fullmatch=True)
comparisons = st.builds(
    Comparison, st.sampled_from(NAMES), st.sampled_from(("==", "!=", "<", "<=", ">", ">=")), st.integers(-99, 99)
)
conditions = st.recursive(
    comparisons,
    lambda inner: st.builds(Not, inner) | st.builds(And, st.tuples(comparisons, comparisons))
    | st.builds(Or, st.tuples(comparisons, comparisons)),
    max_leaves=4,
)  # fmt: skip
effects = st.builds(Effect, st.sampled_from(NAMES), st.booleans(), st.integers(-9, 9))


@st.composite
def stories(draw):
    variables = tuple(
        Variable(name, name != "told", draw(plain) if name != "told" else "", -2, 3, draw(st.integers(-2, 3)))
        for name in NAMES
    )
    titles = draw(st.lists(names, min_size=1, max_size=5, unique=True))
    passages = [draw(passage(title, titles)) for title in titles]
    return Story(
        title=draw(plain), ifid="5B0C7A52-6E1C-4C0B-9B1B-2F0A6C2D9E10", format="Upstander", format_version="1.0.0",
        start=titles[0], setting=draw(plain), you_are=draw(plain), minutes=draw(st.integers(1, 60)),
        content_notes=tuple(draw(st.lists(plain, max_size=2))),
        signpost=tuple(draw(st.lists(slugs, max_size=2, unique=True))),
        variables=variables, passages=tuple(passages),
    )  # fmt: skip


@st.composite
def passage(draw, name, titles):
    kind = draw(st.sampled_from([Kind.SCENE, Kind.CHECK, Kind.WORDS, Kind.ENDING]))
    ids = draw(st.lists(slugs, max_size=3, unique=True)) if kind.offers_choices else []
    choices = tuple(draw(choice(one, titles)) for one in ids)
    body = "\n\n".join(draw(st.lists(plain, min_size=1, max_size=3)))
    return Passage(
        name=name, kind=kind, body=body, choices=choices,
        debrief=draw(plain) if kind is Kind.ENDING else "",
        skip=draw(st.none() | st.sampled_from(titles)) if kind.offers_choices else None,
        signpost=tuple(draw(st.lists(slugs, max_size=2, unique=True))),
    )  # fmt: skip


@st.composite
def choice(draw, one, titles):
    return Choice(
        id=one, text=draw(plain), target=draw(st.sampled_from(titles)), approach=draw(st.sampled_from(APPROACHES)),
        when=draw(st.none() | conditions), why=draw(st.just("") | plain),
        effects=tuple(draw(st.lists(effects, max_size=3))),
    )  # fmt: skip


@given(stories())
def test_a_printed_story_reads_back_the_same(story):
    parsed = parse(print_story(story))
    assert parsed.problems == []
    assert parsed.story == story


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_printing_is_stable_for_whatever_was_read(text):
    story = parse(text).story
    printed = print_story(story)
    assert parse(printed).story == story
    assert print_story(parse(printed).story) == printed


@given(st.data())
def test_printing_is_stable_for_a_clean_scenario_that_was_spoiled(data):
    text = list(CLEAN)
    for _ in range(data.draw(st.integers(1, 3))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.sampled_from(PIECES))
    story = parse("".join(text)).story
    assert parse(print_story(story)).story == story


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.twee")), ids=lambda path: path.stem)
def test_our_scenarios_print_and_read_back(path):
    story = parse(path.read_bytes()).story
    again = parse(print_story(story))
    assert again.story == story
    assert check(print_story(story), strict=True) == []
