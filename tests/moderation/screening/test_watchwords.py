"""Words that moderators watch, found however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.moderation.screening.watchwords import (
    Effect,
    Watched,
    WrongPatternError,
    around,
    as_list,
    effects,
    find,
    read_list,
    tidy,
)


def block(pattern):
    return Watched(tidy(pattern), Effect.BLOCK)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        *(("idiot", "What an idiot!"), ("Idiot", "IDIOT"), ("idiot", "1d10t"), ("idiot", "!di0t"), ("idiot", "ídïöt")),
        *(("idiot", "id\u200biot"), ("idiot", "**id**iot"), ("idiot*", "idiotic"), ("*phobic", "homophobic")),
        *(("un*able", "unbearable"), ("useless doctor", "a useless  doctor"), ("useless doctor", "useless\ndoctor")),
        *(("naïve", "naive"), ("ass", "a$$"), ("lie", "l1e"), ("useless doctor", "useless-doctor"), ("kill", "k1ll")),
        ("don't", "don’t"),
    ],
)
def test_found_however_it_is_written(pattern, text):
    [match] = find(text, [block(pattern)])
    assert text[match.start : match.end].strip() != ""


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        *(("ass", "class"), ("ass", "assess"), ("idiot", "idiots"), ("*phobic", "phobia"), ("so", "50"), ("ie", "13")),
        *(("useless doctor", "useless. The doctor"), ("lie", "iie"), ("at", "7 a"), ("es", "35 35")),
    ],
)
def test_not_found_inside_others_or_in_figures(pattern, text):
    assert find(text, [block(pattern)]) == []


def test_the_place_is_that_of_the_text_as_written():
    text = "Such an **1d1\u200bot** he is"
    [match] = find(text, [block("idiot")])
    assert text[match.start : match.end] == "1d1\u200bot"
    assert around(text, match, reach=4) == ("…n **", "1d1\u200bot", "** h…")


@pytest.mark.parametrize("pattern", ["", "a", "*", "* *", "a *", "x" * 81, "!?", "…"])
def test_what_cannot_be_watched_is_said(pattern):
    with pytest.raises(WrongPatternError):
        tidy(pattern)


@pytest.mark.parametrize(
    ("typed", "kept"), [("  Useless   DOCTOR ", "useless doctor"), ("idiot***", "idiot*"), ("Né", "ne")]
)
def test_a_pattern_is_kept_in_one_form(typed, kept):
    assert tidy(typed) == kept
    assert tidy(kept) == kept


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_and_any_pattern(text, pattern):
    try:
        watched = block(pattern)
    except WrongPatternError:
        return
    for match in find(text, [watched]):
        assert 0 <= match.start < match.end <= len(text)
    if "*" not in watched.pattern:
        assert find(f"so {pattern} it", [watched])


def test_a_list_survives_the_way_out_and_in():
    listed = [
        Watched("idiot*", Effect.BLOCK),
        Watched("manpower", Effect.SUGGEST, "workforce, or staff"),
        Watched("useless doctor", Effect.HOLD),
        Watched("whistleblow*", Effect.FLAG),
    ]
    assert read_list(as_list(listed)) == listed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("block: idiot\nforbid: x", "Line 2: begin with block:"),
        ("idiot", "Line 1: begin with"),
        ("suggest: manpower", "Line 1: say what to suggest"),
        ("block: idiot = fool", "Line 1: only a word that is suggested"),
        ("\n# a note\nhold: a", "Line 3: Enter at least two letters"),
        ("block: idiot\n" * 501, "A list can have 500 words"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text, said):
    with pytest.raises(WrongPatternError, match=said):
        read_list(text)


def test_effects_come_strictest_first():
    matches = find("manpower of an idiot", [Watched("manpower", Effect.SUGGEST, "x"), Watched("idiot", Effect.BLOCK)])
    assert effects(matches) == [Effect.BLOCK, Effect.SUGGEST]
