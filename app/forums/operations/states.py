"""What becomes of a post: held back, published, taken away, brought back. Counters follow in the same transaction.

A topic stands and falls with its first post: its title is part of it. Only when its author deletes that post while
others have answered does the topic stay, without it.
"""

from app.core import clock
from app.core.db import db
from app.forums.models import Post, Topic
from app.forums.operations import telling
from app.forums.operations.counting import changing
from app.forums.rules import PostState


def set_state(post: Post, state: PostState, *, by_id: int | None) -> PostState:
    """Let a post be in another state; gives the one that it was in. Who hears of it is told when it is published."""
    with changing(post.topic_id) as topics:
        was = now_of(post)
        if was is not state:
            _mark(post, state, by_id)
            topic = topics[post.topic_id]
            if topic.accepted_number == post.number and state is not PostState.PUBLISHED:
                topic.accepted_number = None  # a question is not answered by what nobody can read
            if post.number == 1 and _takes_along(topic, state):
                _mark(topic, state, by_id)
    if state is PostState.PUBLISHED and was is PostState.HELD:
        telling.published(post)
    return was


def delete(post: Post, *, by_id: int) -> None:
    """Let an author take their post away; `restore` brings it back as it was."""
    was = now_of(post)
    set_state(post, PostState.DELETED, by_id=by_id)
    post.state_before = was
    db.session.flush()


def restore(post: Post, *, by_id: int) -> None:
    """Undo `delete`: what was held or hidden is so again."""
    before, post.state_before = now_of(post, before=True), None
    set_state(post, before, by_id=by_id)


def now_of(post: Post, *, before: bool = False) -> PostState:
    """The state of a post as it is in this transaction; with `before`, the one from before it was deleted."""
    db.session.refresh(post, with_for_update=True)
    return (post.state_before or PostState.PUBLISHED) if before else post.state


def _takes_along(topic: Topic, state: PostState) -> bool:
    others_answered = topic.posts > (1 if topic.state is PostState.PUBLISHED else 0)
    return state is not PostState.DELETED or not others_answered


def _mark(thing: Post | Topic, state: PostState, by_id: int | None) -> None:
    thing.state = state
    thing.state_at = None if state is PostState.PUBLISHED else clock.now()
    thing.state_by_id = None if state is PostState.PUBLISHED else by_id
