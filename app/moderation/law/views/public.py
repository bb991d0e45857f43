"""The rules of the community, and complaints by anybody."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import outbox
from app.core.db import transaction
from app.core.web import access, public
from app.moderation.cases import answers
from app.moderation.cases.rulebook import RULES
from app.moderation.cases.rules import COMPLAINT_DUE
from app.moderation.law.forms import ComplaintForm
from app.moderation.law.operations.complaining import complain

bp = Blueprint("law", __name__)


@bp.get("/rules")
@access(public)
def rules() -> str:
    """The rules of the community, numbered, each with the code that decisions cite."""
    return render_template("moderation/law/rules.html", rules=RULES)


@bp.get("/complaints")
@access(public)
def complaints() -> str:
    """How to complain, and a form for it; for people without an account too."""
    return _page(ComplaintForm(where=request.args.get("about", "")[:300]))


@bp.post("/complaints")
@access(public)
def send() -> ResponseReturnValue:
    """Take a complaint."""
    form = ComplaintForm()
    if not form.validate_on_submit():
        return _page(form), 422
    if form.by_a_program:
        return redirect(url_for(".received"), 303)  # it learns nothing
    with transaction() as after:
        received = complain(_programme_id(), form.complaint())
        after.append(outbox.wake)
    return redirect(url_for(".received", reference=received.reference, token=received.token), 303)


@bp.get("/complaints/received")
@access(public)
def received() -> str:
    """What happens now."""
    token = request.args.get("token", "")
    known = token if answers.read(token) else ""
    reference = request.args.get("reference", "")[:12] if known else ""
    return render_template("moderation/law/received.html", reference=reference, token=known, days=COMPLAINT_DUE.days)


def _page(form: ComplaintForm) -> str:
    return render_template("moderation/law/complaints.html", form=form, days=COMPLAINT_DUE.days)


def _programme_id() -> int:
    programme_id: int = current_app.extensions["programme_in_sight"]() or abort(404)
    return programme_id
