"""New topics and replies: numbers, counters, once for each page, aliases, tags, holds."""

import pytest
from sqlalchemy import func, select

from app.core.db import db
from app.forums.models import Mention, Post, Quote, ReadingPosition, Tag, Topic, TopicTag
from app.forums.operations.posting import ClosedMeanwhileError, NoAliasError, OtherWordsError
from app.forums.quotes import quote
from app.forums.rules import Follow, PostState
from app.forums.upkeep import rules as upkeep
from app.moderation.cases.models import ModerationCase
from tests.forums.writing.talk import Talk, a_key


def how_many(table):
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.mark.both_databases
def test_a_topic_and_its_replies_are_numbered_and_counted(talk, people):
    topic_id = talk.begin(people.owner)
    second, third = talk.reply(people.peer, topic_id), talk.reply(people.owner, topic_id)
    assert [post.number for post in talk.posts(topic_id)] == [1, 2, 3]
    assert (talk.post(second).number, talk.post(third).number) == (2, 3)
    assert talk.topic(topic_id).posts == 3
    assert talk.sound()


@pytest.mark.both_databases
def test_pressing_twice_posts_once(talk, people):
    key = a_key()
    topic_id = talk.begin(people.owner, key=key)
    assert talk.begin(people.owner, key=key) == topic_id
    key = a_key()
    post_id = talk.reply(people.owner, topic_id, key=key)
    assert talk.reply(people.owner, topic_id, key=key) == post_id
    assert len(talk.posts(topic_id)) == 2
    assert talk.sound()
    with talk.reading():
        assert how_many(Topic) == 1


def test_other_words_from_the_same_page_are_not_swallowed(talk, people):
    key = a_key()
    topic_id = talk.begin(people.owner, "first", key=key)
    with pytest.raises(OtherWordsError):
        talk.begin(people.owner, "second", key=key)
    with pytest.raises(OtherWordsError):
        talk.reply(people.owner, topic_id, "second", key=key)
    assert len(talk.posts(topic_id)) == 1


def test_two_members_may_have_the_same_key(talk, people):
    key = a_key()
    topic_id = talk.begin(people.owner, key=key)
    assert talk.posts(topic_id)[0].id != talk.reply(people.peer, topic_id, key=key)


@pytest.mark.both_databases
def test_what_is_held_has_a_number_and_a_case_and_counts_nowhere(talk, people):
    topic_id = talk.begin(people.owner)
    held = talk.reply(people.peer, topic_id, held=True)
    later = talk.reply(people.owner, topic_id)
    assert (talk.post(held).number, talk.post(later).number) == (2, 3)
    assert talk.post(held).state is PostState.HELD
    assert (talk.topic(topic_id).posts, talk.topic(topic_id).newest_number) == (2, 3)
    assert talk.sound()
    with talk.reading():
        case = db.session.scalars(select(ModerationCase)).one()
        assert (case.subject_type, case.subject_id, case.author_id) == ("post", held, people.peer.id)


def test_a_topic_that_begins_with_a_held_post_is_held(talk, people):
    topic_id = talk.begin(people.owner, held=True)
    assert talk.topic(topic_id).state is PostState.HELD
    assert talk.sound()


def test_a_topic_that_was_closed_meanwhile_takes_no_reply(talk, people):
    topic_id = talk.begin(people.owner)
    with talk.writing(people.owner):
        db.session.get_one(Topic, topic_id).closed = True
    with pytest.raises(ClosedMeanwhileError):
        talk.reply(people.peer, topic_id)
    assert talk.topic(topic_id).last_number == 1
    talk.reply(people.moderator, topic_id)
    assert talk.sound()


def test_an_alias_is_the_same_within_a_topic_and_another_in_the_next(app, people, monkeypatch):
    monkeypatch.setattr(upkeep, "ENOUGH_FOR_ALIASES", 2)
    talk = Talk.of(app, people, anonymity=True)
    topics = [talk.begin(people.owner, anonymous=True) for _ in range(2)]
    again = [talk.reply(people.owner, topic_id, anonymous=True) for topic_id in topics]
    peer = talk.reply(people.peer, topics[0], anonymous=True)
    aliases = [talk.alias(talk.posts(topic_id)[0].id) for topic_id in topics]
    assert [talk.alias(post_id) for post_id in again] == aliases
    assert talk.alias(peer) not in {None, aliases[0]}
    assert talk.alias(talk.reply(people.owner, topics[0])) is None
    with talk.reading():
        named = db.session.scalars(select(Topic.anonymous)).all()
        assert named == [True, True]


def test_where_the_board_takes_no_aliases_nothing_is_posted_under_the_name_instead(talk, people):
    with pytest.raises(NoAliasError):
        talk.begin(people.owner, anonymous=True)
    with talk.reading():
        assert how_many(Topic) == how_many(Post) == 0


def test_tags_are_shared_between_topics(talk, people):
    first = talk.begin(people.owner, tags=["night-shifts", "handover"])
    talk.begin(people.peer, tags=["night-shifts"])
    with talk.reading() as session:
        assert sorted(session.scalars(select(Tag.slug))) == ["handover", "night-shifts"]
        assert how_many(TopicTag) == 3
        assert session.scalar(select(func.count()).where(TopicTag.topic_id == first)) == 2


def test_who_writes_follows_and_has_read_their_own_post(talk, people):
    topic_id = talk.begin(people.owner)
    talk.reply(people.peer, topic_id)
    talk.reply(people.outsider, topic_id)
    talk.reply(people.owner, topic_id)
    with talk.reading() as session:
        rows = session.execute(select(ReadingPosition.member_id, ReadingPosition.last_read, ReadingPosition.follow))
        positions = {row[0]: row[1:] for row in rows}
    assert positions[people.owner.id] == (1, Follow.FOLLOWING), "two replies are still new to them"
    assert positions[people.peer.id] == (0, Follow.FOLLOWING), "the first post is"


def test_whom_a_post_names_and_what_it_quotes(talk, people):
    topic_id = talk.begin(people.owner)
    first = talk.posts(topic_id)[0]
    words = f"{quote(first.id, first.body)}@olu-owner-{people.owner.id} @petra-peer @stan-stranger-{people.stranger.id}"
    post_id = talk.reply(people.peer, topic_id, words)
    post = talk.post(post_id)
    assert f"@{{{people.owner.id}}}" in post.body
    assert f"@{{{people.peer.id}}}" in post.body
    assert f"@{{{people.stranger.id}}}" not in post.body, "they cannot find the board"
    with talk.reading() as session:
        assert set(session.scalars(select(Mention.member_id))) == {people.owner.id, people.peer.id}
        assert session.execute(select(Quote.post_id, Quote.quoted_id)).one() == (post_id, first.id)
        assert session.scalars(select(Post.plain).where(Post.id == post_id)).one().count("Olu") == 0
