"""The queue of moderators, and many cases of spam at once."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, outbox
from app.core.db import transaction
from app.core.web import access
from app.moderation.cases.forms.deciding import SpamForm
from app.moderation.cases.operations import claiming, deciding
from app.moderation.cases.operations.claiming import TakenError
from app.moderation.cases.paging import Mark
from app.moderation.cases.queries import one, people, queue
from app.moderation.cases.queries.queue import Wanted
from app.moderation.cases.rules import TIME_TO_UNDO, Lane, Outcome, Reason
from app.moderation.cases.subjects import CannotApplyError
from app.moderation.cases.verdicts import usual
from app.moderation.cases.views.blueprint import bp, here, on_desk, programme_id

HELD = ("", "free", "mine")
SOON_AFTER = TIME_TO_UNDO.total_seconds() + 0.5  # then people are told


@bp.get("")
@access(on_desk)
def index() -> str:
    """What waits, urgent and oldest first."""
    who, wanted = here(), wanted_now()
    return render_template(
        "moderation/queue.html",
        found=queue.stretch(who, wanted, Mark.read(request.args.get("after", ""))),
        counts=queue.counts(who),
        lanes=list(Lane),
        wanted=wanted,
        arranging=len(queue.to_arrange(who)),
        is_first="after" not in request.args,
        staffed=people.is_staffed(programme_id(), clock.now()),
        now=clock.now(),
        done=_undoable(),
        who=who,
    )


@bp.post("/next")
@access(on_desk)
def take_next() -> ResponseReturnValue:
    """Take the first case that nobody has."""
    with transaction():
        who = here()
        case_id = claiming.claim_first(queue.first_ids(who, wanted_now(request.form)), who)
    return to_case(case_id)


@bp.get("/spam")
@access(on_desk)
def spam() -> str:
    """Cases that nothing but spam has brought."""
    return _spam_page(queue.spam(here()), SpamForm())


@bp.post("/spam")
@access(on_desk)
def remove_spam() -> ResponseReturnValue:
    """Show what is chosen, then remove it."""
    form = SpamForm()
    chosen = [each for each in form.cases.data or [] if each > 0]
    if not form.validate() or not chosen:
        flash("Choose what is spam.", "error")
        return _spam_page(queue.spam(here()), form), 422
    if not form.confirm.data:
        return _spam_page(queue.spam(here(), chosen), form, preview=True)
    removed = sum(_remove(case.id, case.version) for case in queue.spam(here(), chosen))
    flash(_words(removed, len(set(chosen))), "success")
    outbox.wake(SOON_AFTER)
    return redirect(url_for(".spam"), 303)


def wanted_now(source: Mapping[str, str] | None = None) -> Wanted:
    """What the filters ask for; anything else is as if nothing was asked."""
    given = source if source is not None else request.args
    lane, held = given.get("lane", ""), given.get("held", "")
    return Wanted(Lane(lane) if lane in set(Lane) else None, held if held in HELD else "")


def to_case(case_id: int | None, **more: Any) -> ResponseReturnValue:  # noqa: ANN401 - parts of an address
    """On to a case, or back to the queue when nothing is left."""
    if case_id is None:
        flash("Nothing else is waiting for you. Thank you.", "success")
        return redirect(url_for("moderation.index", **more), 303)
    return redirect(url_for("moderation.case", case_id=case_id, **more), 303)


def _undoable() -> object:
    decision_id = request.args.get("decided", type=int)
    return one.undoable(here(), decision_id) if decision_id else None


def _spam_page(cases: object, form: SpamForm, *, preview: bool = False) -> str:
    return render_template("moderation/spam.html", cases=cases, form=form, preview=preview)


def _remove(case_id: int, version: int) -> bool:
    """One case in one transaction: that one was taken meanwhile holds up no other."""
    reply = one.reply_for(programme_id(), Outcome.REMOVE)
    try:
        with transaction():
            deciding.decide(case_id, version, usual(Outcome.REMOVE, Reason.SPAM, reply), here())
    except (TakenError, CannotApplyError, deciding.WrongVerdictError):
        return False
    return True


def _words(removed: int, chosen: int) -> str:
    left = chosen - removed
    said = f"{removed} {'was' if removed == 1 else 'were'} removed."
    return f"{said} {left} had been decided or changed meanwhile." if left else said
