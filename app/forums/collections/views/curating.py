"""Making collections and proposing pieces, for moderators."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import outbox
from app.core.db import transaction
from app.core.web import access
from app.forums import mentions
from app.forums.collections import operations, queries
from app.forums.collections.forms import CollectionForm, ProposeForm
from app.forums.collections.operations import CannotProposeError, NotWaitingError, Words
from app.forums.collections.rules import LIVE
from app.forums.collections.views.blueprint import bp, curates
from app.forums.views.blueprint import here


@bp.route("/new", methods=["GET", "POST"])
@access(curates)
def new() -> ResponseReturnValue:
    """Make a collection."""
    form = CollectionForm()
    if form.validate_on_submit():
        reader = here()
        with transaction():
            made = operations.make(reader, form.slug, form.title.data or "", form.about.data or "")
        if made is not None:
            flash("Made. Propose posts for it with “Keep for a collection” below a post.", "success")
            return redirect(url_for(".show", slug=form.slug), 303)
        form.title.errors = ["There is a collection of this title"]
    return render_template("forums/collections/edit.html", form=form, collection=None), 422 if form.errors else 200


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@access(curates)
def edit(slug: str) -> ResponseReturnValue:
    """Change what a collection says of itself; its address stays."""
    collection = queries.collection(here(), slug) or abort(404)
    form = CollectionForm(obj=collection)
    if not form.validate_on_submit():
        shown = render_template("forums/collections/edit.html", form=form, collection=collection)
        return shown, 422 if form.errors else 200
    reader = here()
    with transaction():
        kept = queries.collection(reader, slug) or abort(404)
        operations.reword(reader, kept, form.title.data or "", form.about.data or "")
    flash("Saved.", "success")
    return redirect(url_for(".show", slug=slug), 303)


@bp.route("/propose/<int(max=2147483647):post_id>", methods=["GET", "POST"])
@access(curates)
def propose(post_id: int) -> ResponseReturnValue:
    """Ask a post's author whether it may be shown."""
    post, topic, _ = queries.post_to_propose(here(), post_id) or abort(404)
    form = ProposeForm.of(queries.shelves(here()), mentions.plain(post.body, {}))
    if form.validate_on_submit():
        words = Words.of(form.body.data or "")
        try:
            return _propose(post_id, form, words)
        except CannotProposeError as why:
            form.collection.errors = [str(why)]
    shown = render_template("forums/collections/propose.html", form=form, post_id=post_id, topic=topic)
    return shown, 422 if form.errors else 200


@bp.post("/pieces/<int(max=2147483647):piece_id>/<any(up,down,drop):what>")
@access(curates)
def change(piece_id: int, what: str) -> ResponseReturnValue:
    """Put a piece up or down, or take it out."""
    reader = here()
    try:
        with transaction():
            piece = queries.piece(reader, piece_id) or abort(404)
            slug = piece.collection.slug
            if what == "drop":
                operations.drop(piece, by_id=reader.member_id)
            elif piece.state in LIVE:
                operations.move(reader, piece, -1 if what == "up" else 1)
    except NotWaitingError:
        flash("It was taken out already.")
    else:
        flash("Taken out. Its words are deleted." if what == "drop" else "Moved.", "success")
    return redirect(url_for(".show", slug=slug, _anchor="order"), 303)


def _propose(post_id: int, form: ProposeForm, words: Words) -> ResponseReturnValue:
    reader = here()
    with transaction() as after:
        collection = queries.collection(reader, form.collection.data) or abort(404)
        operations.propose(reader, post_id, collection, form.note.data or "", words)
        after.append(outbox.wake)
    flash("Its author was asked. Nothing is shown unless they agree.", "success")
    return redirect(url_for(".show", slug=form.collection.data), 303)
