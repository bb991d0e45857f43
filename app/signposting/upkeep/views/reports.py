"""What looks wrong, what people do not find, what members suggest, and what each organisation has."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me
from app.accounts.queries import organisation as organisation_of
from app.core.db import transaction
from app.core.web import access
from app.signposting.kinds import Reach, Template
from app.signposting.openreferral.queries.listings import fresh, listing_of
from app.signposting.upkeep import checks
from app.signposting.upkeep.forms.entry import EntryForm
from app.signposting.upkeep.operations import editing, looking_after
from app.signposting.upkeep.queries import entries, reports
from app.signposting.upkeep.rules import Verdict
from app.signposting.upkeep.views.blueprint import NUMBER, bp, here, keeps_directory

A_YEAR = timedelta(days=365)


@bp.get("/faults")
@access(keeps_directory)
def faults() -> str:
    """Everything that looks wrong, as `flask directory check` tells it."""
    found = checks.faults(list(entries.to_check(here())), editing.today())
    return render_template("signposting/upkeep/faults.html", faults=found)


@bp.get("/gaps")
@access(keeps_directory)
def gaps() -> str:
    """What people look for and do not find, by need; never words, never anybody."""
    since = editing.today() - A_YEAR
    areas, found = reports.gaps(here(), f"{since:%Y-%m}")
    most = max((gap.not_found for gap in found), default=0)
    return render_template("signposting/upkeep/gaps.html", areas=areas, gaps=found, most=most)


@bp.get("/suggestions")
@access(keeps_directory)
def suggestions() -> str:
    """What members say is wrong."""
    return render_template("signposting/upkeep/suggestions.html", suggestions=reports.suggestions(here()))


@bp.post(f"/suggestions/<{NUMBER}:suggestion_id>")
@access(keeps_directory)
def settle(suggestion_id: int) -> ResponseReturnValue:
    """Say what became of a suggestion."""
    said = request.form.get("verdict", "")
    verdict = Verdict(said) if said in set(Verdict) else abort(422, "Choose what became of it.")
    with transaction():
        suggestion = reports.suggestion(here(), suggestion_id) or abort(404)
        looking_after.settle(suggestion, verdict, by=me().id)
    flash("Thank you. It is off the list.", "success")
    return redirect(url_for(".suggestions"), 303)


@bp.get("/organisations")
@access(keeps_directory)
def organisations() -> str:
    """What each organisation has filled in of what every organisation has."""
    return render_template(
        "signposting/upkeep/organisations.html",
        organisations=entries.organisations(here()),
        templates=reports.templates(),
        filled=reports.filled(here()),
    )


@bp.route(f"/organisations/<{NUMBER}:organisation_id>/<kind>", methods=["GET", "POST"])
@access(keeps_directory)
def fill(organisation_id: int, kind: str) -> ResponseReturnValue:
    """Fill in what an organisation has, beginning with what is said in general."""
    organisation = organisation_of(here(), organisation_id) or abort(404)
    template = reports.templates().get(Template(kind)) if kind in set(Template) else None
    template = fresh((template or abort(404)).id)
    own = editing.own_entry(organisation_id, template.template)
    if own is not None:
        return redirect(url_for(".edit", service_id=own.id))
    name = f"{template.name}, {organisation.name}"[:200]
    start = replace(listing_of(template), uuid=str(uuid4()), name=name, reach=Reach.ORGANISATION, phones=(), hours=())
    form = EntryForm.of(None, start, entries.keepers(here()))
    if not form.validate_on_submit() or form.preview.data:
        status = 422 if form.errors else 200
        return render_template("signposting/upkeep/edit.html", service=None, form=form, preview=None), status
    with transaction():
        template = fresh(template.id)
        organisation = organisation_of(here(), organisation_id) or abort(404)
        editing.fill_template(template, organisation, form.draft(), by=me().id)
    flash(f"{organisation.name} has it now, and its people see it.", "success")
    return redirect(url_for(".organisations"), 303)
