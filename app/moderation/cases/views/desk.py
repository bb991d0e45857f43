"""Beside the queue: independent reviewers, canned replies, the rota, one's own actions, people."""

from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries as accounts
from app.core import clock, outbox
from app.core.db import transaction
from app.core.web import access
from app.moderation.cases.forms.deciding import ActForm, InviteForm
from app.moderation.cases.forms.desk import WEEKDAYS, ReplyForm, TurnForm
from app.moderation.cases.models import CannedReply, ModerationCase
from app.moderation.cases.operations import acting, arranging, desk, penalties
from app.moderation.cases.operations.arranging import NobodyElseError
from app.moderation.cases.operations.deciding import WrongVerdictError
from app.moderation.cases.operations.desk import TitleTakenError
from app.moderation.cases.queries import desk as found
from app.moderation.cases.queries import one, people, queue
from app.moderation.cases.queries.desk import Standing
from app.moderation.cases.views.blueprint import ID, bp, here, on_desk, programme_id
from app.moderation.cases.views.queue import SOON_AFTER

ARRANGE = f"/independent/{ID('case_id')}"
REPLY = f"/replies/{ID('reply_id')}"
PERSON = f"/people/{ID('member_id')}"


@bp.get("/independent")
@access(on_desk)
def independent() -> str:
    """Cases that somebody from outside decides: that there are some, and nothing more."""
    return render_template("moderation/independent.html", cases=queue.to_arrange(here()), now=clock.now())


@bp.get(ARRANGE)
@access(on_desk)
def arrange(case_id: int) -> str:
    """Ask who could be asked."""
    case = _to_arrange(case_id)
    return _arrange_page(case, InviteForm.of(people.could_be_invited(case)))


@bp.post(ARRANGE)
@access(on_desk)
def invite(case_id: int) -> ResponseReturnValue:
    """Ask somebody from outside."""
    case = _to_arrange(case_id)
    form = InviteForm.of(people.could_be_invited(case))
    if not form.validate():
        return _arrange_page(case, form), 422
    with transaction() as after:
        arranging.invite(_to_arrange(case_id), form.member.data, by_id=here().member_id)
        after.append(outbox.wake)
    flash("They have been asked, and can see this one case.", "success")
    return redirect(url_for(".independent"), 303)


@bp.post(f"{ARRANGE}/at-home")
@access(on_desk)
def at_home(case_id: int) -> ResponseReturnValue:
    """Nobody from outside can be asked: let the leads decide."""
    try:
        with transaction() as after:
            arranging.decide_at_home(_to_arrange(case_id), by_id=here().member_id)
            after.append(outbox.wake)
    except NobodyElseError:
        abort(409, "Somebody from outside can decide this. Ask them first.")
    flash("The programme leads have been asked to decide it.", "success")
    return redirect(url_for(".independent"), 303)


@bp.get("/replies")
@access(on_desk)
def replies() -> str:
    """Words that are used again and again."""
    return render_template("moderation/replies.html", replies=one.replies(programme_id()))


@bp.route("/replies/new", methods=["GET", "POST"])
@access(on_desk)
def new_reply() -> ResponseReturnValue:
    """Write one."""
    return _save_reply(None, ReplyForm())


@bp.route(REPLY, methods=["GET", "POST"])
@access(on_desk)
def edit_reply(reply_id: int) -> ResponseReturnValue:
    """Change one."""
    reply = _reply(reply_id)
    return _save_reply(reply, ReplyForm(title=reply.title, outcome=reply.outcome or "", words=reply.words))


@bp.post(f"{REPLY}/remove")
@access(on_desk)
def remove_reply(reply_id: int) -> ResponseReturnValue:
    """Offer one no longer."""
    with transaction():
        desk.remove_reply(_reply(reply_id), by_id=here().member_id)
    flash("The reply is removed. What was sent with it stays.", "success")
    return redirect(url_for(".replies"), 303)


@bp.get("/rota")
@access(on_desk)
def rota() -> str:
    """Who is there when, and who is called."""
    return _rota_page(TurnForm.of(found.could_take_turns(programme_id())))


@bp.post("/rota")
@access(on_desk)
def add_turn() -> ResponseReturnValue:
    """Add somebody's hours."""
    form = TurnForm.of(found.could_take_turns(programme_id()))
    if not form.validate():
        return _rota_page(form), 422
    with transaction():
        desk.add_turns(programme_id(), form.hours(), by_id=here().member_id)
    flash("The rota is saved.", "success")
    return redirect(url_for(".rota"), 303)


