"""Pages about breaches, for moderators and leads."""

import json

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.freshness import ask_again, is_fresh
from app.accounts.rules import Role
from app.core import clock
from app.core.db import transaction
from app.core.web import access
from app.moderation.breaches import operations, queries, seams
from app.moderation.breaches.forms import NoteForm, OpenForm, QuarantineForm
from app.moderation.breaches.models import EvidenceOpening, Incident
from app.moderation.breaches.operations import NothingThereError, NotTheirsError
from app.moderation.breaches.rules import REPORT_WITHIN, Shown, digest_of, is_open_to, may_agree

bp = Blueprint("incidents", __name__, url_prefix="/moderation/incidents")

moderates = has_role(Role.MODERATOR, Role.LEAD)
ONE = "/<int(max=2147483647):incident_id>"
OPENING = "/openings/<int(max=2147483647):opening_id>"


@bp.get("")
@access(moderates)
def index() -> str:
    """The incidents of the programme."""
    page = queries.incidents(_here(), request.args.get("page", 1, type=int))
    return render_template("moderation/breaches/index.html", page=page)


@bp.route("/new/<subject_type>/<int(max=2147483647):subject_id>", methods=["GET", "POST"])
@access(moderates)
def new(subject_type: str, subject_id: int) -> ResponseReturnValue:
    """Take something away."""
    if there := queries.about(subject_type, subject_id):
        return redirect(url_for(".show", incident_id=there.id), 303)
    how = seams.named(subject_type)
    place = how.find(subject_id) if how else None
    if place is None or place.programme_id != _here():
        abort(404)
    form = QuarantineForm()
    if not form.validate_on_submit():
        shown = render_template("moderation/breaches/new.html", form=form, place=place)
        return shown, 422 if form.errors else 200
    return _quarantine(subject_type, subject_id, form)


@bp.route(ONE, methods=["GET", "POST"])
@access(moderates)
def show(incident_id: int) -> ResponseReturnValue:
    """The record of an incident, to print and to add to."""
    incident = queries.incident(_here(), incident_id) or abort(404)
    form = NoteForm(obj=incident)
    if not form.validate_on_submit():
        return _page(incident, form, OpenForm()), 422 if form.errors else 200
    here, by_id = _here(), me().id
    with transaction():
        kept = queries.incident(here, incident_id) or abort(404)
        operations.note(kept, form.notes.data or "", close=bool(form.close.data), by_id=by_id)
    flash("Saved.", "success")
    return redirect(url_for(".show", incident_id=incident_id), 303)


@bp.post(f"{ONE}/open")
@access(moderates)
def ask_to_open(incident_id: int) -> ResponseReturnValue:
    """Ask that the evidence is opened."""
    incident = queries.incident(_here(), incident_id) or abort(404)
    if not is_fresh():
        return ask_again(url_for(".show", incident_id=incident_id))
    form = OpenForm()
    if not form.validate_on_submit():
        return _page(incident, NoteForm(formdata=None, obj=incident), form), 422
    here, by_id = _here(), me().id
    with transaction():
        kept = queries.incident(here, incident_id) or abort(404)
        operations.ask_to_open(kept, form.why.data or "", by_id=by_id)
    flash("Another moderator or a programme lead has to agree, within a day.", "success")
    return redirect(url_for(".show", incident_id=incident_id, _anchor="evidence"), 303)


@bp.post(f"{OPENING}/agree")
@access(moderates)
def agree(opening_id: int) -> ResponseReturnValue:
    """Open the evidence as the second person."""
    opening = _opening(opening_id)
    if not is_fresh():
        return ask_again(url_for(".show", incident_id=opening.incident_id))
    here, by_id, incident_id = _here(), me().id, opening.incident_id
    try:
        with transaction():
            operations.agree_to_open(queries.opening(here, opening_id) or abort(404), by_id=by_id)
    except NotTheirsError as why:
        flash(str(why), "error")
        return redirect(url_for(".show", incident_id=incident_id, _anchor="evidence"), 303)
    return redirect(url_for(".evidence", opening_id=opening_id), 303)


@bp.get(OPENING)
@access(moderates)
def evidence(opening_id: int) -> ResponseReturnValue:
    """What was sealed, for the two who opened it."""
    opening = _opening(opening_id)
    if not is_fresh():
        return ask_again(request.path)
    here, by_id = _here(), me().id
    try:
        with transaction():
            text = operations.read_evidence(queries.opening(here, opening_id) or abort(404), by_id=by_id)
    except NotTheirsError as why:
        abort(403, str(why))
    incident = queries.incident(here, opening.incident_id) or abort(404)
    shown = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    intact = digest_of(text) == incident.digest
    return render_template("moderation/breaches/evidence.html", incident=incident, shown=shown, intact=intact)


def _quarantine(subject_type: str, subject_id: int, form: QuarantineForm) -> ResponseReturnValue:
    here, by_id, shown = _here(), me().id, [Shown(code) for code in form.shown.data or []]
    try:
        with transaction():
            incident_id = operations.quarantine(
                subject_type, subject_id, shown, form.notes.data or "", programme_id=here, by_id=by_id
            ).id
    except NothingThereError:
        abort(404)
    flash("It is gone from everywhere here. Below is what still has to be done.", "success")
    return redirect(url_for(".show", incident_id=incident_id), 303)


def _page(incident: Incident, form: NoteForm, open_form: OpenForm) -> str:
    now, by_id = clock.now(), me().id
    openings = [
        (
            each,
            each.agreed_at is None and may_agree(by_id, each.asked_by_id, each.asked_at, now),
            is_open_to(by_id, each.asked_by_id, each.agreed_by_id, each.agreed_at, now),
        )
        for each in queries.openings(incident.id)
    ]
    return render_template(
        "moderation/breaches/show.html",
        incident=incident,
        shown=[Shown(code).words for code in incident.shown],
        due_at=incident.opened_at + REPORT_WITHIN,
        form=form,
        open_form=open_form,
        openings=openings,
    )


def _opening(opening_id: int) -> EvidenceOpening:
    return queries.opening(_here(), opening_id) or abort(404)


def _here() -> int:
    return my_programme_id() or abort(404)
