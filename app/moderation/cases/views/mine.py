"""For members, even suspended ones: what was decided about them, and asking somebody else to look again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me
from app.core import outbox
from app.core.db import transaction
from app.core.web import access, even_suspended, public
from app.moderation.cases import answers, verdicts
from app.moderation.cases.forms.telling import AppealForm
from app.moderation.cases.models import Decision
from app.moderation.cases.operations import appealing
from app.moderation.cases.operations.appealing import CannotAppealError
from app.moderation.cases.queries import mine
from app.moderation.cases.queries.mine import Mine
from app.moderation.cases.rulebook import BY_CODE
from app.moderation.cases.subjects import OWN_WORDS
from app.moderation.cases.verdicts import Ground
from app.moderation.cases.views.blueprint import ID, members

DECISION = f"/mine/{ID('decision_id')}"
ANSWER = "/answers/<token>"


@members.get("/mine")
@access(even_suspended)
def own() -> str:
    """Decisions about oneself, and what one has told moderators."""
    after, reported = request.args.get("after", type=int), request.args.get("show") == "reports"
    rows = mine.reports(me().id, after) if reported else mine.decisions(me().id, after)
    return render_template(
        "moderation/mine.html", rows=rows, reported=reported, is_first=after is None, title_of=_title
    )


@members.get(DECISION)
@access(even_suspended)
def decision(decision_id: int) -> str:
    """What was decided, why, and how to appeal."""
    return _page(_mine(decision_id), AppealForm())


@members.post(f"{DECISION}/appeal")
@access(even_suspended)
def appeal(decision_id: int) -> ResponseReturnValue:
    """Ask somebody else to look again."""
    found, form = _mine(decision_id), AppealForm()
    if not form.validate():
        return _page(found, form), 422
    try:
        with transaction() as after:
            appealing.appeal(_mine(decision_id).decision, form.words.data.strip(), by_id=me().id)
            after.append(outbox.wake)
    except CannotAppealError as refused:
        flash(f"{refused}.", "error")
    else:
        flash("Somebody who had no part in the decision looks at it again.", "success")
    return redirect(url_for(".decision", decision_id=decision_id), 303)


@members.get(ANSWER)
@access(public)
def answer(token: str) -> str:
    """The answer to a complaint, for whoever has the address from our mail."""
    return _answer_page(token, AppealForm())


@members.post(ANSWER)
@access(public)
def ask_again(token: str) -> ResponseReturnValue:
    """A visitor asks that somebody else looks at their complaint."""
    form = AppealForm()
    if not form.validate():
        return _answer_page(token, form), 422
    try:
        with transaction() as after:
            concern, answered = mine.answered(answers.read(token) or 0) or abort(404)
            appealing.ask_again(concern, form.words.data.strip(), answered or abort(409))
            after.append(outbox.wake)
    except CannotAppealError as refused:
        flash(f"{refused}.", "error")
    else:
        flash("Somebody who had no part in the answer looks at it again. We write to you.", "success")
    return redirect(url_for(".answer", token=token), 303)


def _mine(decision_id: int) -> Mine:
    return mine.decision(me().id, decision_id) or abort(404)


def _page(found: Mine, form: AppealForm) -> str:
    return render_template(
        "moderation/decision.html",
        found=found,
        decision=found.decision,
        title_of=_title,
        ground=Ground(found.decision.ground).words,
        rule=BY_CODE.get(found.decision.rule or ""),
        refused=appealing.cannot_appeal(found.decision),
        form=form,
    )


def _title(decision: Decision) -> str:
    about_words = decision.case.subject_type != OWN_WORDS
    return verdicts.title(decision.outcome, decision.measure, about_words=about_words)


def _answer_page(token: str, form: AppealForm) -> str:
    concern, answered = mine.answered(answers.read(token) or 0) or abort(404)
    asked = answered is not None and mine.appealed(answered.id)
    return render_template(
        "moderation/answer.html", concern=concern, answered=answered, asked=asked, form=form, token=token
    )
