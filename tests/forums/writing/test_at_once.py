"""Many writers at once, each in a thread and on a connection of their own: nothing is lost, nothing is double."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.core.db import db
from app.forums.drafting import Words
from app.forums.models import Draft, Post, Topic
from app.forums.operations import drafts, marking, moving, states
from app.forums.operations.posting import ClosedMeanwhileError
from app.forums.rules import PostState, ReactionKind
from app.forums.upkeep import rules as upkeep
from tests.forums.writing.talk import Talk, a_key

AT_ONCE = 12

pytestmark = pytest.mark.both_databases


def all_at_once(verb, number):
    """What each of them was told; they begin together in groups as large as there are threads."""
    gate = Barrier(AT_ONCE)

    def press(turn):
        gate.wait(timeout=60)
        return verb(turn)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(press, range(number)))


def test_every_reply_has_a_number_of_its_own_and_all_are_counted(talk, people):
    topic_id = talk.begin(people.owner)
    writers = [people.owner, people.peer, people.outsider, people.facilitator]
    all_at_once(lambda turn: talk.reply(writers[turn % 4], topic_id, f"reply {turn}"), AT_ONCE * 4)
    assert [post.number for post in talk.posts(topic_id)] == list(range(1, AT_ONCE * 4 + 2))
    assert talk.sound()


def test_a_button_that_is_pressed_many_times_posts_once(talk, people):
    topic_id, key = talk.begin(people.owner), a_key()
    posted = all_at_once(lambda _turn: talk.reply(people.peer, topic_id, key=key), AT_ONCE)
    begun = all_at_once(lambda _turn: talk.begin(people.owner, key=key), AT_ONCE)
    assert len(set(posted)) == len(set(begun)) == 1
    assert [post.number for post in talk.posts(topic_id)] == [1, 2]
    assert talk.topic(topic_id).last_number == 2, "no number is lost either"
    assert talk.sound()


def test_aliases_stay_apart_when_many_begin_at_once(app, people, monkeypatch):
    monkeypatch.setattr(upkeep, "ENOUGH_FOR_ALIASES", 2)
    talk = Talk.of(app, people, anonymity=True)
    topic_id = talk.begin(people.facilitator)
    writers = [people.owner, people.peer, people.outsider]
    posted = all_at_once(lambda turn: talk.reply(writers[turn % 3], topic_id, anonymous=True), AT_ONCE)
    names = {(turn % 3, talk.alias(post_id)) for turn, post_id in enumerate(posted)}
    assert len(names) == len({name for _who, name in names}) == 3


def test_posts_come_and_go_while_others_are_written(talk, people):
    topic_id = talk.begin(people.owner)
    replies = [talk.reply(people.peer, topic_id) for _ in range(AT_ONCE)]

    def change(turn):
        if turn % 2:
            talk.reply(people.owner, topic_id)
            return
        with talk.writing(people.moderator):
            post = db.session.get_one(Post, replies[turn // 2])
            states.set_state(post, PostState.HIDDEN, by_id=people.moderator.id)

    all_at_once(change, AT_ONCE * 2)
    assert talk.sound()
    assert talk.topic(topic_id).posts == 1 + AT_ONCE


def test_a_reply_is_never_left_in_a_topic_that_was_merged_away(talk, people):
    away, into = talk.begin(people.owner), talk.begin(people.peer)

    def write(turn):
        if turn == AT_ONCE // 2:
            with talk.writing(people.moderator):
                moving.merge(
                    db.session.get_one(Topic, away), db.session.get_one(Topic, into), by_id=people.moderator.id
                )
            return "merged"
        try:
            return talk.reply(people.outsider, away)
        except ClosedMeanwhileError:
            return "too late"

    said = Counter(type(answer).__name__ for answer in all_at_once(write, AT_ONCE))
    assert talk.posts(away) == []
    assert len(talk.posts(into)) == 2 + said["int"]
    assert talk.sound()


def test_no_draft_is_lost_between_tabs(talk, people):
    key, body = a_key(), "what {} wrote"

    def save(turn):
        with talk.writing(people.owner) as reader:
            return drafts.save(reader, "board/1", key, 0, Words(body=body.format(turn)))

    saved = all_at_once(save, AT_ONCE)
    assert sum(not each.apart for each in saved) == 1
    with talk.reading() as session:
        kept = {draft.words["body"] for draft in session.scalars(select(Draft))}
    assert kept == {body.format(turn) for turn in range(AT_ONCE)}


def test_pressing_a_reaction_at_once_leaves_one_or_none(talk, people):
    topic_id = talk.begin(people.owner)
    post_id = talk.posts(topic_id)[0].id

    def press(_turn):
        with talk.writing(people.peer) as reader:
            return marking.react(reader, db.session.get_one(Post, post_id), ReactionKind.THANKS)

    assert set(all_at_once(press, AT_ONCE)) <= {True, False}
