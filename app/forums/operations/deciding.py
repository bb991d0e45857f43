"""What moderators decide about posts and topics, carried out and taken back: what cases ask of forums."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from app.accounts.models import Member
from app.core.db import db
from app.forums.models import Board, Post, Topic
from app.forums.operations import editing, moving, states, words
from app.forums.operations.editing import Change
from app.forums.operations.moving import CannotMoveError
from app.forums.queries import readers
from app.forums.rules import LONGEST_TITLE, PostState
from app.moderation.cases.rules import Outcome
from app.moderation.cases.subjects import CannotApplyError, Order

Before = Mapping[str, Any]

STATES = {Outcome.PUBLISH: PostState.PUBLISHED, Outcome.HIDE: PostState.HIDDEN, Outcome.REMOVE: PostState.REMOVED}
OF_POSTS = frozenset({*STATES, Outcome.EDIT, Outcome.SPLIT, Outcome.MOVE, Outcome.MERGE, Outcome.CLOSE})
OF_TOPICS = frozenset({*STATES, Outcome.MOVE, Outcome.MERGE, Outcome.CLOSE})
GONE_MEANWHILE = "Its author deleted it meanwhile. The case keeps what it said."


def apply_to_post(order: Order) -> Before:
    """Carry a decision about a post out; gives what `reverse_for_post` needs. Raises CannotApplyError."""
    post = db.session.get(Post, order.subject_id)
    if post is None:
        raise CannotApplyError("It is not there any more.")
    return _apply(order, post, db.session.get_one(Topic, post.topic_id))


def apply_to_topic(order: Order) -> Before:
    """As `apply_to_post`, for a topic: its state is that of its first post."""
    topic = db.session.get(Topic, order.subject_id)
    post = first_post(order.subject_id)
    if topic is None or post is None:
        raise CannotApplyError("It is not there any more.")
    return _apply(order, post, topic)


def reverse_for_post(order: Order, before: Before) -> None:
    """Put things back as they were before a decision. Raises CannotApplyError."""
    post = db.session.get(Post, order.subject_id)
    if post is None:
        raise CannotApplyError("It is not there any more.")
    _reverse(order, before, post)


def reverse_for_topic(order: Order, before: Before) -> None:
    """As `reverse_for_post`, for a topic."""
    post = db.session.get(Post, before["post_id"])
    if post is None:
        raise CannotApplyError("It is not there any more.")
    _reverse(order, before, post)


def first_post(topic_id: int) -> Post | None:
    """The post that a topic began with."""
    return db.session.scalar(select(Post).where(Post.topic_id == topic_id).order_by(Post.number).limit(1))


def _apply(order: Order, post: Post, topic: Topic) -> Before:
    try:
        before = _DO[order.outcome](order, post, topic)
    except CannotMoveError as error:
        raise CannotApplyError(str(error)) from error
    return {"post_id": post.id, "topic_id": topic.id, **before}


def _reverse(order: Order, before: Before, post: Post) -> None:
    topic = db.session.get_one(Topic, before["topic_id"])
    _UNDO[order.outcome](order, before, post, topic)


def _set_state(order: Order, post: Post, _topic: Topic) -> Before:
    if states.now_of(post) is PostState.DELETED and order.outcome is Outcome.PUBLISH:
        raise CannotApplyError(GONE_MEANWHILE)
    return {"state": states.set_state(post, STATES[order.outcome], by_id=order.by_id).value}


def _undo_state(order: Order, before: Before, post: Post, _topic: Topic) -> None:
    if states.now_of(post) is PostState.DELETED:
        return  # its author took it away after the decision, and that holds
    states.set_state(post, PostState(before["state"]), by_id=order.by_id)


def _edit(order: Order, post: Post, topic: Topic) -> Before:
    if states.now_of(post) is PostState.DELETED:
        raise CannotApplyError(GONE_MEANWHILE)
    before = {"body": post.body, "version": post.version}
    editing.rewrite(post, topic, _change(order, post, topic, order.text), by_id=order.by_id)
    return {**before, "state": states.set_state(post, PostState.PUBLISHED, by_id=order.by_id).value}


def _undo_edit(order: Order, before: Before, post: Post, topic: Topic) -> None:
    if post.version == before["version"] + 1:  # else its author has changed it since, and their words stay
        editing.restore_words(post, topic, before["version"], by_id=order.by_id)
    _undo_state(order, before, post, topic)


def _change(order: Order, post: Post, topic: Topic, text: str) -> Change:
    board = db.session.get_one(Board, topic.board_id)
    by = db.session.get(Member, order.by_id or post.author_id)
    if by is None:
        raise CannotApplyError("Nobody is there to change it.")
    prepared = words.prepare(readers.reader(by, topic.programme_id), board, text)
    return Change(text=prepared, seen_version=post.version)


def _move(order: Order, _post: Post, topic: Topic) -> Before:
    board = db.session.get(Board, order.target_id)
    if board is None:
        raise CannotApplyError("That board is not there any more.")
    return {"board_id": moving.move(topic, board, by_id=order.by_id)}


def _undo_move(order: Order, before: Before, _post: Post, topic: Topic) -> None:
    moving.move_back(topic, before["board_id"], by_id=order.by_id)


def _split(order: Order, post: Post, topic: Topic) -> Before:
    number = post.number
    title = (order.text.strip() or f"From “{topic.title}”")[:LONGEST_TITLE]
    moving.split(topic, [number], title, by_id=order.by_id)
    return {"numbers": {str(post.id): number}}


def _merge(order: Order, _post: Post, topic: Topic) -> Before:
    into = db.session.get(Topic, order.target_id)
    if into is None:
        raise CannotApplyError("That topic is not there any more.")
    numbers = moving.merge(topic, into, by_id=order.by_id)
    return {"numbers": {str(post_id): number for post_id, number in numbers.items()}}


def _undo_numbers(order: Order, before: Before, _post: Post, topic: Topic) -> None:
    numbers = {int(post_id): number for post_id, number in before["numbers"].items()}
    moving.put_back(topic, numbers, by_id=order.by_id)


def _close(order: Order, _post: Post, topic: Topic) -> Before:
    was = topic.closed
    moving.close(topic, closed=True, by_id=order.by_id)
    return {"closed": was}


def _undo_close(order: Order, before: Before, _post: Post, topic: Topic) -> None:
    moving.close(topic, closed=before["closed"], by_id=order.by_id)


_DO: dict[Outcome, Callable[[Order, Post, Topic], Before]] = {
    **dict.fromkeys(STATES, _set_state),
    Outcome.EDIT: _edit,
    Outcome.MOVE: _move,
    Outcome.SPLIT: _split,
    Outcome.MERGE: _merge,
    Outcome.CLOSE: _close,
}
_UNDO: dict[Outcome, Callable[[Order, Before, Post, Topic], None]] = {
    **dict.fromkeys(STATES, _undo_state),
    Outcome.EDIT: _undo_edit,
    Outcome.MOVE: _undo_move,
    Outcome.SPLIT: _undo_numbers,
    Outcome.MERGE: _undo_numbers,
    Outcome.CLOSE: _undo_close,
}
