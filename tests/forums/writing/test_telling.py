"""Who hears of a post, in which words; and that an alias stays one."""

import pytest
from sqlalchemy import select, update

from app.accounts.not_with.operations import wish_apart
from app.core import clock, outbox
from app.core.db import db
from app.forums.models import Board, Post, Topic
from app.forums.operations import following, marking, states, telling
from app.forums.rules import Follow, PostState, TopicKind
from app.forums.upkeep import rules as upkeep
from app.notifications.models import Notification
from tests.forums.writing.talk import Talk


def tell(talk, post_id):
    """What the worker does a minute later."""
    with talk.writing(talk.people.owner):
        telling.tell(post_id)


def notices(talk, *, kind=None):
    with talk.reading() as session:
        found = session.scalars(select(Notification).order_by(Notification.id)).all()
        return [(row.member_id, row.kind, row.body, row.about_id) for row in found if kind in {None, row.kind}]


def told(talk):
    return {member_id for member_id, *_rest in notices(talk)}


def follow(talk, who, topic_id, how=Follow.FOLLOWING):
    with talk.writing(who) as reader:
        following.follow_topic(reader, db.session.get_one(Topic, topic_id), how)


def test_followers_hear_of_a_reply_once_until_they_read_on(talk, people):
    topic_id = talk.begin(people.owner)
    for body in ("one", "two"):
        tell(talk, talk.reply(people.peer, topic_id, body))
    assert notices(talk) == [(people.owner.id, "forum_replies", "There are new replies in “A topic”.", None)]


def test_whoever_muted_it_or_wrote_it_or_may_not_read_it_hears_nothing(talk, people):
    topic_id = talk.begin(people.owner)
    follow(talk, people.owner, topic_id, Follow.MUTED)
    follow(talk, people.outsider, topic_id)
    follow(talk, people.sponsor, topic_id)
    follow(talk, people.suspended, topic_id)
    tell(talk, talk.reply(people.peer, topic_id))
    assert told(talk) == {people.outsider.id}


def test_a_post_that_is_gone_by_then_is_told_to_nobody(talk, people):
    topic_id = talk.begin(people.owner)
    post_id = talk.reply(people.peer, topic_id, f"@olu-owner-{people.owner.id}")
    with talk.writing(people.peer):
        states.delete(db.session.get_one(Post, post_id), by_id=people.peer.id)
    tell(talk, post_id)
    assert notices(talk) == []


def test_those_who_follow_a_board_hear_of_new_topics_only(talk, people):
    with talk.writing(people.outsider) as reader:
        following.follow_board(reader, db.session.get_one(Board, talk.board_id), Follow.FOLLOWING)
    topic_id = talk.begin(people.owner)
    tell(talk, talk.posts(topic_id)[0].id)
    follow(talk, people.owner, topic_id, Follow.NORMAL)
    tell(talk, talk.reply(people.peer, topic_id))
    assert [(who, body) for who, _kind, body, _about in notices(talk)] == [
        (people.outsider.id, "There is a new topic in “A topic”.")
    ]


def test_whom_a_post_mentions_is_told_by_whom(talk, people):
    topic_id = talk.begin(people.owner, f"@petra-peer-{people.peer.id} @olu-owner-{people.owner.id}")
    tell(talk, talk.posts(topic_id)[0].id)
    tell(talk, talk.posts(topic_id)[0].id)
    assert notices(talk) == [(people.peer.id, "forum_mentions", "{name} mentioned you in “A topic”.", people.owner.id)]


@pytest.mark.parametrize("wished_by", ["owner", "peer"])
def test_nobody_is_mentioned_to_whom_a_wish_not_to_meet_stands(talk, people, wished_by):
    wisher = getattr(people, wished_by)
    other = people.peer if wished_by == "owner" else people.owner
    with talk.writing(wisher):
        wish_apart(wisher.id, other.id)
    topic_id = talk.begin(people.owner, f"@petra-peer-{people.peer.id}")
    tell(talk, talk.posts(topic_id)[0].id)
    assert notices(talk) == []


