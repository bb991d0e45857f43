"""What authors are asked. Opening these pages changes nothing; suspension closes no way to take consent back."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me
from app.core import outbox
from app.core.db import transaction
from app.core.web import access, even_suspended, signed_in
from app.forums.collections import operations, queries
from app.forums.collections.forms import ConsentForm
from app.forums.collections.models import CollectionPiece
from app.forums.collections.operations import NotWaitingError, Words
from app.forums.collections.rules import LIVE
from app.forums.collections.views.blueprint import bp

MEANWHILE = "This changed meanwhile. Look at it again."


@bp.get("/mine")
@access(even_suspended)
def mine() -> str:
    """What somebody wrote and was asked for."""
    return render_template("forums/collections/mine.html", pieces=queries.mine(me().id))


@bp.route("/asked/<int(max=2147483647):piece_id>", methods=["GET", "POST"])
@access(signed_in)
def asked(piece_id: int) -> ResponseReturnValue:
    """Read what would be shown, change it, agree."""
    piece = queries.my_piece(me().id, piece_id) or abort(404)
    if piece.state not in LIVE:
        return redirect(url_for(".mine"), 303)
    form = ConsentForm(obj=piece)
    if not form.validate_on_submit():
        return render_template("forums/collections/asked.html", form=form, piece=piece), 422 if form.errors else 200
    words, by_id = Words.of(form.body.data or ""), me().id
    return _answer(
        piece_id,
        lambda mine: operations.agree(
            mine, words, credit=bool(form.credit.data), seen_version=form.version.data or 0, by_id=by_id
        ),
        "Thank you. It is shown in the collection now. You can take it back at any time.",
    )


@bp.post("/asked/<int(max=2147483647):piece_id>/decline")
@access(even_suspended)
def decline(piece_id: int) -> ResponseReturnValue:
    """Rather not."""
    by_id = me().id
    return _answer(
        piece_id,
        lambda mine: operations.decline(mine, by_id=by_id),
        "That is fine. Nothing is shown, and nobody asks you for this post again.",
    )


@bp.post("/asked/<int(max=2147483647):piece_id>/take-back")
@access(even_suspended)
def take_back(piece_id: int) -> ResponseReturnValue:
    """Take consent back."""
    by_id = me().id
    return _answer(
        piece_id,
        lambda mine: operations.take_back(mine, by_id=by_id),
        "Taken back. It is in no collection any more, and its words there are deleted.",
    )


def _answer(piece_id: int, step: Callable[[CollectionPiece], None], done: str) -> ResponseReturnValue:
    by_id = me().id
    try:
        with transaction() as after:
            step(queries.my_piece(by_id, piece_id) or abort(404))
            after.append(outbox.wake)
    except NotWaitingError:
        flash(MEANWHILE, "error")
    else:
        flash(done, "success")
    return redirect(url_for(".mine"), 303)
