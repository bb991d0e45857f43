"""One's group: who it is and why, finding a time, being away, and whether it happened."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.catchups.rounds.forms import MeetingTimeForm
from app.catchups.rounds.operations import meeting
from app.catchups.rounds.operations.meeting import TooManyError
from app.catchups.rounds.queries import groups
from app.catchups.rounds.rules import MOST_OFFERS, Answer
from app.catchups.rounds.views.blueprint import GROUP, bp, in_community, my_group, taking_part
from app.catchups.slots.operations.places import ClashError
from app.catchups.slots.rules import Reader
from app.core import outbox
from app.core.db import transaction
from app.core.web import access

TIME = f"{GROUP}/times/<int(max=2147483647):time_id>"
TOO_MANY = f"There are {MOST_OFFERS} times already. Choose one of them, or take one of yours back."
THANKS = "Thank you. What you answer is not shown to the others."
AGREED = "You have a time. It is on its way to your calendar."
NOTED = "Noted. We tell you when everybody can."
OVER = "This cannot be changed any more."


@bp.get(GROUP)
@access(in_community)
def show(group_id: int) -> str:
    """The group."""
    reader = taking_part()
    shown = my_group(reader, group_id)
    return render_template(
        "catchups/rounds/group.html", shown=shown, times=groups.times_seen(reader, group_id), most=MOST_OFFERS
    )


@bp.route(f"{GROUP}/times/new", methods=["GET", "POST"])
@access(in_community)
def offer_time(group_id: int) -> ResponseReturnValue:
    """Offer the others a time."""
    shown = my_group(taking_part(), group_id)
    form = MeetingTimeForm()
    form.latest = shown.latest
    if not form.validate_on_submit():
        page = render_template("catchups/rounds/offer_time.html", form=form, shown=shown)
        return page, 422 if form.errors else 200
    with transaction() as after:
        reader = _who_can_meet(group_id)
        meeting.offer_time(group_id, reader.member_id, form.span, form.place.data.strip())
        after.append(outbox.wake)
    return _done(group_id, "The time is offered. We tell you when everybody can.")


@bp.post(f"{TIME}/yes")
@access(in_community)
def say_yes(group_id: int, time_id: int) -> ResponseReturnValue:
    """Be able to come at a time."""
    with transaction() as after:
        agreed = meeting.say_yes(group_id, time_id, _who_can_meet(group_id).member_id)
        after.append(outbox.wake)
    return _done(group_id, AGREED if agreed else NOTED)


@bp.post(f"{TIME}/no")
@access(in_community)
def say_no(group_id: int, time_id: int) -> ResponseReturnValue:
    """Not be able to come after all; take one's own offer back."""
    with transaction():
        meeting.say_no(group_id, time_id, _who_can_meet(group_id).member_id)
    return _done(group_id, "Noted.")


@bp.get(f"{GROUP}/drop-time")
@access(in_community)
def confirm_drop_time(group_id: int) -> str:
    """Ask before the agreed time goes."""
    return render_template("catchups/rounds/drop_time.html", shown=my_group(taking_part(), group_id))


@bp.post(f"{GROUP}/drop-time")
@access(in_community)
def drop_time(group_id: int) -> ResponseReturnValue:
    """Give the agreed time up, to find another one."""
    with transaction() as after:
        meeting.drop_time(group_id, _who_can_meet(group_id).member_id)
        after.append(outbox.wake)
    return _done(group_id, "The time is given up, and the others are told. Offer another one if you can.")


@bp.get(f"{GROUP}/away")
@access(in_community)
def confirm_away(group_id: int) -> str:
    """Ask before somebody steps out."""
    return render_template("catchups/rounds/away.html", shown=my_group(taking_part(), group_id))


@bp.post(f"{GROUP}/away")
@access(in_community)
def away(group_id: int) -> ResponseReturnValue:
    """Not be able to meet this time."""
    with transaction() as after:
        reader = taking_part()
        if not my_group(reader, group_id).is_live:
            abort(409, OVER)
        meeting.step_out(group_id, reader.member_id)
        after.append(outbox.wake)
    return _done(group_id, "Thank you for saying so. The others are told that you cannot meet this time, and not why.")


@bp.get(f"{GROUP}/happened")
@access(in_community)
def happened(group_id: int) -> str:
    """Did it happen? Opening the page answers nothing."""
    return render_template("catchups/rounds/happened.html", shown=my_group(taking_part(), group_id))


@bp.post(f"{GROUP}/happened")
@access(in_community)
def say_whether(group_id: int) -> ResponseReturnValue:
    """Keep what one person says."""
    answer = request.form.get("answer", "")
    if answer not in {each.value for each in Answer}:
        abort(422, "Choose one of the two answers.")
    with transaction():
        reader = taking_part()
        if not my_group(reader, group_id).can_answer:
            abort(409, OVER)
        meeting.say_whether(group_id, reader.member_id, Answer(answer))
    return _done(group_id, THANKS)


@bp.errorhandler(ClashError)
def clashes(error: ClashError) -> ResponseReturnValue:
    """Nobody is in two places at once: say what the other thing is, and lead there."""
    group_id = (request.view_args or {})["group_id"]
    return render_template("catchups/rounds/clash.html", clash=error.clash, group_id=group_id), 409


@bp.errorhandler(TooManyError)
def too_many(_error: TooManyError) -> ResponseReturnValue:
    """Say so on the page of the group."""
    return _done((request.view_args or {})["group_id"], TOO_MANY, "error")


def _who_can_meet(group_id: int) -> Reader:
    """Whoever asks, if there is (still) somebody for them to meet in this group."""
    reader = taking_part()
    if not my_group(reader, group_id).can_meet:
        abort(409, OVER)
    return reader


def _done(group_id: int, words: str, category: str = "success") -> ResponseReturnValue:
    flash(words, category)
    return redirect(url_for(".show", group_id=group_id), 303)
