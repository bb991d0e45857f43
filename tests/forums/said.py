"""Boards, topics and posts for tests of what stands on them, put straight into the tables."""

from app.core import clock
from app.core.db import db, transaction
from app.core.html import COOK_VERSION, cook, plain
from app.forums.models import Alias, Board, Post, Topic
from app.forums.operations import counters
from app.forums.rules import Audience, Label, PostState, TopicKind


def a_board(people, slug="quiet", **more):
    """A board for everybody, unless it is said for whom; gives its id. Call in an app context, in no transaction."""
    given = {"audience": Audience.EVERYONE, "label": Label.OPEN, "name": slug.title(), **more}
    with transaction():
        board = Board(programme_id=people.programme_id, slug=slug, **given)
        db.session.add(board)
        db.session.flush()
        return board.id


def a_topic(board_id, author, title="A morning on the ward", *, anonymous=False):
    """A published topic without posts; gives its id."""
    with transaction():
        board = db.session.get_one(Board, board_id)
        now = clock.now()
        topic = Topic(
            programme_id=board.programme_id, board_id=board_id, kind=TopicKind.DISCUSSION, title=title,
            author_id=author.id, anonymous=anonymous, state=PostState.PUBLISHED, created_at=now, newest_at=now,
        )  # fmt: skip
        db.session.add(topic)
        db.session.flush()
        counters.count_topic_in(topic.id)
        return topic.id


def a_post(topic_id, author, body="I stepped in, and it was fine.", *, alias=None, state=PostState.PUBLISHED, **more):
    """A post, under an alias where one is named; gives its id."""
    with transaction():
        programme_id = db.session.get_one(Topic, topic_id).programme_id
        now, html = clock.now(), cook(body)
        named = None
        if alias:
            named = Alias(programme_id=programme_id, topic_id=topic_id, member_id=author.id, name=alias)
            db.session.add(named)
            db.session.flush()
        number = counters.next_number(topic_id)
        post = Post(
            programme_id=programme_id, topic_id=topic_id, number=number, author_id=author.id,
            alias_id=named.id if named else None, state=state,
            state_at=None if state in {PostState.PUBLISHED, PostState.HELD} else now, created_at=now,
            cook_version=COOK_VERSION, body=body, html=html, plain=plain(html), **more,
        )  # fmt: skip
        db.session.add(post)
        db.session.flush()
        if state is PostState.PUBLISHED:
            counters.count_in(topic_id, number, now)
        return post.id
