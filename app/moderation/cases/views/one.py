"""One case: what was said, and the decision."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, outbox
from app.core.db import transaction
from app.core.web import access, signed_in
from app.moderation.cases.forms.deciding import DecideForm, NoteForm, read_version
from app.moderation.cases.operations import claiming, deciding, desk
from app.moderation.cases.operations.claiming import TakenError
from app.moderation.cases.operations.deciding import TooLateError, WrongVerdictError
from app.moderation.cases.queries import one, queue
from app.moderation.cases.queries.one import Shown
from app.moderation.cases.queries.queue import Wanted
from app.moderation.cases.queries.scope import Reviewer
from app.moderation.cases.rulebook import BY_CODE
from app.moderation.cases.rules import Outcome
from app.moderation.cases.subjects import CannotApplyError
from app.moderation.cases.verdicts import Verdict, usual
from app.moderation.cases.views.blueprint import CASE, bp, here, seen
from app.moderation.cases.views.queue import SOON_AFTER, to_case, wanted_now

MOVED_ON = "Somebody else has this case, or something new has come in. Look at it again before you decide."


@bp.get(CASE, endpoint="case")
@access(signed_in)
def show(case_id: int) -> str:
    """Everything about a case on one page."""
    who = here()
    shown = seen(who, case_id)
    return _page(who, shown, DecideForm.of(shown))


@bp.post(f"{CASE}/claim")
@access(signed_in)
def claim(case_id: int) -> ResponseReturnValue:
    """Take it."""
    with transaction():
        who = here()
        seen(who, case_id)
        claiming.claim(case_id, who)
    return to_case(case_id)


@bp.post(f"{CASE}/release")
@access(signed_in)
def release(case_id: int) -> ResponseReturnValue:
    """Put it back into the queue."""
    with transaction():
        claiming.release(case_id, here())
    return redirect(url_for(".index"), 303)


@bp.post(f"{CASE}/decide")
@access(signed_in)
def decide(case_id: int) -> ResponseReturnValue:
    """Decide in full."""
    who = here()
    shown = seen(who, case_id)
    form = DecideForm.of(shown)
    if not form.validate():
        return _page(who, shown, form), 422
    try:
        return _decide(case_id, form.seen_version, form.verdict())
    except (WrongVerdictError, CannotApplyError) as wrong:
        form.form_errors.append(str(wrong))
        return _page(here(), seen(here(), case_id), form), 422


@bp.post(f"{CASE}/quick")
@access(signed_in)
def quick(case_id: int) -> ResponseReturnValue:
    """Decide with one key: the usual ground, and the words that the moderators keep for it."""
    shown = seen(here(), case_id)
    outcome = request.form.get("outcome", "")
    if outcome not in {possible for _key, possible in shown.keys}:
        abort(422)
    reply = one.reply_for(shown.case.programme_id, Outcome(outcome))
    try:
        return _decide(case_id, read_version(request.form.get("version")), usual(Outcome(outcome), shown.reason, reply))
    except (WrongVerdictError, CannotApplyError) as wrong:
        flash(str(wrong), "error")
        return to_case(case_id)


@bp.post(f"{CASE}/notes")
@access(signed_in)
def note(case_id: int) -> ResponseReturnValue:
    """Keep a private note."""
    who, form = here(), NoteForm()
    shown = seen(who, case_id)
    if not form.validate():
        return _page(who, shown, DecideForm.of(shown), form), 422
    with transaction():
        desk.note(seen(here(), case_id).case, form.note.data.strip(), by_id=who.member_id)
    flash("The note is kept.", "success")
    return to_case(case_id)


@bp.post("/decisions/<int(max=2147483647):decision_id>/undo")
@access(signed_in)
def undo(decision_id: int) -> ResponseReturnValue:
    """Take one's own decision back before anybody is told."""
    with transaction():
        case_id = deciding.undo(decision_id, here()).id
    flash("The decision is undone. Nobody was told.", "success")
    return to_case(case_id)


@bp.errorhandler(TakenError)
def taken(_error: TakenError) -> ResponseReturnValue:
    """Say that somebody was faster."""
    case_id = (request.view_args or {}).get("case_id")
    flash(MOVED_ON, "error")
    visible = case_id is not None and one.shown(here(), case_id) is not None
    return to_case(case_id) if visible else redirect(url_for(".index"), 303)


@bp.errorhandler(TooLateError)
def too_late(_error: TooLateError) -> ResponseReturnValue:
    """Say that people are being told."""
    flash("It is too late to undo this: people are being told. You can open the case and write a note.", "error")
    return redirect(url_for(".index"), 303)


def _decide(case_id: int, version: int, verdict: Verdict) -> ResponseReturnValue:
    """Decide, and take the next case of the same filters in the same breath."""
    wanted = wanted_now(request.form)
    with transaction() as after:
        who = here()
        decision_id = deciding.decide(case_id, version, verdict, who).id
        following = claiming.claim_first(queue.first_ids(who, wanted, besides=case_id), who)
        after.append(partial(outbox.wake, SOON_AFTER))
    more: dict[str, Any] = {"decided": decision_id, **_chosen(wanted)}
    if following is None:
        return redirect(url_for(".index", **more), 303)
    return to_case(following, **more)


def _chosen(wanted: Wanted) -> dict[str, str]:
    return {"lane": wanted.lane.value} if wanted.lane else {}


def _page(who: Reviewer, shown: Shown, form: DecideForm, note_form: NoteForm | None = None) -> str:
    decided = request.args.get("decided", type=int)
    return render_template(
        "moderation/case.html",
        who=who,
        shown=shown,
        case=shown.case,
        form=form,
        note_form=note_form or NoteForm(formdata=None),
        replies=one.replies(shown.case.programme_id),
        rules=BY_CODE,
        done=one.undoable(who, decided) if decided else None,
        wanted=wanted_now(),
        now=clock.now(),
        mine=shown.case.claimed_by_id == who.member_id,
    )
