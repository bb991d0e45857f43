"""Quotes, tags, drafts, aliases, care and the table of acts, by example and by property."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.html import cook
from app.forums import aliases, care, tags
from app.forums.acts import EDITABLE, UNDO, Act, Standing, may
from app.forums.care import Worry
from app.forums.drafting import Saving, Words, saving
from app.forums.quotes import LONGEST, quote, quoted_posts
from app.forums.rules import PostState

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
READER = Standing(written_at=NOW - timedelta(days=1), now=NOW)
AUTHOR = replace(READER, is_author=True)
MODERATOR = replace(READER, moderates=True)
NOT_PUBLISHED = [PostState.HELD, PostState.HIDDEN, PostState.REMOVED, PostState.DELETED]


def test_a_quote_links_to_the_post_and_names_nobody():
    assert quote(12, "One.\n\nTwo.") == "> [an earlier post](/forums/posts/12):\n>\n> One.\n>\n> Two.\n\n"
    assert quoted_posts(quote(12, "One.") + "Yes.") == [12]
    assert "<blockquote>" in cook(quote(12, "One.") + "Yes.")
    assert "<p>Yes.</p>" in cook(quote(12, "```\nopen") + "Yes.")


def test_a_quote_in_a_quote_is_left_out():
    assert "old" not in quote(12, quote(9, "old") + "new")
    assert quoted_posts(quote(12, quote(9, "old") + "new")) == [12]
    assert quote(12, quote(9, "old")) == "> [an earlier post](/forums/posts/12):\n\n"


@given(st.text(alphabet="ab >`\n*[]()#", max_size=300), st.integers(1, 10**6))
def test_whatever_is_quoted_the_answer_stands_below(body, post_id):
    html = cook(quote(post_id, body) + "the answer")
    assert html.rstrip().endswith("<p>the answer</p>")
    assert quoted_posts(quote(post_id, body)) == [post_id]


def test_a_long_quote_is_cut():
    assert len(quote(1, "word " * 4000)) < LONGEST + 100


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", []),
        ("Night shifts, night-shifts; #Handover", ["night-shifts", "handover"]),
        (" , ,#", []),
        ("Don’t freeze", ["dont-freeze"]),
        ("Café, ＡＢＣ", ["café", "abc"]),
    ],
)
def test_tags_have_one_spelling(written, found):
    assert tags.read(written) == found
    assert tags.read(tags.write(found)) == found


def test_too_many_or_too_long_tags_are_refused():
    with pytest.raises(ValueError, match="5 tags or fewer"):
        tags.read("a,b,c,d,e,f")
    with pytest.raises(ValueError, match="30 characters"):
        tags.read("a" * 31)


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(tag):
    assert tags.normalise(tags.normalise(tag)) == tags.normalise(tag)


words = st.builds(Words, title=st.text(max_size=5), body=st.text(max_size=20), tags=st.text(max_size=5))


@given(words, st.integers(0, 5), words, st.integers(1, 5))
def test_no_draft_is_lost(mine, seen, kept, version):
    """What is replaced was seen by whoever replaces it, or all of it is still there."""
    if saving(mine, seen, kept, version) is Saving.REPLACE:
        assert seen == version or mine.go_on_from(kept)


def test_what_becomes_of_a_draft():
    first, longer, other = Words(body="I saw"), Words(body="I saw her"), Words(body="We met")
    assert saving(first, 0, None) is Saving.NEW
    assert saving(first, 3, None) is Saving.NEW
    assert saving(first, 0, first, 1) is Saving.SAME
    assert saving(other, 1, first, 1) is Saving.REPLACE
    assert saving(longer, 0, first, 1) is Saving.REPLACE
    assert saving(other, 1, first, 2) is Saving.APART
    assert saving(first, 1, longer, 2) is Saving.APART


def test_aliases_are_different_within_a_topic():
    taken = set()
    for _ in range(len(aliases.BIRDS) * 2 + 3):
        fresh = aliases.draw(taken)
        assert fresh not in taken
        taken.add(fresh)
    assert sum(name.endswith(" 2") for name in taken) == len(aliases.BIRDS)
    assert len(set(aliases.BIRDS)) == len(aliases.BIRDS)


@pytest.mark.parametrize(
    ("text", "sounds_like"),
    [
        ("I don’t want to be here any more", Worry.LIFE),
        ("I was going to end\nit all", Worry.LIFE),
        ("He hits me when I am late", Worry.HARM),
        ("I can't cope, I was crying in the sluice", Worry.LOW),
        ("I can’t cope and I want to die", Worry.LIFE),
        ("The breakdown of the rota, for all to see", None),
        ("Crying out for a better rota", None),
        ("How do I begin a talk about handover?", None),
    ],
)
def test_words_of_somebody_who_may_not_be_well(text, sounds_like):
    assert care.worry("A title", text) is sounds_like


def test_every_worry_has_somewhere_to_turn():
    assert set(care.SERVICES) == set(Worry)


ACTS = {
    "reader": (READER, {Act.REPLY, Act.QUOTE, Act.REACT, Act.BOOKMARK, Act.FOLLOW, Act.REPORT}),
    "author": (AUTHOR, {Act.REPLY, Act.QUOTE, Act.EDIT, Act.DELETE, Act.SEE_HISTORY, Act.BOOKMARK, Act.FOLLOW}),
    "asker": (
        replace(READER, is_asker=True),
        {Act.REPLY, Act.QUOTE, Act.REACT, Act.BOOKMARK, Act.FOLLOW, Act.REPORT, Act.ACCEPT},
    ),
    "moderator": (
        MODERATOR,
        {Act.REPLY, Act.QUOTE, Act.REACT, Act.BOOKMARK, Act.FOLLOW, Act.REPORT, Act.SEE_HISTORY, Act.MODERATE},
    ),
    "silenced": (replace(READER, shut_out=True), {Act.BOOKMARK, Act.FOLLOW, Act.REPORT}),
    "silenced author": (replace(AUTHOR, shut_out=True), {Act.DELETE, Act.SEE_HISTORY, Act.BOOKMARK, Act.FOLLOW}),
    "silenced moderator": (replace(MODERATOR, shut_out=True), {Act.BOOKMARK, Act.FOLLOW, Act.REPORT}),
    "in a closed topic": (replace(READER, topic_closed=True), {Act.REACT, Act.BOOKMARK, Act.FOLLOW, Act.REPORT}),
    "author in a closed topic": (
        replace(AUTHOR, topic_closed=True),
        {Act.DELETE, Act.SEE_HISTORY, Act.BOOKMARK, Act.FOLLOW},
    ),
    "whoever only reads the board": (
        replace(READER, writes=False),
        {Act.REACT, Act.BOOKMARK, Act.FOLLOW, Act.REPORT},
    ),
}


@pytest.mark.parametrize("who", ACTS)
def test_the_table(who):
    standing, acts = ACTS[who]
    assert {act for act in Act if may(act, standing)} == acts


def test_only_what_is_published_is_quoted_reacted_to_reported_and_accepted():
    for state in NOT_PUBLISHED:
        standing = replace(READER, is_asker=True, moderates=True, state=state)
        for act in (Act.QUOTE, Act.REACT, Act.REPORT, Act.ACCEPT):
            assert not may(act, standing), (act, state)


def test_an_answer_is_never_the_question_itself():
    assert not may(Act.ACCEPT, replace(READER, is_asker=True, is_first=True))


def test_the_time_for_changing_and_for_undoing():
    written = replace(AUTHOR, written_at=NOW - EDITABLE)
    assert not may(Act.EDIT, written)
    assert may(Act.EDIT, replace(written, now=NOW - timedelta(seconds=1)))
    assert may(Act.DELETE, written)
    deleted = replace(AUTHOR, state=PostState.DELETED, deleted_at=NOW - UNDO)
    assert not may(Act.UNDO_DELETE, deleted)
    assert may(Act.UNDO_DELETE, replace(deleted, now=NOW - timedelta(seconds=1)))
    assert not may(Act.UNDO_DELETE, replace(READER, state=PostState.DELETED, deleted_at=NOW))
    assert not may(Act.EDIT, replace(deleted, now=NOW))
