"""/moderation/words: for moderators and leads, of their own programme."""

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.moderation.screening import samples
from app.moderation.screening.models import WatchedWord
from app.moderation.screening.samples import Sample
from app.moderation.screening.watchwords import Effect

WORDS = "/moderation/words"


@pytest.fixture
def words(app, people):
    """The id of a word here, and of one in the other programme."""
    with app.app_context(), transaction():
        rows = [
            WatchedWord(programme_id=programme, pattern=pattern, effect=Effect.BLOCK, added_at=clock.now())
            for programme, pattern in ((people.programme_id, "idiot*"), (people.other_programme_id, "elsewhere"))
        ]
        db.session.add_all(rows)
        db.session.flush()
        return [row.id for row in rows]


@pytest.fixture
def moderator(client_for, people):
    return client_for(people.moderator.email)


def patterns(app, programme_id):
    with app.app_context():
        return list(
            db.session.scalars(
                select(WatchedWord.pattern)
                .where(WatchedWord.programme_id == programme_id)
                .order_by(WatchedWord.pattern)
            )
        )


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *(("owner", 403), ("peer", 403), ("outsider", 403), ("suspended", 403), ("facilitator", 403), ("sponsor", 403)),
        *(("author", 403), ("stranger", 403), ("moderator", 200), ("lead", 200)),
    ],
)
def test_who_may_look_after_words(client_for, people, words, who, status):
    browser = client_for(getattr(people, who).email)
    for address in (WORDS, f"{WORDS}/{words[0]}", f"{WORDS}/list", f"{WORDS}/list.txt"):
        assert browser.get(address).status_code == status
    if status == 403:
        for address in (WORDS, f"{WORDS}/{words[0]}", f"{WORDS}/{words[0]}/remove", f"{WORDS}/list"):
            assert browser.submit(address, {"effect": "hold"}, page="/").status_code == 403


def test_visitors_sign_in_first(anonymous, words):
    assert anonymous.get(WORDS).status_code == 302


def test_another_programme_is_another_world(app, client_for, people, words):
    theirs = client_for(people.other_lead.email)
    shown = theirs.get(WORDS).text
    assert "elsewhere" in shown
    assert f"{WORDS}/{words[0]}" not in shown
    assert theirs.get(f"{WORDS}/{words[0]}").status_code == 404
    assert theirs.submit(f"{WORDS}/{words[0]}/remove", {}, page=WORDS).status_code == 404
    assert patterns(app, people.programme_id) == ["idiot*"]


def test_a_word_is_added_changed_and_removed_and_each_step_is_in_the_log(app, moderator, people):
    assert (
        moderator.submit(WORDS, {"pattern": " Man  Power ", "effect": "suggest", "suggestion": "staff"}).status_code
        == 303
    )
    with app.app_context():
        row = db.session.scalars(select(WatchedWord)).one()
        assert (row.pattern, row.effect, row.suggestion) == ("man power", Effect.SUGGEST, "staff")
        address = f"{WORDS}/{row.id}"
    assert moderator.submit(address, {"effect": "hold", "suggestion": "left over"}).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(WatchedWord)).one()
        assert (row.effect, row.suggestion) == (Effect.HOLD, "")
    assert moderator.submit(f"{address}/remove", {}, page=address).status_code == 303
    assert patterns(app, people.programme_id) == []
    with app.app_context():
        logged = db.session.scalars(select(AuditEvent).where(AuditEvent.subject_type == "watched_word")).all()
        assert [event.action for event in logged] == ["watch_word", "change_watched_word", "unwatch_word"]
        assert {event.actor_id for event in logged} == {people.moderator.id}
        assert all("power" not in str(event.detail) for event in logged)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"pattern": "", "effect": "block"}, "Enter a word or phrase"),
        ({"pattern": "a", "effect": "block"}, "Enter at least two letters"),
        ({"pattern": "word"}, "Choose what happens"),
        ({"pattern": "word", "effect": "forbid"}, "There is a problem"),
        ({"pattern": "word", "effect": "suggest"}, "Enter what you suggest instead"),
        ({"pattern": "IDIOT*", "effect": "hold"}, "That word is watched already"),
    ],
)
def test_what_is_wrong_is_said(moderator, words, form, sentence):
    answer = moderator.submit(WORDS, form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_word_is_tried_on_recent_posts_of_the_programme(app, moderator, people):
    def newest(member, programme_id, _most):
        assert (member.id, programme_id) == (people.moderator.id, people.programme_id)
        return [
            Sample("What an 1d10t I was", "Tea, post 2", "/forums/topics/1#2"),
            Sample("Nothing", "Tea, post 1", "/x"),
        ]

    samples.register(app, newest)
    answer = moderator.submit(WORDS, {"pattern": "idiot", "effect": "block", "try_out": "1"})
    assert answer.status_code == 200
    assert "in 1 of the last 2 posts" in answer.text
    assert "<mark>1d10t</mark>" in answer.text
    assert patterns(app, people.programme_id) == []


def test_a_list_is_taken_in_and_given_out(app, moderator, people, words):
    text = "# ours\nhold: idiot*\nsuggest: manpower = workforce\n"
    assert moderator.submit(f"{WORDS}/list", {"words": text, "instead": "keep"}).status_code == 303
    assert moderator.get(f"{WORDS}/list.txt").text == "hold: idiot*\nsuggest: manpower = workforce\n"
    assert moderator.submit(f"{WORDS}/list", {"words": "flag: new", "instead": "remove"}).status_code == 303
    assert patterns(app, people.programme_id) == ["new"]
    assert patterns(app, people.other_programme_id) == ["elsewhere"]


def test_a_list_with_a_wrong_line_changes_nothing(app, moderator, people, words):
    answer = moderator.submit(f"{WORDS}/list", {"words": "block: fool\nfoo", "instead": "remove"})
    assert answer.status_code == 422
    assert "Line 2" in answer.text
    assert patterns(app, people.programme_id) == ["idiot*"]
