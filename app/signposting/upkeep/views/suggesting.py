"""A form on each entry, for members who know better."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me, my_programme_id
from app.core.db import transaction
from app.core.web import access, signed_in
from app.signposting.openreferral import plain
from app.signposting.queries import entries
from app.signposting.seams import seeker
from app.signposting.upkeep.forms.small import SuggestionForm
from app.signposting.upkeep.operations import looking_after

bp = Blueprint("suggesting", __name__, url_prefix="/support")


@bp.route("/<slug>/suggest", methods=["GET", "POST"])
@access(signed_in)
def suggest(slug: str) -> ResponseReturnValue:
    """Tell the team what is wrong about an entry."""
    service = entries.entry(seeker(), slug) or abort(404)
    form = SuggestionForm()
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("signposting/upkeep/suggest.html", service=service, form=form), status
    programme_id, member_id = my_programme_id() or abort(404), me().id
    with transaction():
        service = entries.entry(seeker(), slug) or abort(404)
        words = plain.paragraphs(form.words.data)
        looking_after.suggest(service, words, programme_id=programme_id, member_id=member_id)
    flash("Thank you. The team will look at it.", "success")
    return redirect(url_for("signposting.show", slug=slug), 303)
