"""Pages on which two moderators reveal an alias, and the one on which its author reads of it."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.freshness import ask_again, is_fresh
from app.accounts.models import Member
from app.accounts.rules import Role
from app.core import clock, outbox
from app.core.db import transaction
from app.core.web import access, even_suspended
from app.moderation.aliases import operations, queries, seams
from app.moderation.aliases.forms import AnswerForm, AskForm
from app.moderation.aliases.models import RevealRequest
from app.moderation.aliases.operations import NothingMaskedError, NotTheirsError, NotWaitingError
from app.moderation.aliases.rules import NAME_SHOWN_FOR, RevealReason, RevealState, may_take_part, sees_name

bp = Blueprint("reveals", __name__)

moderates = has_role(Role.MODERATOR, Role.LEAD)
TOO_LATE = "This request was answered, was withdrawn or has lapsed meanwhile."


@bp.get("/moderation/reveals")
@access(moderates)
def index() -> str:
    """The requests of the programme."""
    page = queries.requests(me().id, _here(), request.args.get("page", 1, type=int))
    return render_template("moderation/aliases/index.html", page=page, now=clock.now())


@bp.route("/moderation/reveals/new/<subject_type>/<int(max=2147483647):subject_id>", methods=["GET", "POST"])
@access(moderates)
def ask(subject_type: str, subject_id: int) -> ResponseReturnValue:
    """Ask that an alias is revealed."""
    masked = seams.look_up(subject_type, subject_id)
    if masked is None or masked.programme_id != _here():
        abort(404)
    if not may_take_part(me().id, me().roles_in(_here()), masked.barred_ids):
        abort(404)
    if not is_fresh():
        return ask_again(request.path)
    form = AskForm()
    if not form.validate_on_submit():
        return render_template("moderation/aliases/ask.html", form=form, masked=masked), 422 if form.errors else 200
    return _ask(subject_type, subject_id, form)


@bp.route("/moderation/reveals/<int(max=2147483647):request_id>", methods=["GET", "POST"])
@access(moderates)
def show(request_id: int) -> ResponseReturnValue:
    """A request; agreeing to it; and for a while the name."""
    asked = _found(request_id)
    if not is_fresh() and (request.method == "POST" or _shows_name(asked)):
        return ask_again(request.path)
    form = AnswerForm()
    if form.validate_on_submit():
        return _take_step(lambda by: operations.reveal(request_id, by), request_id, "Revealed. The author is told.")
    return _page(asked, form), 422 if form.errors else 200


@bp.post("/moderation/reveals/<int(max=2147483647):request_id>/refuse")
@access(moderates)
def refuse(request_id: int) -> ResponseReturnValue:
    """Say no as the second person."""
    _found(request_id)
    return _take_step(lambda by: operations.refuse(request_id, by), request_id, "Refused. Nobody learns the name.")


@bp.post("/moderation/reveals/<int(max=2147483647):request_id>/withdraw")
@access(moderates)
def withdraw(request_id: int) -> ResponseReturnValue:
    """Take one's own request back."""
    _found(request_id)
    return _take_step(lambda by: operations.withdraw(request_id, by), request_id, "Withdrawn.")


@bp.get("/me/aliases/<int(max=2147483647):request_id>")
@access(even_suspended)
def told(request_id: int) -> str:
    """What the author of something is told about its reveal."""
    revealed = queries.of_author(me().id, request_id) or abort(404)
    return render_template("moderation/aliases/told.html", revealed=revealed)


def _ask(subject_type: str, subject_id: int, form: AskForm) -> ResponseReturnValue:
    by_id, here = me().id, _here()
    try:
        with transaction() as after:
            made = operations.ask(
                subject_type, subject_id, me(), here, RevealReason(form.reason.data), form.why.data or ""
            )
            after.append(outbox.wake)
    except NothingMaskedError:
        abort(404)
    theirs = queries.request(by_id, here, made)
    mine = theirs is not None and theirs.asked_by_id == by_id
    flash("The other moderators were asked." if mine else "Somebody has asked for this already: you can answer here.")
    return redirect(url_for(".show", request_id=made), 303)


def _take_step(step: Callable[[Member], None], request_id: int, done: str) -> ResponseReturnValue:
    try:
        with transaction() as after:
            step(me())
            after.append(outbox.wake)
    except NotTheirsError as why:
        flash(str(why), "error")
    except NotWaitingError:
        flash(TOO_LATE, "error")
    else:
        flash(done, "success")
    return redirect(url_for(".show", request_id=request_id), 303)


def _page(asked: RevealRequest, form: AnswerForm) -> str:
    named = _shows_name(asked)
    if named:
        with transaction():
            operations.note_seen(asked.id, me().id, asked.programme_id)
    return render_template(
        "moderation/aliases/show.html",
        asked=_found(asked.id),
        form=form,
        named=named,
        hidden_at=asked.answered_at + NAME_SHOWN_FOR if asked.answered_at else None,
        mine=asked.asked_by_id == me().id,
        waits=asked.state is RevealState.ASKED and asked.expires_at > clock.now(),
    )


def _shows_name(asked: RevealRequest) -> bool:
    if asked.state is not RevealState.REVEALED or asked.answered_at is None:
        return False
    return sees_name(me().id, asked.asked_by_id, asked.answered_by_id, asked.answered_at, clock.now())


def _found(request_id: int) -> RevealRequest:
    return queries.request(me().id, _here(), request_id) or abort(404)


def _here() -> int:
    return my_programme_id() or abort(404)
