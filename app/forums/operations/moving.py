"""What moderators do to topics: pin, close, move, split, merge. Each leaves an audit row; numbers given stay given."""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from app.core import audit, clock
from app.core.db import db
from app.forums.models import Board, Post, Topic
from app.forums.moves import may_move
from app.forums.operations import counters, naming
from app.forums.operations.counting import changing
from app.forums.operations.following import follow_along
from app.forums.queries.subjects import place_of
from app.forums.rules import PostState, TopicKind

TOPIC = "topic"  # the subject type of cases


class CannotMoveError(Exception):
    """It cannot go there; the message is a sentence for the moderator."""


def pin(topic: Topic, *, pinned: bool, by_id: int | None) -> None:
    """Let a topic stand at the top of its board, or not."""
    topic.pinned = pinned
    _note("pin_topic" if pinned else "unpin_topic", topic, by_id)


def close(topic: Topic, *, closed: bool, by_id: int | None) -> None:
    """Take no more replies, or take them again."""
    topic.closed = closed
    _note("close_topic" if closed else "open_topic", topic, by_id)


def move(topic: Topic, board: Board, *, by_id: int | None) -> int:
    """Put a topic on another board; gives the id of the one that it stood on. Raises CannotMoveError."""
    with changing(topic.id) as topics:
        held = topics[topic.id]
        _refuse_board(db.session.get_one(Board, held.board_id), board)
        was, held.board_id = held.board_id, board.id
    _note("move_topic", topic, by_id, from_board_id=was, to_board_id=board.id)
    return was


def move_back(topic: Topic, board_id: int, *, by_id: int | None) -> None:
    """Undo `move`."""
    with changing(topic.id) as topics:
        topics[topic.id].board_id = board_id
    _note("move_topic", topic, by_id, to_board_id=board_id)


def split(topic: Topic, numbers: Collection[int], title: str, *, by_id: int | None) -> Topic:
    """Make some of a topic's posts a topic of its own; gives it. Raises CannotMoveError.

    Their addresses lead there from now on. The numbers that they had are not given again.
    """
    with changing(topic.id) as topics:
        chosen = _posts(topic.id, numbers)
        if not chosen:
            raise CannotMoveError("Choose at least one post.")
        if chosen[0].number == 1:
            raise CannotMoveError("The first post stays with its topic. Choose from the second on.")
        fresh = _begun_by(topics[topic.id], chosen[0], title)
        _put(chosen, topics[topic.id], fresh)
    counters.count_topic_in(fresh.id)
    with changing(fresh.id):
        follow_along(topic, fresh)
    _note("split_topic", topic, by_id, to_topic_id=fresh.id, posts=len(chosen))
    return fresh


def merge(topic: Topic, into: Topic, *, by_id: int | None) -> dict[int, int]:
    """Put all posts of a topic at the end of another one; gives the numbers that they had, by their ids.

    The topic that is empty then is removed. Raises CannotMoveError.
    """
    with changing(topic.id, into.id) as topics:
        empty, target = topics[topic.id], topics[into.id]
        _refuse_merge(empty, target)
        chosen = _posts(topic.id)
        numbers = {post.id: post.number for post in chosen}
        _put(chosen, empty, target)
        empty.state, empty.state_at, empty.state_by_id = PostState.REMOVED, clock.now(), by_id
        follow_along(empty, target)
    _note("merge_topic", topic, by_id, to_topic_id=into.id, posts=len(chosen))
    return numbers


def put_back(topic: Topic, numbers: Mapping[int, int], *, by_id: int | None) -> None:
    """Undo `split` or `merge`: posts go back to the topic and to the numbers that they had in it."""
    now_in = set(db.session.scalars(select(Post.topic_id).where(Post.id.in_(numbers))))
    with changing(topic.id, *now_in) as topics:
        held = topics[topic.id]
        posts = list(db.session.scalars(select(Post).where(Post.id.in_(numbers)).order_by(Post.number)))
        for post in posts:
            naming.rename(post, held)
            post.topic_id, post.number = held.id, numbers[post.id]
        db.session.flush()
        if 1 in numbers.values():
            held.state, held.state_at, held.state_by_id = PostState.PUBLISHED, None, None
        for source_id in now_in - {topic.id}:
            if not _posts(source_id):
                empty = topics[source_id]
                empty.state, empty.state_at, empty.state_by_id = PostState.REMOVED, clock.now(), by_id
    _note("put_posts_back", topic, by_id, posts=len(posts))


def _refuse_board(source: Board, target: Board) -> None:
    if source.id == target.id:
        raise CannotMoveError("It stands on that board already.")
    if not may_move(place_of(source), place_of(target)):
        raise CannotMoveError("People could read it there for whom it was not written, or pass it on more freely.")


def _refuse_merge(topic: Topic, into: Topic) -> None:
    if into.id == topic.id:
        raise CannotMoveError("That is the same topic.")
    if into.board_id != topic.board_id:
        raise CannotMoveError("Move it to the same board first, because others may read it there.")
    if into.state is not PostState.PUBLISHED:
        raise CannotMoveError("That topic cannot be read, so nothing can be put there.")


def _begun_by(topic: Topic, first: Post, title: str) -> Topic:
    """A new topic on the same board, as if it had been begun by a post."""
    fresh = Topic(
        programme_id=topic.programme_id,
        board_id=topic.board_id,
        kind=TopicKind.DISCUSSION,
        title=title,
        author_id=first.author_id,
        anonymous=first.alias_id is not None,
        state=PostState.PUBLISHED,
        created_at=first.created_at,
        newest_at=first.created_at,
    )
    db.session.add(fresh)
    db.session.flush()
    return fresh


def _posts(topic_id: int, numbers: Collection[int] | None = None) -> list[Post]:
    chosen = select(Post).where(Post.topic_id == topic_id).order_by(Post.number)
    if numbers is not None:
        chosen = chosen.where(Post.number.in_(numbers))
    return list(db.session.scalars(chosen.execution_options(populate_existing=True)))


def _put(posts: Collection[Post], source: Topic, target: Topic) -> None:
    """Give posts the next numbers of another topic; who wrote under an alias gets one there."""
    if source.accepted_number in {post.number for post in posts}:
        source.accepted_number = None
    for post in posts:
        naming.rename(post, target)
        target.last_number += 1
        post.topic_id, post.number = target.id, target.last_number
        db.session.flush()


def _note(action: str, topic: Topic, by_id: int | None, **detail: int) -> None:
    db.session.flush()
    audit.record(action, TOPIC, topic.id, actor_id=by_id, programme_id=topic.programme_id, **detail)
