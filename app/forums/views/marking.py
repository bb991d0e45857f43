"""One press: react, keep to find again, follow or mute, mark the answer."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import outbox
from app.core.db import transaction
from app.core.web import access
from app.forums.acts import Act, may
from app.forums.models import Board, Post, Topic
from app.forums.operations import following, marking
from app.forums.queries import bookmarks, writing
from app.forums.rules import Follow, ReactionKind, Reader
from app.forums.views.blueprint import POST, TOPIC, bp, here, in_community
from app.forums.views.sheets import reread
from app.moderation.cases.queries.features import silenced_until

FOLLOWED = {
    Follow.FOLLOWING: "You follow this: you hear of what is new.",
    Follow.NORMAL: "You do not follow this any more. You still hear when somebody mentions or answers you.",
    Follow.MUTED: "This is muted: you hear nothing of it.",
}


@bp.post(f"{POST}/react")
@access(in_community)
def react(post_id: int) -> ResponseReturnValue:
    """Say something with one press, or take it back."""
    said = request.form.get("kind", "")
    if said not in set(ReactionKind):
        abort(422)
    with transaction():
        reader = reread()
        post, _topic, _board = _allowed(reader, post_id, Act.REACT)
        marking.react(reader, post, ReactionKind(said))
    return _back(post_id)


@bp.post(f"{POST}/bookmark")
@access(in_community)
def bookmark(post_id: int) -> ResponseReturnValue:
    """Keep a post to find it again, or let go of it."""
    with transaction():
        reader = reread()
        post, _topic, _board = _allowed(reader, post_id, Act.BOOKMARK)
        kept = marking.bookmark(reader, post)
    flash("It is in your bookmarks." if kept else "It is not in your bookmarks any more.", "success")
    return _back(post_id)


@bp.post(f"{POST}/accept")
@access(in_community)
def accept(post_id: int) -> ResponseReturnValue:
    """Mark the answer to one's question, or unmark it."""
    with transaction() as after:
        post, topic, board = _allowed(reread(), post_id, Act.ACCEPT)
        accepted = marking.accept(topic, board, post)
        after.append(outbox.wake)
    flash("Thank you for saying which answer helped." if accepted else "It is not marked any more.", "success")
    return _back(post_id)


@bp.post(f"{TOPIC}/follow")
@access(in_community)
def follow_topic(topic_id: int) -> ResponseReturnValue:
    """Follow or mute a topic, or neither."""
    wanted = _wanted()
    with transaction():
        reader = reread()
        topic, _board = writing.topic(reader, topic_id) or abort(404)
        following.follow_topic(reader, topic, wanted)
    flash(FOLLOWED[wanted], "success")
    return redirect(url_for(".topic", topic_id=topic_id), 303)


@bp.post("/<slug>/follow")
@access(in_community)
def follow_board(slug: str) -> ResponseReturnValue:
    """Follow or mute a board, or neither."""
    wanted = _wanted()
    with transaction():
        reader = reread()
        board = writing.board(reader, slug) or abort(404)
        following.follow_board(reader, board, wanted)
    flash(FOLLOWED[wanted], "success")
    return redirect(url_for(".board", slug=slug), 303)


@bp.get("/bookmarks")
@access(in_community)
def my_bookmarks() -> str:
    """What the reader kept."""
    page = bookmarks.page(here(), request.args.get("page", 1, type=int))
    return render_template("forums/bookmarks.html", page=page)


def _wanted() -> Follow:
    said = request.form.get("follow", "")
    return Follow(said) if said in set(Follow) else abort(422)


def _allowed(reader: Reader, post_id: int, act: Act) -> tuple[Post, Topic, Board]:
    post, topic, board = writing.post(reader, post_id) or abort(404)
    silenced = silenced_until(reader.member_id, reader.programme_id) is not None
    if not may(act, writing.standing(reader, post, topic, board, silenced=silenced)):
        abort(403)
    return post, topic, board


def _back(post_id: int) -> ResponseReturnValue:
    return redirect(url_for(".post", post_id=post_id), 303)
