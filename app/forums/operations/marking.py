"""What members leave on posts with one press: reactions, bookmarks, an accepted answer."""

from collections.abc import Mapping

from sqlalchemy import delete, update

from app.core import clock
from app.core.db import db, insert
from app.forums.models import Board, Bookmark, Post, Reaction, Topic
from app.forums.operations import telling
from app.forums.rules import ReactionKind, Reader


def react(reader: Reader, post: Post, kind: ReactionKind) -> bool:
    """Say something with one press, or take it back; gives whether it is said now."""
    row = {"post_id": post.id, "member_id": reader.member_id, "kind": kind}
    return _toggle(Reaction, row, {"programme_id": post.programme_id, "at": clock.now()})


def bookmark(reader: Reader, post: Post) -> bool:
    """Keep a post to find it again, or let go of it; gives whether it is kept now."""
    row = {"post_id": post.id, "member_id": reader.member_id}
    return _toggle(Bookmark, row, {"programme_id": post.programme_id, "at": clock.now()})


def accept(topic: Topic, board: Board, post: Post) -> bool:
    """Mark the answer to a question, or unmark it; gives whether it is marked now."""
    unmarked = (
        update(Topic)
        .where(Topic.id == topic.id, Topic.accepted_number == post.number)
        .values(accepted_number=None)
        .returning(Topic.id)
        .execution_options(synchronize_session=False)
    )
    if db.session.scalar(unmarked) is not None:
        return False
    db.session.execute(
        update(Topic)
        .where(Topic.id == topic.id)
        .values(accepted_number=post.number)
        .execution_options(synchronize_session=False)
    )
    telling.accepted(topic, board, post)
    return True


def _toggle(table: type[Reaction] | type[Bookmark], row: Mapping[str, object], more: Mapping[str, object]) -> bool:
    """Put a row there, or take it away; two presses at once leave what one of them meant."""
    made = insert(table).values({**row, **more}).on_conflict_do_nothing().returning(table.post_id)
    if db.session.scalar(made) is not None:
        return True
    db.session.execute(delete(table).where(*(getattr(table, name) == value for name, value in row.items())))
    return False