@bp.post(f"/rota/{ID('turn_id')}/remove")
@access(on_desk)
def remove_turn(turn_id: int) -> ResponseReturnValue:
    """Take hours off the rota."""
    with transaction():
        desk.remove_turn(programme_id(), turn_id, by_id=here().member_id)
    flash("The rota is saved.", "success")
    return redirect(url_for(".rota"), 303)


@bp.get("/actions")
@access(on_desk)
def actions() -> str:
    """What one has done; for leads, what everybody has."""
    who, everybody = here(), request.args.get("whose") == "all"
    rows, following = found.actions(who, request.args.get("after", type=int), everybody=everybody)
    return render_template(
        "moderation/actions.html",
        rows=rows,
        following=following,
        everybody=everybody and who.leads,
        who=who,
        is_first="after" not in request.args,
    )


@bp.get("/people", endpoint="people")
@access(on_desk)
def people_page() -> str:
    """Find somebody, to see how they stand."""
    words = "".join(each for each in request.args.get("q", "").strip()[:100] if each.isprintable())
    page = accounts.people(programme_id(), words, request.args.get("page", 1, type=int))
    return render_template("moderation/people.html", page=page, words=words)


@bp.get(PERSON)
@access(on_desk)
def person(member_id: int) -> str:
    """How a member stands: what is in force, and what was before."""
    return _person_page(_standing(member_id), ActForm.blank())


@bp.post(PERSON)
@access(on_desk)
def act(member_id: int) -> ResponseReturnValue:
    """Warn, silence or suspend a member."""
    standing, form = _standing(member_id), ActForm.blank()
    if not form.validate():
        return _person_page(standing, form), 422
    try:
        with transaction() as after:
            decided = acting.act(_standing(member_id).member, form.account.data.strip(), form.verdict(), here())
            decision_id = decided.id
            after.append(partial(outbox.wake, SOON_AFTER))
    except WrongVerdictError as wrong:
        form.form_errors.append(str(wrong))
        return _person_page(_standing(member_id), form), 422
    return redirect(url_for(".index", decided=decision_id), 303)


@bp.post(f"{PERSON}/lift")
@access(on_desk)
def lift(member_id: int) -> ResponseReturnValue:
    """End a silence or suspension before its time."""
    with transaction() as after:
        member = _standing(member_id).member
        done = penalties.lift(member.id, programme_id(), by_id=here().member_id, after=after)
        after.append(outbox.wake)
    flash("They can take part again, and have been told." if done else "Nothing is in force.", "success")
    return redirect(url_for(".person", member_id=member_id), 303)


def _to_arrange(case_id: int) -> ModerationCase:
    return queue.one_to_arrange(here(), case_id) or abort(404)


def _reply(reply_id: int) -> CannedReply:
    return found.reply(programme_id(), reply_id) or abort(404)


def _standing(member_id: int) -> Standing:
    return found.standing(here(), member_id) or abort(404)


def _arrange_page(case: ModerationCase, form: InviteForm) -> str:
    return render_template("moderation/arrange.html", case=case, form=form, now=clock.now())


def _rota_page(form: TurnForm) -> str:
    staffed = people.is_staffed(programme_id(), clock.now())
    return render_template(
        "moderation/rota.html", turns=found.rota(programme_id()), form=form, days=WEEKDAYS, staffed=staffed
    )


def _person_page(standing: Standing, form: ActForm) -> str:
    return render_template("moderation/person.html", standing=standing, member=standing.member, form=form)


def _save_reply(reply: CannedReply | None, form: ReplyForm) -> ResponseReturnValue:
    reply_id = reply.id if reply else None
    if not form.validate_on_submit():
        return render_template("moderation/reply.html", form=form, reply=reply), 422 if form.errors else 200
    try:
        with transaction():
            desk.save_reply(
                _reply(reply_id) if reply_id else None,
                programme_id=programme_id(),
                title=form.title.data.strip(),
                outcome=form.outcome_meant,
                words=form.words.data.strip(),
                by_id=here().member_id,
            )
    except TitleTakenError:
        form.title.errors = ["There is a reply of that name already"]
        return render_template("moderation/reply.html", form=form, reply=reply), 422
    flash("The reply is saved.", "success")
    return redirect(url_for(".replies"), 303)
