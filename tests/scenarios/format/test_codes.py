"""Every code of the checker: what it is found on, where, and the near miss that it leaves alone.

`‸` marks where the finding has to be located; it is taken out before the scenario is checked.
"""

import pytest

from app.scenarios.format.checker import check
from app.scenarios.format.diagnostics import SUMMARIES, WARNINGS
from tests.scenarios.format.stories import CLEAN, spoiled, with_passages

END = ":: End [ending]\nIt ends.\n\n## Debrief\nWhat now?\n"
FLAG = "[vars.told]\nmin = 0\nmax = 1\nstart = 0\n"

FOUND = {
    "S101 a bracket that is not closed": ("S101", "Paused", spoiled(":: Paused [ending]", ":: Paused ‸[ending")),
    "S101 a header without a name": (
        "S101",
        None,
        spoiled(":: Paused [ending]", "‸:: [ending]\nx\n\n:: Paused [ending]"),
    ),
    "S101 metadata that is no JSON": ("S101", "Bay four", spoiled('{"position":"100,100"}', '{"position":100,‸}')),
    "S102 a name twice": ("S102", "Paused", CLEAN + "\n‸:: Paused [ending]\nAgain.\n\n## Debrief\nWell?\n"),
    "S103 no StoryData": ("S103", None, "‸" + CLEAN.replace(":: StoryData", ":: StoryDate")),
    "S103 not JSON": ("S103", "StoryData", spoiled('"start": "Bay four"}', '"start": "Bay four"')),
    "S103 a version-1 ifid": ("S103", "StoryData", spoiled("6E1C-4C0B", "6E1C-1C0B")),
    "S103 an ifid of the wrong variant": ("S103", "StoryData", spoiled("9B1B-2F0A", "1B1B-2F0A")),
    "S104 the start is missing": ("S104", "StoryData", spoiled('"start": "Bay four"', '"start": "Bay five"')),
    "S105 no Scenario block": ("S105", None, "‸" + CLEAN.replace(":: Scenario", ":: Scenery")),
    "S105 not TOML": ("S105", "Scenario", spoiled("minutes = 8", "minutes = = 8")),
    "S106 NUL": ("S106", "Bay four", CLEAN.replace("goes quiet", "goes ‸\0quiet")),
    "S107 a choice in an ending": ("S107", "Paused", spoiled("goes on.", "goes on.\n\n‸- [[Again->Bay four]]")),
    "S107 a choice in a perspective": (
        "S107",
        "Bay four: your colleague",
        spoiled("understood the words.", "understood.\n\n‸- [[Again->Paused]]"),
    ),
    "S107 a link in the prose": (
        "S107",
        "Bay four",
        spoiled("The registrar laughs", "The ‸[[registrar->Paused]] laughs"),
    ),
    "S107 an unknown attribute": ("S107", "Bay four", spoiled("  id: stop", "  ‸colour: red")),
    "S107 an attribute twice": ("S107", "Bay four", spoiled("  why: Names", "  why: One.\n  ‸why: Names")),
    "S107 an unknown approach": ("S107", "Bay four", spoiled("approach: distract", "approach: ‸deflect")),
    "S107 two kinds": ("S107", "Paused", spoiled("[ending]", "[ending scene]")),
    "S201 a link to nowhere": ("S201", "Bay four", spoiled("stops here->Paused]]", "stops here->Pausd]]")),
    "S201 a link to a special passage": (
        "S201",
        "Bay four",
        spoiled("stops here->Paused]]", "stops here->StoryData]]"),
    ),
    "S201 a link to a perspective": (
        "S201",
        "Bay four",
        spoiled("stops here->Paused]]", "stops here->Bay four: your colleague]]"),
    ),
    "S201 a perspective of nothing": (
        "S201",
        "Bay five: your colleague",
        spoiled(":: Bay four: your colleague", "‸:: Bay five: your colleague"),
    ),
    "S202 nothing leads there": ("S202", "Island", CLEAN + "\n‸:: Island [ending]\nx\n\n## Debrief\nWhy?\n"),
    "S203 round and round": (
        "S203",
        "Loop",
        spoiled("chart->Paused]]", "chart->Loop]]") + "\n‸:: Loop\nx\n\n- [[Again->Loop]]\n  approach: none\n",
    ),
    "S204 no way on": (
        "S204",
        "Hole",
        spoiled("chart->Paused]]", "chart->Hole]]") + "\n‸:: Hole\nNothing to do here.\n",
    ),
    "S205 nothing is open": (
        "S205",
        "B",
        with_passages(
            ":: A\nx\n\n- [[On->B]]\n  approach: none\n- [[Tell->B]]\n  approach: none\n  effect: told = 1\n",
            "‸:: B\nx\n\n- [[Finish->End]]\n  approach: none\n  when: told == 1\n",
            END,
            variables=FLAG,
        ),
    ),
    "S206 never true": (
        "S206",
        "A",
        with_passages(
            ":: A\nx\n\n- [[On->End]]\n  approach: none\n- [[Off->End]]\n  approach: none\n  when: ‸told == 1\n",
            END,
            variables=FLAG,
        ),
    ),
    "S301 in a condition": ("S301", "Bay four", spoiled("when: safety >= 2", "when: ‸courage >= 2")),
    "S301 in an effect": ("S301", "Bay four", spoiled("effect: safety -1, told", "effect: safety -1, ‸tolld")),
    "S302 a condition": ("S302", "Bay four", spoiled("when: safety >= 2", "when: safety => 2")),
    "S302 an effect": ("S302", "Bay four", spoiled("effect: safety -1, told = 1", "effect: safety * 2")),
    "S303 no maximum": ("S303", "Scenario", spoiled("max = 3\n", "")),
    "S303 a start beyond the bounds": ("S303", "Scenario", spoiled("start = 2", "start = 4")),
    "S303 a minimum above the maximum": ("S303", "Scenario", spoiled("min = 0\nmax = 3", "min = 5\nmax = 3")),
    "S303 true is no number": ("S303", "Scenario", spoiled("max = 3", "max = true")),
    "S401 no approach": ("S401", "Bay four", spoiled("  approach: distract\n", "")),
    "S402 no check and no other way": (
        "S402",
        "Bay four",
        spoiled("approach: distract", "approach: distract\n  when: told == 0"),
    ),
    "S403 no debrief": ("S403", "Paused", spoiled("\n## Debrief\nWhat did you notice first?\n", "")),
    "S403 an empty debrief": ("S403", "Paused", spoiled("What did you notice first?\n", "")),
    "S403 no signposting": ("S403", "Paused", spoiled('signpost = ["occupational-health"]\n', "signpost = []\n")),
    "S404 no content notes": ("S404", "Scenario", spoiled('content_notes = ["belittling"]', "content_notes = []")),
    "S405 an image without words": (
        "S405",
        "Bay four",
        spoiled("The registrar laughs", "‸![](bay.png) The registrar laughs"),
    ),
    "S405 no such file": (
        "S405",
        "Bay four",
        spoiled("The registrar laughs", "‸![A bay](ward.png) The registrar laughs"),
    ),
    "S405 a file from elsewhere": (
        "S405",
        "Bay four",
        spoiled("The registrar laughs", "‸![A bay](../bay.png) The registrar laughs"),
    ),
    "S406 an id twice": ("S406", "Bay four", spoiled("approach: distract", "id: stop\n  approach: distract")),
    "S501 SugarCube": ("S501", "Bay four", spoiled("The registrar laughs", "‸<<set $x to 1>> The registrar laughs")),
    "S501 a template": ("S501", "Bay four", spoiled("The registrar laughs", "‸<%= s.x %> The registrar laughs")),
    "S501 Harlowe": ("S501", "Bay four", spoiled("The registrar laughs", "‸(set: $x to 1) The registrar laughs")),
    "S501 a script": ("S501", "Code", CLEAN + "\n‸:: Code [script]\nalert(1)\n"),
    "S501 a link setter": ("S501", "Bay four", spoiled("stops here->Paused]]", "stops here->Paused][$x to 1]]")),
}

