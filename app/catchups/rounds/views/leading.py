"""Rounds for leads: opening, closing, calling off, the timetable. They see figures, and never who meets whom."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me
from app.catchups.rounds.forms import OpenRoundForm, TimetableForm
from app.catchups.rounds.models import Round
from app.catchups.rounds.operations import opening
from app.catchups.rounds.operations.opening import NotOpenError
from app.catchups.rounds.queries import standing
from app.catchups.rounds.rules import CADENCES
from app.catchups.rounds.views.blueprint import ONE, leading, leads
from app.core import outbox
from app.core.db import transaction
from app.core.web import access
from app.programme.current import led

ONE_IS_OPEN = "A round is open already. Close it first, or call it off."


@leads.get("/rounds")
@access(leading)
def index() -> str:
    """The rounds of the programme, and when they open by themselves."""
    programme_id = led().id
    found = standing.open_round_of(programme_id)
    return render_template(
        "catchups/rounds/lead/index.html",
        page=standing.rounds_led(programme_id, request.args.get("page", 1, type=int)),
        open_round=found,
        signed_up=standing.signed_up(found) if found else None,
        timetable=standing.timetable_of(programme_id),
        cadences=CADENCES,
    )


@leads.route("/rounds/new", methods=["GET", "POST"])
@access(leading)
def new() -> ResponseReturnValue:
    """Open a round."""
    form, programme_id = OpenRoundForm(), led().id
    if not form.validate_on_submit():
        return render_template("catchups/rounds/lead/new.html", form=form), 422 if form.errors else 200
    with transaction() as after:
        opened = opening.open_round(programme_id, form.plan, by=me().id)
        after.append(outbox.wake)
    return _done("The round is open. Whoever takes part regularly is told.") if opened else _done(ONE_IS_OPEN, "error")


@leads.route("/rounds/timetable", methods=["GET", "POST"])
@access(leading)
def timetable() -> ResponseReturnValue:
    """When rounds open by themselves."""
    programme_id = led().id
    kept = standing.timetable_of(programme_id)
    form = TimetableForm(obj=kept)
    if not form.validate_on_submit():
        page = render_template("catchups/rounds/lead/timetable.html", form=form, kept=kept)
        return page, 422 if form.errors else 200
    with transaction():
        opening.keep_timetable(programme_id, form.draft, by=me().id)
    return _done("Rounds open by themselves from now on.")


@leads.post("/rounds/timetable/stop")
@access(leading)
def stop_timetable() -> ResponseReturnValue:
    """Let no more rounds open by themselves."""
    programme_id = led().id
    with transaction():
        opening.stop_timetable(programme_id, by=me().id)
    return _done("No more rounds open by themselves. One that is open goes on.")


@leads.get(f"{ONE}/close")
@access(leading)
def confirm_close(round_id: int) -> str:
    """Ask before sign-up ends early."""
    return render_template("catchups/rounds/lead/close.html", round=_led(round_id))


@leads.post(f"{ONE}/close")
@access(leading)
def close(round_id: int) -> ResponseReturnValue:
    """End sign-up now."""
    with transaction() as after:
        opening.close_now(_led(round_id).id, by=me().id)
        after.append(outbox.wake)
    return _done("Sign-up is closed. People are told their groups in a moment.")


@leads.get(f"{ONE}/call-off")
@access(leading)
def confirm_call_off(round_id: int) -> str:
    """Ask before a round is called off."""
    return render_template("catchups/rounds/lead/call_off.html", round=_led(round_id))


@leads.post(f"{ONE}/call-off")
@access(leading)
def call_off(round_id: int) -> ResponseReturnValue:
    """Call an open round off."""
    with transaction() as after:
        opening.call_off(_led(round_id).id, by=me().id)
        after.append(outbox.wake)
    return _done("The round is called off. Whoever was in it is told.")


@leads.errorhandler(NotOpenError)
def not_open(_error: NotOpenError) -> ResponseReturnValue:
    """Say that it is too late."""
    return _done("Sign-up of this round has closed already.", "error")


def _led(round_id: int) -> Round:
    return standing.round_led(led().id, round_id) or abort(404)


def _done(words: str, category: str = "success") -> ResponseReturnValue:
    flash(words, category)
    return redirect(url_for("lead_rounds.index"), 303)
