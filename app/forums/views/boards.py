"""The boards, the topics on one of them, and agreeing to what a board's label promises."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.web import access
from app.forums.cursors import Cursor
from app.forums.operations import agreeing, positions
from app.forums.queries import boards, lists
from app.forums.queries.boards import FoundBoard
from app.forums.queries.lists import Wanted
from app.forums.rules import LONGEST_TAG
from app.forums.views.blueprint import bp, here, in_community, topic_id_in


@bp.get("")
@access(in_community)
def index() -> str:
    """The boards that are there for the reader."""
    reader = here()
    return render_template("forums/index.html", reader=reader, boards=boards.listed(reader))


@bp.get("/<slug>")
@access(in_community)
def board(slug: str) -> ResponseReturnValue:
    """The topics of a board, pinned ones first, then by what is new."""
    reader, found = here(), found_board(slug)
    if not found.is_read:
        return redirect(url_for(".label", slug=slug))
    wanted, after = _wanted(), Cursor.read(request.args.get("after", ""))
    page = lists.topics(reader, found.id, wanted, after)
    return render_template(
        "forums/board.html", reader=reader, board=found, page=page, wanted=wanted, is_first=after is None
    )


@bp.get("/<slug>/label")
@access(in_community)
def label(slug: str) -> str:
    """What a board's label promises, and the button that agrees to it."""
    return render_template(
        "forums/label.html", board=found_board(slug), topic_id=topic_id_in(request.args), reader=here()
    )


@bp.post("/<slug>/label")
@access(in_community)
def agree(slug: str) -> ResponseReturnValue:
    """Agree to what the label said when the page was shown."""
    reader, found = here(), found_board(slug)
    if request.form.get("label") != found.label:
        flash("What this board asks of its readers has just changed. Please read it again.")
        return redirect(url_for(".label", slug=slug), 303)
    with transaction():
        agreeing.agree(reader, found.id, found.cohort_id, found.label)
    topic_id = topic_id_in(request.form)
    return redirect(url_for(".topic", topic_id=topic_id) if topic_id else url_for(".board", slug=slug), 303)


@bp.post("/<slug>/read")
@access(in_community)
def call_read(slug: str) -> ResponseReturnValue:
    """Call everything on a board read."""
    reader, found = here(), found_board(slug)
    if not found.is_read:
        abort(404)
    with transaction():
        positions.call_board_read(reader, found.id)
    flash(f"Everything in “{found.name}” counts as read.", "success")
    return redirect(url_for(".index"), 303)


def found_board(slug: str) -> FoundBoard:
    """A board that the reader knows of; any other looks like one that does not exist."""
    return boards.board(here(), slug) or abort(404)


def _wanted() -> Wanted:
    show = request.args.get("show", "")
    return Wanted(
        tag=request.args.get("tag", "")[:LONGEST_TAG], unanswered=show == "unanswered", unread=show == "unread"
    )