def test_who_writes_under_an_alias_is_named_in_no_notice(app, people, monkeypatch):
    monkeypatch.setattr(upkeep, "ENOUGH_FOR_ALIASES", 2)
    talk = Talk.of(app, people, anonymity=True)
    topic_id = talk.begin(people.facilitator)
    tell(talk, talk.reply(people.owner, topic_id, f"@petra-peer-{people.peer.id}", anonymous=True))
    assert [(who, body, about) for who, _kind, body, about in notices(talk)] == [
        (people.peer.id, "Somebody mentioned you in “A topic”.", None),
        (people.facilitator.id, "There are new replies in “A topic”.", None),
    ]


def test_a_sensitive_board_is_named_nowhere(app, people):
    talk = Talk.of(app, people, sensitive=True)
    topic_id = talk.begin(people.owner, f"@petra-peer-{people.peer.id}")
    tell(talk, talk.posts(topic_id)[0].id)
    assert [body for _who, _kind, body, _about in notices(talk)] == ["{name} mentioned you."]


def test_whose_answer_is_accepted_hears_of_it(talk, people):
    topic_id = talk.begin(people.owner, kind=TopicKind.QUESTION)
    post_id = talk.reply(people.peer, topic_id)
    for accepted in (True, False, True):
        with talk.writing(people.owner):
            topic, board = db.session.get_one(Topic, topic_id), db.session.get_one(Board, talk.board_id)
            assert marking.accept(topic, board, db.session.get_one(Post, post_id)) is accepted
    assert [(who, kind) for who, kind, _body, _about in notices(talk)] == [(people.peer.id, "forum_answers")]


def test_the_worker_tells_what_was_held_once_a_moderator_publishes_it(talk, people, app):
    topic_id = talk.begin(people.owner)
    post_id = talk.reply(people.peer, topic_id, held=True)
    later = clock.now() + telling.GRACE * 2
    with talk.reading(), clock.frozen(later):
        outbox.sweep()
    assert people.owner.id not in {who for who, *_rest in notices(talk, kind="forum_replies")}
    with talk.writing(people.moderator):
        states.set_state(db.session.get_one(Post, post_id), PostState.PUBLISHED, by_id=people.moderator.id)
    with talk.reading(), clock.frozen(later + telling.GRACE):
        outbox.sweep()
    assert people.owner.id in {who for who, *_rest in notices(talk, kind="forum_replies")}


def test_an_alias_shows_nowhere_on_the_pages_of_others(app, people, client_for, monkeypatch):
    """Neither in what is seen nor in what stands behind it: the source, lists, the sheet of a quote, bookmarks."""
    monkeypatch.setattr(upkeep, "ENOUGH_FOR_ALIASES", 2)
    talk = Talk.of(app, people, anonymity=True)
    topic_id = talk.begin(people.owner, "Something hard to say", anonymous=True)
    post_id = talk.posts(topic_id)[0].id
    with talk.writing(people.owner):
        db.session.execute(update(Post).where(Post.id == post_id).values(edited_at=clock.now()))
    alias = talk.alias(post_id)
    for who in (people.peer, people.moderator):
        browser = client_for(who.email)
        for address in (
            "/forums",
            "/forums/all",
            f"/forums/topics/{topic_id}",
            f"/forums/topics/{topic_id}/reply?quote=1",
        ):
            shown = browser.get(address).text
            assert people.owner.name not in shown, address
            assert people.owner.email not in shown, address
        assert alias in browser.get(f"/forums/topics/{topic_id}").text
    kept = client_for(people.peer.email)
    kept.submit(f"/forums/posts/{post_id}/bookmark", page=f"/forums/topics/{topic_id}")
    assert people.owner.name not in kept.get("/forums/bookmarks").text
