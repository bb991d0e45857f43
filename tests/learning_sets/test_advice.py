"""Advice in disguise, and open questions that must not be disturbed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.learning_sets.advice import Disguise, hints


@pytest.mark.parametrize(
    ("question", "disguise"),
    [
        ("Don't you think she was tired?", Disguise.LEADING),
        ("Isn’t it time to tell your manager?", Disguise.LEADING),
        ("Surely somebody saw it?", Disguise.LEADING),
        ("Have you tried talking to him?", Disguise.SUGGESTING),
        ("Have you thought about occupational health?", Disguise.SUGGESTING),
        ("What about writing it down?", Disguise.SUGGESTING),
        ("Could you just ask her?", Disguise.SUGGESTING),
        ("Might it help to wait a day?", Disguise.SUGGESTING),
        ("You should tell the guardian, no?", Disguise.TELLING),
        ("If I were you, would I stay?", Disguise.TELLING),
        ("Why didn't you say something?", Disguise.WHY_NOT),
        ("Why not leave?", Disguise.WHY_NOT),
        ("What happened? And who was there? And then?", Disguise.STACKED),
        ("Tell me more", Disguise.NO_QUESTION),
    ],
)
def test_what_is_pointed_out(question, disguise):
    assert disguise in {hint.disguise for hint in hints(question)}


@pytest.mark.parametrize(
    "question",
    [
        "What matters most to you in this?",
        "What have you thought of so far?",
        "Who else was there?",
        "How did you feel when he said that?",
        "What would you like to be different in a month?",
        "What makes that hard?",
        "When you imagine saying it, what happens next?",
        "What did you notice in yourself?",
        "Which part of it is yours to change?",
        "",
    ],
)
def test_an_open_question_is_left_alone(question):
    assert hints(question) == []


@given(st.text(max_size=400))
def test_hints_lie_within_the_words_and_say_what_to_try(question):
    found = hints(question)
    assert all(0 <= hint.start < hint.end <= len(question) for hint in found)
    assert all(hint.disguise.hint.endswith((".", "?")) for hint in found)
    assert found == sorted(found, key=lambda hint: hint.start)
