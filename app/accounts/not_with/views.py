"""Not with this person: find them, confirm, see whom one has named, take it back.

Nothing about the other person is ever in an address, because addresses stay in logs and in the history of a browser.
"""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me
from app.accounts.not_with import operations, queries
from app.accounts.not_with.forms import FindForm
from app.accounts.not_with.queries import MOST_FOUND, Found
from app.core.db import transaction
from app.core.web import access, even_suspended, signed_in

bp = Blueprint("not_with", __name__, url_prefix="/me/not-with")

SAVED = "Saved. Only you can see it, and nobody is told."
TAKEN_BACK = "Taken back. You may meet again from now on."


@bp.get("")
@access(even_suspended)
def index() -> str:
    """Whom one has named, and the way to name somebody."""
    return render_template("accounts/not_with/index.html", wishes=queries.wishes_of(me().id), form=FindForm())


@bp.post("/find")
@access(signed_in)
def find() -> ResponseReturnValue:
    """People of one's own community with such a name."""
    form = FindForm()
    if not form.validate_on_submit():
        page = render_template("accounts/not_with/index.html", wishes=queries.wishes_of(me().id), form=form)
        return page, 422
    people = queries.found(me().id, form.name.data or "")
    return render_template(
        "accounts/not_with/found.html",
        form=form,
        people=people[:MOST_FOUND],
        more=len(people) > MOST_FOUND,
        named={member_id for member_id, _ in queries.wishes_of(me().id)},
    )


@bp.post("/confirm")
@access(signed_in)
def confirm() -> str:
    """Say what it means before it is kept."""
    return render_template("accounts/not_with/confirm.html", person=_person())


@bp.post("")
@access(signed_in)
def wish() -> ResponseReturnValue:
    """Keep the wish."""
    person = _person()
    with transaction():
        operations.wish_apart(me().id, person.member_id)
    flash(SAVED, "success")
    return redirect(url_for(".index"), 303)


@bp.post("/take-back")
@access(even_suspended)
def take_back() -> ResponseReturnValue:
    """Forget the wish."""
    with transaction():
        operations.take_back(me().id, request.form.get("who", 0, type=int))
    flash(TAKEN_BACK, "success")
    return redirect(url_for(".index"), 303)


@bp.get("/find", endpoint="find_again")
@bp.get("/confirm", endpoint="confirm_again")
@access(even_suspended)
def begin_again() -> ResponseReturnValue:
    """Whoever comes back to a step without what they entered begins again."""
    return redirect(url_for(".index"))


def _person() -> Found:
    return queries.one_found(me().id, request.form.get("who", 0, type=int)) or abort(404)