LEFT_ALONE = {
    "prose in brackets": spoiled("The registrar laughs", "(note: he always does) The registrar laughs"),
    "a check before the only, direct, way": with_passages(
        ":: A [check]\nIs it safe?\n\n- [[Say so->End]]\n  approach: direct\n", END
    ),
    "an image with words and a file": spoiled("The registrar laughs", "![A ward](bay.png) The registrar laughs"),
    "signposting of its own": spoiled('signpost = ["occupational-health"]\n', "").replace(
        ":: Paused [ending]\n", ":: Paused [ending]\nsignpost: samaritans\n"
    ),
    "the first arrow back": spoiled(
        "[[Ask your colleague for the drug chart->Paused]]", "[[Paused<-Ask for the chart]]"
    ),
    "the last bar": spoiled("[[Ask your colleague for the drug chart->Paused]]", "[[Ask | or point|Paused]]"),
    "the last arrow": spoiled("[[Ask your colleague for the drug chart->Paused]]", "[[Ask -> point->Paused]]"),
    "text that is its own target": spoiled("[[Ask your colleague for the drug chart->Paused]]", "[[Paused]]"),
    "carriage returns": CLEAN.replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + CLEAN,
    "an escaped header": CLEAN.replace(":: Paused", r":: Paused \{now\}").replace("->Paused]]", "->Paused {now}]]"),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_is_found_where_it_stands(name):
    code, passage, marked = FOUND[name]
    before, mark, _ = marked.partition("‸")
    found = [d for d in check(marked.replace("‸", ""), path="x.twee", media={"bay.png"}) if d.code == code]
    assert found, f"{code} was not found"
    first = found[0]
    assert first.passage == passage
    assert first.severity == ("warning" if code in WARNINGS else "error")
    assert first.path == "x.twee"
    assert len(first.message) > 20, "a message says how to mend it"
    if mark:
        assert (first.line, first.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


def test_every_code_has_an_example():
    shown = {code for code, _, _ in FOUND.values()}
    assert shown | {"S207"} == set(SUMMARIES)


@pytest.mark.parametrize("name", ["as it is", *LEFT_ALONE])
def test_what_is_right_is_left_alone(name):
    text = LEFT_ALONE.get(name, CLEAN)
    assert check(text, strict=True, media={"bay.png"}) == []


@pytest.mark.parametrize("code", sorted(WARNINGS - {"S207"}))
def test_strict_makes_an_error_of_a_warning(code):
    text = next(marked for found, _, marked in FOUND.values() if found == code).replace("‸", "")
    assert {d.severity for d in check(text, media={"bay.png"}) if d.code == code} == {"warning"}
    assert {d.severity for d in check(text, media={"bay.png"}, strict=True) if d.code == code} == {"error"}


def test_an_unreachable_condition_is_said_once():
    text = CLEAN + "\n:: Island\nx\n\n- [[On->Paused]]\n  approach: none\n  when: told == 1 and told == 0\n"
    assert [d.code for d in check(text)] == ["S202"]


def test_a_limit_that_was_hit_is_said():
    found = check(CLEAN, max_states=1)
    assert [(d.code, d.severity) for d in found] == [("S207", "warning")]


def test_a_file_beyond_the_limit_is_refused():
    assert [d.code for d in check(CLEAN, max_bytes=100)] == ["S106"]
    assert [d.code for d in check(b"\xff" + CLEAN.encode())] == ["S106"]
