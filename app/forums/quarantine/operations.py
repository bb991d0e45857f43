"""Taking a post away, wherever its words stand. Everything happens in the transaction of the incident."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete

from app.core.db import db
from app.core.html import COOK_VERSION, cook, plain
from app.forums.collections import operations as collections
from app.forums.models import Alias, Draft, Mention, Post, PostRevision, Quote
from app.forums.operations import states
from app.forums.operations.deciding import first_post
from app.forums.quarantine import queries
from app.forums.quarantine.rules import quotes_it, without_quote
from app.forums.rules import PostState
from app.moderation.breaches.rules import TAKEN_AWAY, TAKEN_AWAY_HTML
from app.moderation.breaches.seams import Taken
from app.notifications.operations import notices

TITLE = "Taken away"
SKIPPED = 2  # versions: whatever wants to put an earlier one back finds that the post has moved on


def take(post_id: int, by_id: int) -> Taken:
    """Take a post away; gives what it was and what was cleared with it."""
    post, topic, board = queries.held(post_id)
    earlier = queries.revisions(post_id)
    quoting = queries.quoting(post)
    copies = queries.as_shown((each.body, each.html) for each in (post, *earlier, *quoting))
    titles = frozenset({topic.title, *(each.title for each in earlier)} if post.number == 1 else ()) - {""}
    told = notices.take_back(f"/forums/posts/{post_id}")
    evidence: dict[str, Any] = {
        "post": post_id,
        "topic": topic.id,
        "title": topic.title,
        "number": post.number,
        "author": post.author_id,
        "alias": _alias(post),
        "written_at": post.created_at.isoformat(),
        "body": post.body,
        "earlier": [{"version": each.version, "title": each.title, "body": each.body} for each in earlier],
        "told": [{"member": each.member_id, "mailed": each.mailed} for each in told],
    }
    states.set_state(post, PostState.REMOVED, by_id=by_id)
    counts = {
        "People who can read the board": queries.could_read(board),
        "People who had read as far as this": queries.have_read(post),
        "People who had a notice that leads to it, now taken back": len(told),
        "Mails about it that had gone out (without its words)": sum(each.mailed for each in told),
        "Earlier versions deleted": len(earlier),
        "Quotes of it cleared in other posts and their versions": _clear_quotes(post, quoting),
        "Drafts cleared": _clear_drafts(post),
        "Pieces of collections taken out": _clear_pieces(post, by_id),
    }
    _empty(post)
    if post.number == 1:
        topic.title = TITLE
        counts["Notices that named its title, cleared"] = notices.blank(queries.paths(topic.id))
    db.session.flush()
    return Taken(
        evidence=evidence,
        shown_since=post.created_at,
        counts=counts,
        titles=titles,
        copies=copies,
        clean=partial(without_quote, post_id=post_id),
    )


def take_topic(topic_id: int, by_id: int) -> Taken:
    """As `take`, of the post that a topic began with: its title goes with it."""
    post = first_post(topic_id)
    if post is None:
        raise LookupError("a topic without a first post")
    return take(post.id, by_id)


def _empty(post: Post) -> None:
    for table in (PostRevision, Mention, Quote):
        db.session.execute(delete(table).where(table.post_id == post.id))
    post.body, post.html, post.plain = TAKEN_AWAY, TAKEN_AWAY_HTML, TAKEN_AWAY
    post.cook_version = COOK_VERSION
    post.version += SKIPPED


def _clear_quotes(post: Post, quoting: Sequence[Post | PostRevision]) -> int:
    for each in quoting:
        each.body = without_quote(each.body, post.id)
        each.html = cook(each.body)
        if isinstance(each, Post):
            each.plain, each.cook_version, each.version = plain(each.html), COOK_VERSION, each.version + SKIPPED
    return len(quoting)


def _clear_drafts(post: Post) -> int:
    cleared = 0
    for draft in queries.drafts(post.programme_id):
        body = draft.words.get("body", "")
        if draft.place == f"post/{post.id}":
            db.session.execute(delete(Draft).where(Draft.id == draft.id))
        elif quotes_it(body, post.id):
            draft.words = {**draft.words, "body": without_quote(body, post.id)}
            draft.version += 1
        else:
            continue
        cleared += 1
    return cleared


def _clear_pieces(post: Post, by_id: int) -> int:
    found = queries.pieces(post.id)
    for piece in found:
        collections.drop(piece, by_id=by_id)
    return len(found)


def _alias(post: Post) -> str | None:
    return db.session.get_one(Alias, post.alias_id).name if post.alias_id else None
