"""Changing a post: what it said before is kept, and two who change it at once never write over each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from app.core import clock
from app.core.db import db
from app.core.html import COOK_VERSION, plain
from app.forums.models import Post, PostRevision, Topic, TopicTag
from app.forums.operations import drafts, intake, posting, states, telling, words
from app.forums.operations.intake import Screened
from app.forums.operations.words import Prepared
from app.forums.rules import WAITING, PostState


class ChangedElsewhereError(Exception):
    """The post says something else by now than it did when its page was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a post is to say. `title` and `tags` are those of the topic, for its first post only (None: as they are)."""

    text: Prepared
    seen_version: int
    title: str | None = None
    tags: Sequence[str] | None = None
    client_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChange(Change):
    """A change by its author, screened."""

    screened: Screened


def edit(post: Post, topic: Topic, change: OwnChange, *, by_id: int) -> None:
    """Change a post; raises ChangedElsewhereError, and does nothing when it says all that already.

    What is held or hidden stays so and goes back to a moderator, whatever it says now.
    """
    state = states.now_of(post)
    if change.tags is not None and post.number == 1:
        _retag(topic, change.tags)
    drafts.clear(by_id, change.client_key)
    if post.body == change.text.body and change.title in {None, topic.title}:
        return
    rewrite(post, topic, change, by_id=by_id)
    if change.screened.state is PostState.HELD and state not in WAITING:
        states.set_state(post, PostState.HELD, by_id=by_id)
    intake.note(change.screened, post)
    if state in WAITING:
        intake.tell_of_change(post)
    elif post.state is PostState.PUBLISHED:
        telling.published(post)


def rewrite(post: Post, topic: Topic, change: Change, *, by_id: int | None) -> None:
    """Let a post say something else and keep what it said; its state stays. Raises ChangedElsewhereError."""
    _keep(post, topic, by_id)
    _write(post, change.text, change.seen_version)
    if change.title is not None and post.number == 1:
        topic.title = change.title
        db.session.flush()
    words.point(post, change.text)


def restore_words(post: Post, topic: Topic, version: int, *, by_id: int | None) -> None:
    """Let a post say again what it said in an earlier version."""
    kept = db.session.scalars(
        select(PostRevision).where(PostRevision.post_id == post.id, PostRevision.version == version)
    ).one()
    change = Change(text=words.as_kept(post, kept.body, kept.html), seen_version=post.version, title=kept.title or None)
    rewrite(post, topic, change, by_id=by_id)


def _keep(post: Post, topic: Topic, by_id: int | None) -> None:
    """Keep what a post says now."""
    db.session.add(
        PostRevision(
            programme_id=post.programme_id,
            post_id=post.id,
            version=post.version,
            title=topic.title if post.number == 1 else "",
            body=post.body,
            html=post.html,
            replaced_at=clock.now(),
            replaced_by_id=by_id,
        )
    )


def _write(post: Post, text: Prepared, seen_version: int) -> None:
    changed = db.session.execute(
        update(Post)
        .where(Post.id == post.id, Post.version == seen_version)
        .values(
            body=text.body,
            html=text.html,
            plain=plain(text.html),
            cook_version=COOK_VERSION,
            version=Post.version + 1,
            edited_at=clock.now(),
        )
        .returning(Post.id)
        .execution_options(synchronize_session=False)
    )
    if changed.scalar() is None:
        raise ChangedElsewhereError
    db.session.refresh(post)


def _retag(topic: Topic, tags: Sequence[str]) -> None:
    db.session.execute(delete(TopicTag).where(TopicTag.topic_id == topic.id))
    posting.tag(topic, tags)
