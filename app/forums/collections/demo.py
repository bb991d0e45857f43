"""A collection for the demonstration: two pieces that are shown, and one that the participant is asked for."""

from sqlalchemy import ColumnElement, select

from app.core import clock
from app.core.db import db
from app.core.html import COOK_VERSION, cook, plain
from app.forums import mentions
from app.forums.collections.models import Collection, CollectionPiece
from app.forums.collections.rules import PieceState
from app.forums.models import Board, Post, Topic
from app.forums.rules import Label, PostState

NOTES = ("Short, and it turned to the person it was about.", "What it feels like from the other side.")
ASKED_NOTE = "It says plainly what many of us feel in the moment."


def load(programme_id: int, *, moderator_id: int, participant_id: int) -> int:
    """Gather pieces from the forums of a programme that has no collection; gives how many."""
    if db.session.scalar(select(Collection.id).where(Collection.programme_id == programme_id)):
        return 0
    shelf = Collection(
        programme_id=programme_id,
        slug="first-words-that-helped",
        title="First words that helped",
        about="How people began, when they stepped in: the first sentence, and what came of it.",
        made_at=clock.now(),
    )
    db.session.add(shelf)
    db.session.flush()
    others = _posts(programme_id, Post.author_id.not_in([moderator_id, participant_id]), len(NOTES))
    theirs = _posts(programme_id, Post.author_id == participant_id, 1)
    wanted = [*zip(others, NOTES, strict=False), *((post, ASKED_NOTE) for post in theirs)]
    for position, (post, note) in enumerate(wanted):
        body = mentions.plain(post.body, {})
        asked = post in theirs
        piece = CollectionPiece(
            programme_id=programme_id,
            collection_id=shelf.id,
            post_id=post.id,
            position=position,
            note=note,
            state=PieceState.ASKED if asked else PieceState.SHOWN,
            credit=False,
            body=body,
            html=cook(body),
            plain=plain(cook(body)),
            cook_version=COOK_VERSION,
            proposed_by_id=moderator_id,
            asked_at=clock.now(),
            answered_at=None if asked else clock.now(),
        )
        db.session.add(piece)
    return len(wanted)


def _posts(programme_id: int, whose: ColumnElement[bool], most: int) -> list[Post]:
    found = (
        select(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(
            Post.programme_id == programme_id,
            whose,
            Post.state == PostState.PUBLISHED,
            Post.alias_id.is_(None),
            Post.number > 1,
            ~Post.body.contains("/forums/posts/"),
            Board.label == Label.OPEN,
            ~Board.sensitive,
        )
        .order_by(Post.id)
        .limit(most)
    )
    return list(db.session.scalars(found))
