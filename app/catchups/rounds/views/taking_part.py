"""Where one stands with rounds: taking part, sitting one out, pausing, leaving, a second match."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.catchups.rounds.forms import PauseForm, TakePartForm
from app.catchups.rounds.operations import second
from app.catchups.rounds.operations import taking_part as operations
from app.catchups.rounds.operations.opening import NotOpenError
from app.catchups.rounds.queries import due, groups, standing
from app.catchups.rounds.rules import CADENCES
from app.catchups.rounds.views.blueprint import NOT_TRUSTED, TOO_LATE, bp, here, in_community, taking_part
from app.core import outbox
from app.core.clock import day_words
from app.core.db import transaction
from app.core.web import access

IN_NOW = "You are in the round. We tell you when it is paired."
IN_NEXT = "You take part from the next round on. We tell you when it opens."
LOOKING = "We look for somebody else, and tell you when we have found them."


@bp.get("")
@access(in_community)
def index() -> str:
    """The open round, one's groups, and how one takes part."""
    reader = here()
    return render_template(
        "catchups/rounds/index.html",
        reader=reader,
        standing=standing.standing(reader),
        cadences=CADENCES,
        not_trusted=NOT_TRUSTED,
    )


@bp.get("/earlier")
@access(in_community)
def earlier() -> str:
    """One's groups in rounds that are finished."""
    page = groups.earlier(taking_part(), request.args.get("page", 1, type=int))
    return render_template("catchups/rounds/earlier.html", page=page)


@bp.route("/take-part", methods=["GET", "POST"])
@access(in_community)
def choose() -> ResponseReturnValue:
    """How often, and whom one would like to meet."""
    now = standing.standing(taking_part())
    kept = {"cadence": now.taker.cadence, "prefers": now.taker.prefers} if now.taker else {}
    form = TakePartForm.offering(once=now.open_round is not None and now.taker is None, **kept)
    if not form.validate_on_submit():
        page = render_template("catchups/rounds/take_part.html", form=form, taker=now.taker)
        return page, 422 if form.errors else 200
    with transaction():
        in_one = operations.take_part(taking_part(), form.cadence.data, form.preferences)
    if now.taker:
        return _done("Your choices are saved.")
    return _done(IN_NOW if in_one else IN_NEXT)


@bp.post("/join")
@access(in_community)
def join() -> ResponseReturnValue:
    """Be in the open round (again)."""
    with transaction():
        operations.join(taking_part())
    return _done(IN_NOW)


@bp.post("/sit-out")
@access(in_community)
def sit_out() -> ResponseReturnValue:
    """Miss the open round."""
    with transaction():
        operations.sit_out(taking_part())
    return _done("You are not in this round. You can join it again until sign-up closes.")


@bp.route("/pause", methods=["GET", "POST"])
@access(in_community)
def pause() -> ResponseReturnValue:
    """Miss rounds until a day."""
    form = PauseForm()
    if not form.validate_on_submit():
        return render_template("catchups/rounds/pause.html", form=form), 422 if form.errors else 200
    with transaction():
        operations.pause(taking_part(), form.until.data)  # type: ignore[arg-type]
    return _done(f"You pause. You are back on {day_words(form.until.data)}.")  # type: ignore[arg-type]


@bp.post("/resume")
@access(in_community)
def resume() -> ResponseReturnValue:
    """End the pause."""
    with transaction():
        operations.resume(taking_part())
    return _done("You are back. If a round is open, you can join it.")


@bp.get("/leave")
@access(in_community)
def confirm_leave() -> str:
    """Ask before somebody leaves."""
    return render_template("catchups/rounds/leave.html", standing=standing.standing(taking_part()))


@bp.post("/leave")
@access(in_community)
def leave() -> ResponseReturnValue:
    """Take part no more."""
    with transaction():
        operations.leave(taking_part())
    return _done("You take part in no more rounds. You are welcome back at any time.")


@bp.post("/<int(max=2147483647):round_id>/look")
@access(in_community)
def look(round_id: int) -> ResponseReturnValue:
    """Look for a second match."""
    with transaction() as after:
        reader = taking_part()
        round_ = standing.round_to_look_in(reader, round_id) or abort(404)
        due.held(round_.id)
        second.look(round_, reader.member_id)
        after.append(outbox.wake)
    return _done(LOOKING)


@bp.post("/<int(max=2147483647):round_id>/stop-looking")
@access(in_community)
def stop_looking(round_id: int) -> ResponseReturnValue:
    """Look no more."""
    with transaction():
        reader = taking_part()
        round_ = standing.round_to_look_in(reader, round_id) or abort(404)
        second.stop_looking(round_, reader.member_id)
    return _done("We do not look any more.")


@bp.errorhandler(NotOpenError)
def not_open(_error: NotOpenError) -> ResponseReturnValue:
    """Say that it is too late, on the first page of rounds."""
    return _done(TOO_LATE, "error")


def _done(words: str, category: str = "success") -> ResponseReturnValue:
    flash(words, category)
    return redirect(url_for(".index"), 303)
