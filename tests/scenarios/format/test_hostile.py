"""Whatever comes in, a diagnostic or a harmless story comes out, and soon."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.scenarios.format.checker import check
from app.scenarios.format.diagnostics import Diagnostic
from app.scenarios.format.printing import print_story
from app.scenarios.format.reading import parse
from tests.scenarios.format.stories import CLEAN, with_passages

SOON = 20.0  # seconds for 200,000 characters on a busy machine: it takes 1, and what is quadratic takes minutes

PIECES = [
    ":: ", "::", "[ending]", "[check]", " [", "]", "{", '{"position":"1,1"}', "\\", "[[", "]]", "->", "<-", "|",
    "- [[a->b]]", "  when: ", "  effect: x +1", "  approach: direct", "(", "not ", "x >= 1", "## Debrief",
    "<<", "<%", "(set: $a to 1)", "StoryData", "Scenario", "StoryTitle", "{}", "[outcomes.x]\n", "min = 0",
    "\n", "\n\n", "\r", "\t", "\u2028", "\x85", "é", "\ufeff", "![a](b.png)", "skip: ", "signpost: ",
    "a", "Start", ": b", "[perspective]",
]  # fmt: skip

HUGE = {
    "open brackets": "(" * 200_000,
    "open links": "[[" * 100_000,
    "headers": ":: a\n" * 40_000,
    "one line": "a" * 200_000,
    "deep TOML": with_passages(":: A [ending]\nx").replace("minutes = 1", "minutes = " + "[" * 100_000),
    "deep JSON": CLEAN.replace('"start"', '"x": ' + "[" * 100_000 + ', "start"'),
    "deep metadata": ":: A " + '{"a":' * 200_000,
    "a deep condition": CLEAN.replace("when: safety >= 2", "when: " + "(" * 100_000 + "safety >= 2"),
    "a chain of not": CLEAN.replace("when: safety >= 2", "when: " + "not " * 5_000 + "safety >= 2"),
    "digits": CLEAN.replace("when: safety >= 2", "when: safety >= " + "9" * 200_000),
    "backslashes": ":: A " + "\\" * 200_000,
    "many choices": with_passages(":: A\nx\n\n" + "- [[On->End]]\n  approach: none\n" * 5_000, ":: End [ending]\nx"),
    "spaces": ":: A\n" + " " * 200_000 + "x",
    "blank lines": ":: A\n" + "\n" * 200_000 + "x",
    "images": ":: A\n" + "![" * 100_000,
}


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_pieces_of_scenarios_in_any_order_never_raise(text):
    for found in check(text, media=set()):
        assert isinstance(found, Diagnostic)
        assert 1 <= found.line <= text.count("\n") + text.count("\r") + 1
        assert found.column >= 1


@given(st.text())
def test_any_text_never_raises(text):
    check(text)


@given(st.binary())
def test_any_bytes_never_raise(raw):
    check(raw)


@given(st.data())
def test_a_clean_scenario_with_a_few_changed_characters_never_raises(data):
    text = list(CLEAN)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at] = data.draw(st.sampled_from(PIECES) | st.characters())
    check("".join(text))


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_text_is_refused_or_read_soon(name):
    before = time.perf_counter()
    assert check(HUGE[name])
    assert time.perf_counter() - before < SOON


def test_a_lone_surrogate_is_no_text():
    assert [found.code for found in check(CLEAN.replace("laughs", "\ud800"))] == ["S106"]


def test_markup_stays_text():
    text = CLEAN.replace("The registrar laughs", "<script>alert(1)</script> The registrar laughs")
    story = parse(text).story
    assert "<script>alert(1)</script>" in story.named["Bay four"].body, "sanitising is for when it is shown"
    assert parse(print_story(story)).story == story
