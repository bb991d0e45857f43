"""Collections, for everybody who takes part."""

from flask import abort, render_template, request

from app.core.web import access
from app.forums.collections import queries
from app.forums.collections.views.blueprint import bp
from app.forums.views.blueprint import here, in_community

LONGEST_SEARCH = 100


@bp.get("")
@access(in_community)
def index() -> str:
    """The collections, or the pieces with some words in them."""
    words = "".join(each for each in request.args.get("q", "")[:LONGEST_SEARCH] if each.isprintable()).strip()
    found = queries.search(here(), words) if words else []
    return render_template(
        "forums/collections/index.html", shelves=queries.shelves(here()), reader=here(), words=words, found=found
    )


@bp.get("/<slug>")
@access(in_community)
def show(slug: str) -> str:
    """One collection, to read and to print."""
    collection = queries.collection(here(), slug) or abort(404)
    return render_template(
        "forums/collections/show.html",
        collection=collection,
        pieces=queries.pieces(here(), collection.id),
        everything=queries.for_moderators(here(), collection.id),
        reader=here(),
    )
