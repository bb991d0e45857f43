"""What the full-text index holds follows the rows, whoever changes them."""

import pytest
from sqlalchemy import text, update

from app.core import clock
from app.core.db import db, is_sqlite, transaction
from app.forums.models import Board, Post, Topic
from app.forums.rules import Audience, Label, PostState, TopicKind

pytestmark = pytest.mark.both_databases


@pytest.fixture
def topic(app, people):
    with app.app_context(), transaction():
        board = Board(
            programme_id=people.programme_id, slug="all", name="All", audience=Audience.EVERYONE, label=Label.OPEN
        )
        db.session.add(board)
        db.session.flush()
        topic = Topic(
            programme_id=people.programme_id,
            board_id=board.id,
            kind=TopicKind.DISCUSSION,
            title="Kettles on the ward",
            author_id=people.owner.id,
            state=PostState.PUBLISHED,
            created_at=clock.now(),
            newest_at=clock.now(),
            last_number=2,
        )
        db.session.add(topic)
        db.session.flush()
        for number, words in enumerate(("a polite question", "a polite answer"), start=1):
            db.session.add(
                Post(
                    programme_id=people.programme_id,
                    topic_id=topic.id,
                    number=number,
                    author_id=people.owner.id,
                    state=PostState.PUBLISHED,
                    created_at=clock.now(),
                    cook_version=1,
                    body=words,
                    html=words,
                    plain=words,
                )
            )
        return topic.id


def found(words):
    matches = "fts_post MATCH :words" if is_sqlite() else "search @@ plainto_tsquery('english', :words)"
    key = "fts_post.rowid" if is_sqlite() else "post_id"
    query = f"SELECT number FROM fts_post JOIN post ON post.id = {key} WHERE {matches}"  # noqa: S608 - both are ours
    return sorted(db.session.scalars(text(query), {"words": words}))


def change(what, **values):
    with transaction():
        db.session.execute(update(what).values(values))


def test_published_posts_are_found_by_their_words_and_the_first_one_by_the_title(app, topic):
    with app.app_context():
        assert found("polite") == [1, 2]
        assert found("kettle") == [1]


def test_what_is_hidden_leaves_the_index_and_comes_back(app, topic):
    with app.app_context():
        hidden = {"state": PostState.HIDDEN, "state_at": clock.now()}
        with transaction():
            db.session.execute(update(Post).where(Post.number == 2).values(hidden))
        assert found("polite") == [1]
        change(Topic, **hidden)
        assert found("polite") == found("kettle") == []
        change(Post, state=PostState.PUBLISHED)
        assert found("polite") == []
        change(Topic, state=PostState.PUBLISHED)
        assert found("polite") == [1, 2]


def test_edited_words_and_titles_are_found_and_the_old_ones_are_not(app, topic):
    with app.app_context():
        change(Topic, title="Teapots everywhere")
        change(Post, plain="quite another matter")
        assert found("kettle") == found("polite") == []
        assert found("teapots") == [1]
        assert found("matter") == [1, 2]


def test_a_purged_post_leaves_nothing(app, topic):
    with app.app_context():
        with transaction():
            db.session.delete(db.session.get_one(Post, 1))
        assert found("kettle") == []
        assert found("polite") == [2]
