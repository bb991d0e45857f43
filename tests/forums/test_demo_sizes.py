"""Forums of a stated size: they have it, and they are the same each time."""

import pytest
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.forums.demo import large, sizes
from app.forums.demo.sizes import SIZES, Size
from app.forums.models import Board, Post, ReadingPosition, Topic
from app.forums.operations.reconciling import drift

TINY = Size(slug="tiny", members=3, topics=12, posts=150, longest=40)


@pytest.mark.parametrize("size", [*SIZES.values(), TINY], ids=lambda size: size.slug)
def test_the_posts_of_all_topics_add_up(size):
    lengths = sizes.lengths(size)
    assert (len(lengths), sum(lengths), max(lengths)) == (size.topics, size.posts, size.longest)
    assert min(lengths) >= 1


def test_the_sizes_are_those_that_were_promised():
    assert {(size.slug, size.members, size.topics, size.posts, size.longest) for size in SIZES.values()} == {
        ("peer", 500, 1_000, 20_000, 1_000),
        ("medium", 2_000, 20_000, 500_000, 5_000),
    }


def test_it_is_the_same_each_time_and_the_searched_word_is_in_one_body_of_fifty():
    assert sizes.order(TINY) == sizes.order(TINY)
    bodies = [sizes.body(index) for index in range(sizes.BODIES)]
    assert bodies == [sizes.body(index) for index in range(sizes.BODIES)]
    assert sum(sizes.SEARCHED in body for body in bodies) == sizes.BODIES // 50


@pytest.mark.both_databases
def test_what_was_written_in_bulk_is_counted_as_if_it_had_been_posted(app, people):
    told = []
    with app.app_context():
        with transaction():
            authors = [people.owner.id, people.peer.id]
            large.load(people.programme_id, TINY, authors, [people.outsider.id], told.append)
        assert db.session.scalar(select(func.count()).select_from(Post)) == TINY.posts
        assert drift() == []
        board = db.session.scalars(select(Board)).one()
        assert (board.topics, board.posts) == (TINY.topics, TINY.posts)
        assert large.is_there(people.programme_id, TINY)
        longest = db.session.scalars(select(Topic).order_by(Topic.posts.desc())).first()
        assert longest.newest_number == longest.last_number == TINY.longest
        assert db.session.scalar(select(func.count()).select_from(ReadingPosition)) == TINY.topics // 3
    assert told[-1] == "reactions and what some have read"
