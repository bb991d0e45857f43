"""What becomes of words before they are kept: the rules alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.moderation.screening import Kind, screen
from app.moderation.screening.trust import Trust
from app.moderation.screening.watchwords import Effect, Watched, find
from app.moderation.screening.weighing import LONGEST, Answer, Author, Ground, Looked, Verdict, rule, sentence

SURE = "Her NHS number is 999 653 1597."
UNSURE = "Ring me on 07700 900123."
NAME = "Dr Khan was kind."
PLAIN = "I froze, and nobody said anything."
SETTLED = Author(trust=Trust.SETTLED)
WORDS = [
    Watched("idiot*", Effect.BLOCK),
    Watched("useless", Effect.HOLD),
    Watched("hopeless", Effect.FLAG),
    Watched("manpower", Effect.SUGGEST, "workforce"),
]


def ruled(body, answer=Answer.NONE, explanation="", author=SETTLED, title="A title"):
    texts = {"title": title, "body": body}
    looked = Looked(
        texts=texts,
        findings={name: screen(text) for name, text in texts.items()},
        matches={name: find(text, WORDS) for name, text in texts.items()},
    )
    return rule(looked, author, answer, explanation, screen)


def test_what_tells_nothing_is_published():
    assert ruled(PLAIN).verdict is Verdict.PUBLISH


@pytest.mark.parametrize(
    ("body", "answer", "explanation", "verdict"),
    [
        (SURE, Answer.NONE, "", Verdict.ASK),
        (SURE, Answer.KEEP, "It is made up", Verdict.ASK),
        (SURE, Answer.REDACT, "", Verdict.PUBLISH),
        (UNSURE, Answer.NONE, "", Verdict.ASK),
        (UNSURE, Answer.KEEP, "", Verdict.ASK),
        (UNSURE, Answer.KEEP, "  ", Verdict.ASK),
        (UNSURE, Answer.KEEP, "It is mine", Verdict.HOLD),
        (UNSURE, Answer.REDACT, "", Verdict.PUBLISH),
        (UNSURE + NAME, Answer.KEEP, "", Verdict.ASK),
        (NAME, Answer.NONE, "", Verdict.ASK),
        (NAME, Answer.KEEP, "", Verdict.PUBLISH),
        ("We lack manpower.", Answer.NONE, "", Verdict.ASK),
        ("We lack manpower.", Answer.KEEP, "", Verdict.PUBLISH),
        ("We lack manpower.", Answer.REDACT, "", Verdict.ASK),
        ("A useless plan", Answer.NONE, "", Verdict.HOLD),
        ("A hopeless plan", Answer.NONE, "", Verdict.PUBLISH),
        ("What an idiot", Answer.KEEP, "He is", Verdict.REFUSE),
    ],
)
def test_an_answer_decides(body, answer, explanation, verdict):
    assert ruled(body, answer, explanation).verdict is verdict


def test_the_title_counts_as_much_as_the_body():
    asked = ruled(PLAIN, title=SURE)
    assert (asked.verdict, asked.is_certain, asked.counts) == (Verdict.ASK, True, {"nhs_number": 1})


def test_what_is_taken_out_says_what_it_was():
    kept = ruled(f"{UNSURE} {SURE} {NAME}", Answer.REDACT).texts["body"]
    assert kept == (
        "Ring me on [removed: phone number]. Her NHS number is [removed: NHS number]. [removed: name] was kind."
    )


@given(st.lists(st.sampled_from([SURE, UNSURE, NAME, PLAIN, "ward 12, 4 May, aged 82 "]), max_size=8).map(" ".join))
def test_nothing_certain_is_ever_kept(body):
    for answer in Answer:
        for explanation in ("", "It is made up"):
            ruling = ruled(body, answer, explanation)
            if ruling.verdict in {Verdict.PUBLISH, Verdict.HOLD}:
                left = screen(ruling.texts["body"])
                assert all(found.confidence != "high" for found in left)
                assert ruling.verdict is Verdict.HOLD or {found.kind for found in left} <= {Kind.NAME}


def test_grounds_tell_moderators_why():
    assert ruled(UNSURE, Answer.KEEP, "Mine").grounds == (Ground.OVERRIDE,)
    assert ruled("A useless plan").grounds == (Ground.WATCHED_WORD,)
    assert ruled("A hopeless plan").grounds == (Ground.WATCHED_WORD,)
    assert ruled(PLAIN, author=Author(trust=Trust.WATCHED)).grounds == (Ground.TRUST,)
    assert ruled("See https://a.example", author=Author(trust=Trust.NEW)).grounds == (Ground.TRUST,)
    assert ruled(PLAIN, author=Author(trust=Trust.NEW)).verdict is Verdict.PUBLISH


def test_a_refusal_is_a_sentence():
    assert ruled("x" * LONGEST).complaint.startswith("Use 20,000 characters or fewer.")
    assert "“idiot*”" in ruled("idiots").complaint
    assert "already" in ruled(PLAIN, author=Author(trust=Trust.NEW, said_before=True)).complaint


def test_the_findings_are_shown_with_what_is_around_them():
    long = f"{'Much before it. ' * 10}{UNSURE}{' And much after it.' * 10}"
    [(before, words, after, kind)] = ruled(long).excerpts("body")
    assert (words, kind) == ("07700 900123", Kind.PHONE)
    assert (before[0], before[-11:]) == ("…", "Ring me on ")
    assert (after[:10], after[-1]) == (". And much", "…")


def test_a_live_room_gets_one_sentence():
    said = sentence(ruled(f"{UNSURE} or sam@nhs.net, {NAME}"))
    assert (
        said
        == "This looks as if it has somebody’s email address and phone number in it. Take that out and send it again."
    )
