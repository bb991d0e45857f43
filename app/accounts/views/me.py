"""A member's own page: who they are here, and which programme they look at."""

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from app.accounts.current import CHOSEN, me, my_programme_id
from app.accounts.forms import ProgrammeForm, RenameForm
from app.accounts.operations import profile
from app.accounts.seams import seams
from app.core.db import transaction
from app.core.web import access, even_suspended

bp = Blueprint("me", __name__)


@bp.get("/me")
@access(even_suspended)
def show() -> str:
    """Name, address, roles by programme; whether one is suspended, and until when."""
    programmes = seams().programmes(_mine())
    return render_template(
        "accounts/me.html", member=me(), programmes=programmes, current=my_programme_id(), form=_programme_form()
    )


@bp.route("/me/name", methods=["GET", "POST"])
@access(even_suspended)
def rename() -> ResponseReturnValue:
    """Go by another name."""
    form = RenameForm(obj=me())
    if not form.validate_on_submit():
        return render_template("accounts/rename.html", form=form), 422 if form.errors else 200
    with transaction():
        profile.rename(me(), form.name.data)
    flash("Your name was changed.", "success")
    return redirect(url_for(".show"))


@bp.post("/me/programme")
@access(even_suspended)
def switch() -> ResponseReturnValue:
    """Look at another programme in which one holds a role."""
    form = _programme_form()
    if not form.validate_on_submit():
        abort(422, "You have no role in this programme. Go back to your page and choose one of yours.")
    session[CHOSEN] = form.programme.data
    flash(f"You are now looking at {seams().programmes(_mine())[form.programme.data].name}.", "success")
    return redirect(url_for(".show"))


def _programme_form() -> ProgrammeForm:
    names = seams().programmes(_mine())
    form = ProgrammeForm(programme=my_programme_id())
    form.programme.choices = [SelectChoice(programme_id, names[programme_id].name) for programme_id in _mine()]
    return form


def _mine() -> list[int]:
    return sorted({grant.programme_id for grant in me().grants})
