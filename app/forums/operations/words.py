"""What somebody wrote, made ready to be kept: references instead of names, safe HTML, and what it points to.

Done before a transaction begins: cooking takes a while, and on SQLite every other writer would wait.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from app.core.db import db, insert
from app.core.html import cook
from app.forums import mentions
from app.forums.models import Board, Mention, Post, Quote
from app.forums.queries import audience, quoting
from app.forums.quotes import quoted_posts
from app.forums.rules import Reader


@dataclass(frozen=True, slots=True)
class Prepared:
    """A body as it is kept, and whom and what it points to."""

    body: str
    html: str
    named: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()


def prepare(reader: Reader, board: Board, written: str) -> Prepared:
    """Cook what somebody wrote for a board: it names only those who can find the board, quotes only what they can read.

    Raises ValueError for a text that is too long.
    """
    body = mentions.refer(written, _known(board, written))
    named = mentions.mentioned(body).shown
    return Prepared(body, cook(body), named, frozenset(quoting.readable_among(reader, quoted_posts(body))))


def normal(board: Board, written: str) -> str:
    """What somebody wrote as its author will see it again: each at-name says which member it means."""
    return editable(mentions.refer(written, _known(board, written)))


def shown(post: Post) -> str:
    """The safe HTML of a post, with the names of those whom it mentions as they are now."""
    return mentions.show(post.html, audience.names(mentions.mentioned(post.body).shown))


def editable(body: str) -> str:
    """A kept body for somebody to change or to quote."""
    return mentions.editable(body, audience.names(mentions.mentioned(body).shown))


def as_kept(post: Post, body: str, html: str) -> Prepared:
    """An earlier body of a post, which was prepared then; whom it names is known already."""
    known = set(db.session.scalars(select(Post.id).where(Post.id.in_(quoted_posts(body)))))
    return Prepared(body, html, audience.there(mentions.mentioned(body).shown), frozenset(known - {post.id}))


def preview(reader: Reader, board: Board, written: str) -> str:
    """What it will look like: the same code as what is stored."""
    prepared = prepare(reader, board, written)
    return mentions.show(prepared.html, audience.names(prepared.named))


def point(post: Post, prepared: Prepared) -> None:
    """Keep whom a post names and what it quotes, in place of what it did before."""
    if post.version > 1:
        for table in (Mention, Quote):
            db.session.execute(delete(table).where(table.post_id == post.id))
    _add(Mention, post, {"member_id": prepared.named})
    _add(Quote, post, {"quoted_id": prepared.quoted - {post.id}})


def _known(board: Board, written: str) -> dict[str, int]:
    """The members that the at-names in a text mean, by the text of the at-name."""
    found = mentions.at_names(written)
    if not found:
        return {}
    by_id = audience.among(board, [each.member_id for each in found if each.member_id is not None])
    by_slug = audience.by_slug(board, [each.slug for each in found if each.member_id is None])
    known: dict[str, int] = {}
    for each in found:
        if each.member_id is None:
            if each.slug in by_slug:
                known[each.text] = by_slug[each.slug]
        elif each.member_id in by_id:
            known[each.text] = each.member_id
    return known


def _add(table: type[Mention] | type[Quote], post: Post, pointing: Mapping[str, Collection[int]]) -> None:
    ((column, ids),) = pointing.items()
    if ids:
        rows = [{"post_id": post.id, column: each, "programme_id": post.programme_id} for each in sorted(ids)]
        db.session.execute(insert(table).values(rows).on_conflict_do_nothing())
