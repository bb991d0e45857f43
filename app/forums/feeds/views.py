"""The addresses of feeds, and the feeds themselves."""

from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from app.accounts.seams import programme
from app.core.db import transaction
from app.core.web import access, public
from app.forums import mentions
from app.forums.feeds import operations, queries
from app.forums.feeds.models import ForumFeed
from app.forums.feeds.queries import Row
from app.forums.feeds.rules import MIME, Entry, Feed, atom
from app.forums.rules import Label, Reader
from app.forums.views.blueprint import here, in_community

bp = Blueprint("forum_feeds", __name__, url_prefix="/forums/feed")

KEPT = 300  # seconds
LARGEST_ID = 2_147_483_647


@bp.get("")
@access(in_community)
def index() -> str:
    """What can be followed in a feed reader, and the addresses."""
    found = {board_id: _address(secret) for board_id, secret in queries.addresses(here()).items()}
    return render_template("forums/feeds/index.html", boards=queries.boards(here()), addresses=found)


@bp.post("/<any(make,remove):what>")
@access(in_community)
def change(what: str) -> ResponseReturnValue:
    """A new address, or none any more; the older one stops working."""
    reader, board_id = here(), request.form.get("board", type=int)
    if board_id is not None and not 0 < board_id <= LARGEST_ID:
        abort(404)
    if board_id is not None and what == "make" and queries.board(reader, board_id) is None:
        abort(404)
    try:
        with transaction():
            (operations.renew if what == "make" else operations.revoke)(reader, board_id)
    except IntegrityError:
        pass  # pressed twice at the same moment: the other press has made it
    flash("This is the new address. An older one no longer works." if what == "make" else "Removed.", "success")
    return redirect(url_for(".index", _anchor=f"board-{board_id}" if board_id else "topics"), 303)


@bp.get("/<secret>.atom")
@access(public)
def feed(secret: str) -> Response:
    """The file that feed readers ask for, again and again; nobody signs in for it."""
    found, reader = queries.feed(operations.digest_of(secret)) or abort(404)
    board = None
    if found.board_id is not None:
        board = queries.board(reader, found.board_id) or abort(404)
    shown = _feed(found, reader, board.name if board else None, board.slug if board else None)
    body = atom(shown)
    response = Response(body, content_type=MIME)
    response.set_etag(sha256(body).hexdigest())
    response.last_modified = shown.updated
    response.headers["Cache-Control"] = f"private, max-age={KEPT}"
    response.headers["X-Robots-Tag"] = "noindex"
    response.make_conditional(request)
    return response


def _feed(found: ForumFeed, reader: Reader, board: str | None, slug: str | None) -> Feed:
    name = programme(found.programme_id).name
    return Feed(
        urn=uuid5(NAMESPACE_URL, f"{_public_url()}/forums/feed/{found.id}").urn,
        title=f"{board or 'Topics that you follow'}, {name}",
        url=_public_url() + (f"/forums/{slug}" if slug else "/forums"),
        author=name,
        made_at=found.made_at,
        entries=[_entry(row) for row in queries.entries(reader, found.board_id)],
    )


def _entry(row: Row) -> Entry:
    post = row.post
    return Entry(
        url=f"{_public_url()}/forums/posts/{post.id}",
        title=row.title if post.number == 1 else f"Re: {row.title}",
        html=mentions.show(post.html, {}) if row.label is Label.OPEN else None,
        published=post.created_at,
        updated=post.edited_at or post.created_at,
    )


def _address(secret: str) -> str:
    """The absolute address, from the settings: the Host header of a request is anybody's to choose."""
    return _public_url() + url_for(".feed", secret=secret)


def _public_url() -> str:
    public_url: str = current_app.extensions["settings"].public_url
    return public_url
