"""Where programme leads say what their programme is called, whom it is for and what it asks."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me
from app.accounts.rules import Role
from app.config import ROOT
from app.core.db import transaction
from app.core.web import access
from app.programme import operations
from app.programme.current import led
from app.programme.forms.programme import ProgrammeForm

STATIC = ROOT / "static"

bp = Blueprint("lead_programme", __name__)


@bp.route("/lead/programme", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def edit() -> ResponseReturnValue:
    """Change the programme; every page that names it changes with it."""
    form = ProgrammeForm.of(led(), _logos())
    if not form.validate_on_submit():
        return render_template("programme/lead/programme.html", programme=led(), form=form), 422 if form.errors else 200
    by_id = me().id
    with transaction():
        operations.change_programme(led(), form.about(), form.targets(), by=by_id)
    flash("The programme was saved, and its pages say so.", "success")
    return redirect(url_for(".edit"))


def _logos() -> list[str]:
    """The logos that are installed, as names under static/."""
    return sorted(str(path.relative_to(STATIC)) for path in (STATIC / "programme" / "logos").glob("*.[sp][vn]g"))
