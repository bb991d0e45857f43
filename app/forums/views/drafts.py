"""Drafts: saved by the page while somebody writes, listed, thrown away."""

import re
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import time_words
from app.core.db import transaction
from app.core.web import access
from app.forums.drafting import Words
from app.forums.forms.composing import read_key
from app.forums.operations import drafts
from app.forums.operations.drafts import TooManyError
from app.forums.queries import drafting, writing
from app.forums.rules import LONGEST_BODY, LONGEST_TITLE
from app.forums.views.blueprint import bp, here, in_community

PLACE = re.compile(r"(board|topic|post)/(\d{1,9})")
LONGEST_TAGS = 300
APART = "Changed in another place too: both are kept, this one as a draft of its own."
TOO_MANY = "Not saved: you have too many drafts. Throw one away in “Your drafts”."


@bp.post("/drafts")
@access(in_community)
def save_draft() -> ResponseReturnValue:
    """Keep what a page has; its answer says under which key and version."""
    place, words = request.form.get("place", ""), _words()
    if _address(place) is None or len(words.body) > LONGEST_BODY:
        abort(422)
    version = request.form.get("draft_version", 0, type=int)
    try:
        with transaction():
            saved = drafts.save(here(), place, read_key(request.form.get("client_key")), version, words)
    except TooManyError:
        return {"note": TOO_MANY}, 409
    if saved is None:
        return {"note": ""}
    note = APART if saved.apart else f"Draft saved {time_words(saved.at)}"
    return {"note": note, "key": saved.key, "version": saved.version, "apart": saved.apart}


@bp.get("/drafts/at")
@access(in_community)
def draft_at() -> dict[str, Any]:
    """What the reader was writing at a place, for a page that has a box to go on in."""
    known = drafting.at(here(), request.args.get("place", ""))
    if not known:
        return {}
    draft = known[0]
    return {"key": draft.key, "version": draft.version, "body": draft.words.get("body", "")}


@bp.get("/drafts")
@access(in_community)
def my_drafts() -> str:
    """All that the reader was writing."""
    known = drafting.every(here())
    names = writing.names_of_places(here(), {draft.place for draft in known})
    return render_template("forums/drafts.html", drafts=[(draft, names.get(draft.place)) for draft in known])


@bp.get("/drafts/<key>")
@access(in_community)
def go_on(key: str) -> ResponseReturnValue:
    """Lead to the sheet of a draft."""
    draft = drafting.by_key(here(), read_key(key)) or abort(404)
    return redirect(f"{_address(draft.place) or abort(404)}?draft={draft.key}")


@bp.post("/drafts/discard")
@access(in_community)
def discard_draft() -> ResponseReturnValue:
    """Throw a draft away."""
    with transaction():
        gone = drafts.discard(here(), read_key(request.form.get("key")))
    flash("The draft is thrown away." if gone else "That draft was gone already.", "success" if gone else "information")
    return redirect(url_for(".my_drafts"), 303)


def _words() -> Words:
    form = request.form
    return Words(
        title=form.get("title", "")[:LONGEST_TITLE],
        body=form.get("body", "").replace("\r\n", "\n"),
        tags=form.get("tags", "")[:LONGEST_TAGS],
    )


def _address(place: str) -> str | None:
    """The sheet that a draft belongs to; None where the reader cannot go (any more)."""
    named = PLACE.fullmatch(place)
    if named is None or place not in writing.names_of_places(here(), [place]):
        return None
    number = int(named[2])
    if named[1] == "board":
        return url_for(".new_topic", slug=writing.slug_of(number))
    if named[1] == "topic":
        return url_for(".new_reply", topic_id=number)
    return url_for(".edit_post", post_id=number)
