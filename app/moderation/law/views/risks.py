"""/moderation/risks: the assessment of risks, for moderators and leads."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import Role
from app.core import clock
from app.core.db import transaction
from app.core.web import access
from app.moderation.law import queries
from app.moderation.law.forms import KeepForm, RiskForm
from app.moderation.law.models import Risk, RiskRecord
from app.moderation.law.operations import assessing
from app.moderation.law.operations.assessing import ChangedElsewhereError
from app.moderation.law.rules import Level, standing

bp = Blueprint("risks", __name__, url_prefix="/moderation/risks")

assesses = has_role(Role.MODERATOR, Role.LEAD)
RISK = "/<int(max=2147483647):risk_id>"
RECORD = "/records/<int(max=2147483647):number>"
ELSEWHERE = "Somebody else saved this risk while you were writing. Copy what you wrote, and open it again."


@bp.get("")
@access(assesses)
def index() -> str:
    """The risks as they are assessed now, and what was kept."""
    return _page(KeepForm())


@bp.post("/begin")
@access(assesses)
def begin() -> ResponseReturnValue:
    """Begin with the usual harms."""
    with transaction():
        assessing.begin(_here(), by_id=me().id)
    return redirect(url_for(".index"), 303)


@bp.get("/new")
@access(assesses)
def new() -> str:
    """A form for another risk."""
    return render_template("moderation/law/risk.html", form=RiskForm(), row=None)


@bp.post("/new")
@access(assesses)
def add() -> ResponseReturnValue:
    """Put another risk down."""
    form = RiskForm()
    if not form.validate_on_submit():
        return render_template("moderation/law/risk.html", form=form, row=None), 422
    with transaction():
        assessing.add(_here(), form.assessed(), by_id=me().id)
    flash("Saved.", "success")
    return redirect(url_for(".index"), 303)


@bp.get(RISK)
@access(assesses)
def show(risk_id: int) -> str:
    """One risk."""
    row = _risk(risk_id)
    return render_template("moderation/law/risk.html", form=RiskForm.of(row), row=row)


@bp.post(RISK)
@access(assesses)
def change(risk_id: int) -> ResponseReturnValue:
    """Say something else of a risk."""
    row, form = _risk(risk_id), RiskForm()
    if not form.validate_on_submit():
        return render_template("moderation/law/risk.html", form=form, row=row), 422
    try:
        with transaction():
            assessing.change(_risk(risk_id), form.assessed(), form.version, by_id=me().id)
    except ChangedElsewhereError:
        form.form_errors.append(ELSEWHERE)
        return render_template("moderation/law/risk.html", form=form, row=_risk(risk_id)), 409
    flash("Saved.", "success")
    return redirect(url_for(".index"), 303)


@bp.post(f"{RISK}/remove")
@access(assesses)
def remove(risk_id: int) -> ResponseReturnValue:
    """Take a risk out."""
    with transaction():
        assessing.remove(_risk(risk_id), by_id=me().id)
    flash("Removed. The versions that were kept still have it.", "success")
    return redirect(url_for(".index"), 303)


@bp.post("/keep")
@access(assesses)
def keep() -> ResponseReturnValue:
    """Keep the assessment as it stands."""
    form = KeepForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        with transaction():
            number = assessing.keep(_here(), form.occasion.data, (form.note.data or "").strip(), by_id=me().id).number
    except ValueError as incomplete:
        form.form_errors.append(str(incomplete))
        return _page(form), 422
    flash(f"Version {number} is kept.", "success")
    return redirect(url_for(".record", number=number), 303)


@bp.get(RECORD)
@access(assesses)
def record(number: int) -> str:
    """The assessment as it was kept on a day; for printing too."""
    shown = queries.record(_here(), number) or abort(404)
    return render_template("moderation/law/record.html", record=shown, levels=Level)


def _page(form: KeepForm) -> str:
    records = queries.records(_here())
    newest: RiskRecord | None = records[0] if records else None
    return render_template(
        "moderation/law/risks.html",
        form=form,
        risks=queries.risks(_here()),
        records=records,
        newest=newest,
        standing=standing(newest.review_on if newest else None, clock.london(clock.now()).date()),
        changed=newest is not None and assessing.changed_since(newest),
    )


def _here() -> int:
    return my_programme_id() or abort(404)


def _risk(risk_id: int) -> Risk:
    return queries.risk(_here(), risk_id) or abort(404)
