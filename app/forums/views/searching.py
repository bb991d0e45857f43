"""Searching the forums."""

from flask import render_template, request

from app.core.web import access
from app.forums.queries import boards, searching
from app.forums.queries.searching import Wanted
from app.forums.rules import LONGEST_TAG
from app.forums.searching import LONGEST, excerpt, pieces, read
from app.forums.views.blueprint import bp, here, in_community, post_number_in

SPANS = {"week": 7, "month": 31, "year": 366}
LONGEST_WORDS = 80  # of a name


@bp.get("/search")
@access(in_community)
def search() -> str:
    """What the reader reads of what they search for."""
    reader, asked = here(), request.args
    wanted = Wanted(
        terms=tuple(read(asked.get("q", ""))),
        board=asked.get("board", "")[:LONGEST_WORDS],
        author=asked.get("author", "").strip()[:LONGEST_WORDS],
        tag=asked.get("tag", "").strip().lower().replace(" ", "-")[:LONGEST_TAG],
        days=SPANS.get(asked.get("within", "")),
        answered=asked.get("answered") == "1",
        best=asked.get("order") == "best",
        before=post_number_in(asked, "before"),
    )
    return render_template(
        "forums/search.html",
        wanted=wanted,
        asked={name: asked.get(name, "")[:LONGEST] for name in ("q", "board", "author", "tag", "within", "order")},
        found=searching.search(reader, wanted) if wanted.asks else None,
        boards=boards.choices(reader),
        pieces=pieces,
        excerpt=excerpt,
    )
