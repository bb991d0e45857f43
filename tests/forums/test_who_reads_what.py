"""Policy and query agree for everybody, about every board, topic and post."""

from dataclasses import fields
from itertools import product

import pytest
from sqlalchemy import select

from app.core.db import db, transaction
from app.forums import policies
from app.forums.models import Board, Post, Topic
from app.forums.operations import agreeing
from app.forums.queries import boards, posts, readable, readers, topics
from app.forums.rules import Audience, Label, PostState
from app.programme.models import Cohort
from app.programme.rules import CohortState
from tests.forums.said import a_board, a_post, a_topic
from tests.people import People, Person

pytestmark = pytest.mark.both_databases

PEOPLE = [field.name for field in fields(People) if field.type in {Person, "Person"}]


@pytest.fixture
def everything(app, people):
    """A board for each audience with each label, and on some of them topics and posts in every state."""
    with app.app_context():
        with transaction():
            db.session.get_one(Cohort, people.other_cohort_id).state = CohortState.FINISHED
        for audience, label in product(Audience, Label):
            cohort_id = people.cohort_id if audience is Audience.COHORT else None
            slug = f"{audience}-{label}".replace("_", "-")
            board_id = a_board(people, slug, audience=audience, label=label, cohort_id=cohort_id)
            if label is Label.OPEN:
                filled(board_id, people)
        readers_of = [person_of(people, name) for name in ("owner", "moderator")]
        with transaction():
            for board in db.session.scalars(select(Board).where(Board.label == Label.CHATHAM_HOUSE)):
                for person in readers_of:
                    agreeing.agree(reader_of(person, people), board.id, board.cohort_id, board.label)
    return people


def filled(board_id, people):
    for state in PostState:
        topic_id = a_topic(board_id, people.owner, f"Topic {state}")
        with transaction():
            topic = db.session.get_one(Topic, topic_id)
            topic.state, topic.state_at = state, topic.created_at
        if state is PostState.PUBLISHED:
            for of_post in PostState:
                a_post(topic_id, people.owner, state=of_post)
        else:
            a_post(topic_id, people.owner)


def person_of(people, name):
    return getattr(people, name)


def reader_of(person, people):
    programme_id = people.other_programme_id if person.id in {people.stranger.id, people.other_lead.id} else None
    return readers.reader(person.member, programme_id or people.programme_id)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_policy_and_the_query_agree(app, everything, name):
    with app.app_context():
        reader = reader_of(person_of(everything, name), everything)
        every_board = {board.id: board for board in db.session.scalars(select(Board))}
        agreed = set(db.session.scalars(select(Board.id).where(readable.acknowledged(reader))))

        found = set(db.session.scalars(select(Board.id).where(readable.found_boards(reader))))
        assert found == {each.id for each in every_board.values() if policies.can_find(reader, each)}
        assert [listed.board.id for listed in boards.listed(reader)] == [
            board.id for board in sorted(every_board.values(), key=lambda b: (b.name, b.id)) if board.id in found
        ]

        read = set(db.session.scalars(select(Board.id).where(readable.boards(reader))))
        assert read == {
            each.id for each in every_board.values() if policies.can_read(reader, each, acknowledged=each.id in agreed)
        }

        for topic in db.session.scalars(select(Topic)).all():
            board = every_board[topic.board_id]
            may = policies.can_read_topic(reader, board, topic, acknowledged=board.id in agreed)
            assert (topics.topic(reader, topic.id) is not None) == may, (board.slug, topic.state)
            shown = topics.shown(reader, topic.id)
            assert (shown is not None and not shown.must_agree) == may
            assert (topics.newest_number(reader, topic.id) is not None) == may

        for post in db.session.scalars(select(Post)).all():
            topic = db.session.get_one(Topic, post.topic_id)
            board = every_board[topic.board_id]
            may = policies.can_read_post(reader, board, topic, post, acknowledged=board.id in agreed)
            assert (posts.post(reader, post.id) is not None) == may, (board.slug, topic.state, post.state)
            if policies.can_read_topic(reader, board, topic, acknowledged=board.id in agreed):
                with_words = {each.id for each in posts.page(reader, topic.id, 1) if each.html is not None}
                assert (post.id in with_words) == may


def test_agreeing_for_a_cohort_counts_for_all_its_boards_with_that_label_and_for_no_other(app, people):
    with app.app_context():
        of_cohort = {"audience": Audience.COHORT, "cohort_id": people.cohort_id}
        first, second = (a_board(people, slug, label=Label.BOARD_ONLY, **of_cohort) for slug in ("first", "second"))
        other = a_board(people, "third", label=Label.CHATHAM_HOUSE, **of_cohort)
        common = a_board(people, "common", label=Label.BOARD_ONLY)
        reader = reader_of(people.owner, people)
        with transaction():
            agreeing.agree(reader, first, people.cohort_id, Label.BOARD_ONLY)
            agreeing.agree(reader, first, people.cohort_id, Label.BOARD_ONLY)
        agreed = set(db.session.scalars(select(Board.id).where(readable.acknowledged(reader))))
        assert agreed == {first, second}
        assert {other, common}.isdisjoint(agreed)


def test_a_label_that_changes_is_agreed_to_anew(app, people):
    with app.app_context():
        board_id = a_board(people, "common", label=Label.CHATHAM_HOUSE)
        reader = reader_of(people.owner, people)
        with transaction():
            agreeing.agree(reader, board_id, None, Label.CHATHAM_HOUSE)
        assert boards.board(reader, "common").is_read
        with transaction():
            db.session.get_one(Board, board_id).label = Label.BOARD_ONLY
        assert not boards.board(reader, "common").is_read
