"""What becomes of posts: changed, deleted, brought back, hidden, moved, split, merged; what counts fits each time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db
from app.forums.acts import UNDO
from app.forums.models import Board, Mention, Post, PostRevision, Topic
from app.forums.operations import deciding, editing, forgetting, moving, states, words
from app.forums.operations.editing import ChangedElsewhereError, OwnChange
from app.forums.operations.moving import CannotMoveError
from app.forums.rules import Label, PostState, TopicKind
from app.forums.upkeep import rules as upkeep
from app.moderation.cases.models import Concern, ModerationCase
from app.moderation.cases.rules import Outcome, Reason
from app.moderation.cases.subjects import CannotApplyError, Order
from tests.forums.writing.talk import Talk, a_board, screened

S = PostState


def change(talk, who, post_id, body, *, version=1, held=False, title=None):
    with talk.writing(who) as reader:
        post = db.session.get_one(Post, post_id)
        topic = db.session.get_one(Topic, post.topic_id)
        board = db.session.get_one(Board, topic.board_id)
        text = words.prepare(reader, board, body)
        made = OwnChange(
            text=text, seen_version=version, title=title, screened=screened(reader, body, held=held), client_key="x"
        )
        editing.edit(post, topic, made, by_id=reader.member_id)


def set_state(talk, post_id, state, *, by=None):
    with talk.writing(by or talk.people.moderator):
        states.set_state(db.session.get_one(Post, post_id), state, by_id=talk.people.moderator.id)


def decide(talk, post_id, outcome, *, reverse=None, **more):
    order = Order(
        decision_id=1, subject_id=post_id, outcome=outcome, by_id=talk.people.moderator.id, at=clock.now(), **more
    )
    with talk.writing(talk.people.moderator):
        if reverse is None:
            return deciding.apply_to_post(order)
        return deciding.reverse_for_post(order, reverse)


@pytest.fixture
def three(talk, people):
    """A topic with three posts, and their ids."""
    topic_id = talk.begin(people.owner)
    return topic_id, [
        talk.posts(topic_id)[0].id,
        talk.reply(people.peer, topic_id),
        talk.reply(people.outsider, topic_id),
    ]


@pytest.mark.both_databases
def test_a_change_keeps_every_version_and_two_at_once_do_not_write_over_each_other(talk, people):
    topic_id = talk.begin(people.owner, "one")
    post_id = talk.posts(topic_id)[0].id
    change(talk, people.owner, post_id, "two", title="Another title")
    change(talk, people.owner, post_id, "three", version=2)
    with pytest.raises(ChangedElsewhereError):
        change(talk, people.owner, post_id, "four", version=2)
    assert talk.post(post_id).body == "three"
    assert talk.topic(topic_id).title == "Another title"
    with talk.reading() as session:
        kept = session.execute(select(PostRevision.version, PostRevision.body, PostRevision.title)).all()
    assert [tuple(row) for row in kept] == [(1, "one", "A topic"), (2, "two", "Another title")]


def test_saying_the_same_again_changes_nothing(talk, people):
    topic_id = talk.begin(people.owner, "one")
    post_id = talk.posts(topic_id)[0].id
    change(talk, people.owner, post_id, "one")
    assert talk.post(post_id).version == 1
    assert talk.post(post_id).edited_at is None


def test_changing_what_is_hidden_never_shows_it_again(talk, people, three):
    _topic_id, (_first, second, _third) = three
    set_state(talk, second, S.HIDDEN)
    change(talk, people.peer, second, "Nothing to see here")
    assert talk.post(second).state is S.HIDDEN
    with talk.reading() as session:
        assert session.scalars(select(Concern.reason)).all() == [Reason.EDITED]
    assert talk.sound()


def test_a_change_that_a_moderator_has_to_see_takes_the_post_back(talk, people, three):
    topic_id, (_first, second, _third) = three
    change(talk, people.peer, second, "Other words", held=True)
    assert talk.post(second).state is S.HELD
    assert talk.topic(topic_id).posts == 2
    with talk.reading() as session:
        assert session.scalars(select(ModerationCase)).one().subject_id == second
    assert talk.sound()


@pytest.mark.both_databases
def test_deleting_and_bringing_back(talk, people, three):
    topic_id, (_first, _second, third) = three
    with talk.writing(people.outsider):
        states.delete(db.session.get_one(Post, third), by_id=people.outsider.id)
    assert talk.post(third).state is S.DELETED
    assert (talk.topic(topic_id).posts, talk.topic(topic_id).newest_number) == (2, 2)
    assert talk.sound()
    with talk.writing(people.outsider):
        states.restore(db.session.get_one(Post, third), by_id=people.outsider.id)
    assert talk.post(third).state is S.PUBLISHED
    assert talk.topic(topic_id).newest_number == 3
    assert talk.sound()


def test_deleting_what_is_hidden_and_undoing_it_leaves_it_hidden(talk, people, three):
    _topic_id, (_first, second, _third) = three
    set_state(talk, second, S.HIDDEN)
    with talk.writing(people.peer):
        states.delete(db.session.get_one(Post, second), by_id=people.peer.id)
    with talk.writing(people.peer):
        states.restore(db.session.get_one(Post, second), by_id=people.peer.id)
    assert talk.post(second).state is S.HIDDEN


def test_a_topic_goes_with_its_first_post_unless_others_have_answered(talk, people, three):
    answered, (first, _second, _third) = three
    alone = talk.begin(people.owner)
    for post_id in (first, talk.posts(alone)[0].id):
        with talk.writing(people.owner):
            states.delete(db.session.get_one(Post, post_id), by_id=people.owner.id)
    assert talk.topic(answered).state is S.PUBLISHED
    assert talk.topic(alone).state is S.DELETED
    assert talk.sound()


def test_hiding_the_first_post_hides_its_title_too(talk, people, three):
    topic_id, (first, _second, _third) = three
    set_state(talk, first, S.HIDDEN)
    assert talk.topic(topic_id).state is S.HIDDEN
    assert talk.sound()
    set_state(talk, first, S.PUBLISHED)
    assert talk.topic(topic_id).state is S.PUBLISHED
    assert talk.sound()


def test_the_words_of_a_deleted_post_go_after_a_month(talk, people, three):
    _topic_id, (_first, second, third) = three
    change(talk, people.peer, second, f"@olu-owner-{people.owner.id} was there")
    with talk.writing(people.peer):
        states.delete(db.session.get_one(Post, second), by_id=people.peer.id)
    month = forgetting.KEPT
    for later, left in ((month - timedelta(minutes=1), True), (month + timedelta(minutes=1), False)):
        with talk.writing(people.peer):
            forgetting.forget_deleted(clock.now() + later)
        assert bool(talk.post(second).body) is left
    assert talk.post(third).body
    with talk.reading() as session:
        assert session.scalars(select(PostRevision)).all() == session.scalars(select(Mention)).all() == []
    assert month > UNDO


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.HIDE, S.HIDDEN), (Outcome.REMOVE, S.REMOVED), (Outcome.PUBLISH, S.PUBLISHED)]
)
def test_a_decision_is_carried_out_and_taken_back(talk, people, outcome, state):
    topic_id = talk.begin(people.owner)
    post_id = talk.reply(people.peer, topic_id, held=outcome is Outcome.PUBLISH)
    was = talk.post(post_id).state
    before = decide(talk, post_id, outcome)
    assert talk.post(post_id).state is state
    assert talk.sound()
    decide(talk, post_id, outcome, reverse=before)
    assert talk.post(post_id).state is was
    assert talk.sound()


def test_edit_and_publish_and_back(talk, people):
    topic_id = talk.begin(people.owner)
    post_id = talk.reply(people.peer, topic_id, "with a name in it", held=True)
    before = decide(talk, post_id, Outcome.EDIT, text="without")
    assert (talk.post(post_id).body, talk.post(post_id).state) == ("without", S.PUBLISHED)
    decide(talk, post_id, Outcome.EDIT, reverse=before)
    assert (talk.post(post_id).body, talk.post(post_id).state) == ("with a name in it", S.HELD)
    assert talk.sound()


def test_what_its_author_deleted_is_not_published_by_a_decision(talk, people, three):
    _topic_id, (_first, second, _third) = three
    with talk.writing(people.peer):
        states.delete(db.session.get_one(Post, second), by_id=people.peer.id)
    with pytest.raises(CannotApplyError):
        decide(talk, second, Outcome.PUBLISH)
    decide(talk, second, Outcome.HIDE, reverse={"post_id": second, "topic_id": three[0], "state": "published"})
    assert talk.post(second).state is S.DELETED


@pytest.mark.both_databases
def test_split_and_merge_keep_addresses_and_counters_and_can_be_undone(talk, people, three):
    topic_id, (_first, second, _third) = three
    before = decide(talk, second, Outcome.SPLIT)
    fresh = talk.post(second).topic_id
    assert fresh != topic_id
    assert talk.post(second).number == 1
    assert [post.number for post in talk.posts(topic_id)] == [1, 3], "nobody is given another number"
    assert talk.sound()
    merged = decide(talk, second, Outcome.MERGE, target_id=topic_id)
    assert talk.post(second).number == 4
    assert talk.topic(fresh).state is S.REMOVED
    assert talk.sound()
    decide(talk, second, Outcome.MERGE, reverse=merged, target_id=topic_id)
    decide(talk, second, Outcome.SPLIT, reverse=before)
    assert (talk.post(second).topic_id, talk.post(second).number) == (topic_id, 2)
    assert talk.sound()
    with talk.reading() as session:
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions[:2] == ["split_topic", "merge_topic"]


def test_the_first_post_is_not_split_off(talk, people, three):
    with pytest.raises(CannotApplyError):
        decide(talk, three[1][0], Outcome.SPLIT)
    assert talk.sound()


def test_an_alias_does_not_go_along(app, people, monkeypatch):
    monkeypatch.setattr(upkeep, "ENOUGH_FOR_ALIASES", 2)
    talk = Talk.of(app, people, anonymity=True)
    away, into = talk.begin(people.owner), talk.begin(people.peer)
    post_id = talk.reply(people.outsider, away, anonymous=True)
    there = talk.alias(talk.reply(people.outsider, into, anonymous=True))
    decide(talk, post_id, Outcome.MERGE, target_id=into)
    assert talk.alias(post_id) == there


def test_nothing_is_moved_to_readers_for_whom_it_was_not_written(app, people):
    with app.app_context():
        own = a_board(
            people.programme_id, "own", audience="cohort", cohort_id=people.cohort_id, label=Label.CHATHAM_HOUSE
        )
        public = a_board(people.programme_id, "public")
        stricter = a_board(
            people.programme_id, "stricter", audience="cohort", cohort_id=people.cohort_id, label=Label.BOARD_ONLY
        )
    talk = Talk(app, people, own)
    topic_id = talk.begin(people.owner)
    post_id = talk.posts(topic_id)[0].id
    with pytest.raises(CannotApplyError):
        decide(talk, post_id, Outcome.MOVE, target_id=public)
    before = decide(talk, post_id, Outcome.MOVE, target_id=stricter)
    assert talk.topic(topic_id).board_id == stricter
    assert talk.sound()
    decide(talk, post_id, Outcome.MOVE, reverse=before)
    assert talk.topic(topic_id).board_id == own
    assert talk.sound()


def test_merging_with_itself_or_with_what_is_gone_is_refused(talk, people, three):
    topic_id, (_first, _second, _third) = three
    gone = talk.begin(people.peer)
    set_state(talk, talk.posts(gone)[0].id, S.REMOVED)
    for target in (topic_id, gone):
        with talk.writing(people.moderator), pytest.raises(CannotMoveError):
            moving.merge(db.session.get_one(Topic, topic_id), db.session.get_one(Topic, target), by_id=1)
    assert talk.sound()


def test_a_question_is_not_answered_by_what_nobody_can_read(talk, people):
    topic_id = talk.begin(people.owner, kind=TopicKind.QUESTION)
    answer = talk.reply(people.peer, topic_id)
    with talk.writing(people.owner):
        db.session.get_one(Topic, topic_id).accepted_number = 2
    set_state(talk, answer, S.HIDDEN)
    assert talk.topic(topic_id).accepted_number is None


def test_the_answer_is_no_answer_any_more_once_it_is_split_off(talk, people):
    topic_id = talk.begin(people.owner, kind=TopicKind.QUESTION)
    answer = talk.reply(people.peer, topic_id)
    with talk.writing(people.owner):
        db.session.get_one(Topic, topic_id).accepted_number = 2
    decide(talk, answer, Outcome.SPLIT)
    assert talk.topic(topic_id).accepted_number is None
