"""What a member gets mail about, and when."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me
from app.core import clock
from app.core.db import transaction
from app.core.web import access, even_suspended
from app.notifications import kinds, queries
from app.notifications.forms import MailForm, QuietForm, ReminderForm, ShiftForm
from app.notifications.operations import preferences
from app.notifications.operations.preferences import MOST, NoRoomError, TooManyError
from app.notifications.quiet import DAYS
from app.notifications.rules import Kind, before_words

bp = Blueprint("notification_preferences", __name__, url_prefix="/me/notifications")

TOO_MANY = f"You have entered {MOST} already. Remove one that you no longer need"


@bp.route("", methods=["GET", "POST"])
@access(even_suspended)
def index() -> ResponseReturnValue:
    """A delivery for each kind of notice, and the way to everything else."""
    member_id = me().id
    mine = _kinds()
    form = MailForm.of(mine, queries.choices(member_id))
    if form.validate_on_submit():
        with transaction():
            preferences.choose(member_id, form.choices())
        flash("Your choices are saved.", "success")
        return redirect(url_for(".index"), 303)
    always = [kind for kind in mine if len(kind.deliveries) == 1]
    minutes = [before_words(before) for before in queries.reminder_minutes([member_id])[member_id]]
    return _page("preferences", form, always=always, reminders=minutes, **_quiet(member_id))


@bp.route("/quiet", methods=["GET", "POST"])
@access(even_suspended)
def quiet() -> ResponseReturnValue:
    """Quiet times of every week."""
    form, member_id = QuietForm(), me().id
    if form.validate_on_submit():
        try:
            with transaction():
                preferences.add_windows(member_id, form.days.data, *form.times())
        except NoRoomError:
            form.ends.errors = ["This leaves no hour in the week for email. To stop email, turn it off instead"]
        except TooManyError:
            form.days.errors = [TOO_MANY]
        else:
            flash("The quiet time was added.", "success")
            return redirect(url_for(".quiet"), 303)
    return _page("quiet", form, **_quiet(member_id))


@bp.post("/quiet/<int(max=2147483647):window_id>/remove")
@access(even_suspended)
def remove_quiet(window_id: int) -> ResponseReturnValue:
    """Remove a quiet time."""
    member_id = me().id
    with transaction():
        preferences.remove_window(member_id, window_id) or abort(404)
    flash("The quiet time was removed.", "success")
    return redirect(url_for(".quiet"), 303)


@bp.route("/shifts", methods=["GET", "POST"])
@access(even_suspended)
def shifts() -> ResponseReturnValue:
    """Shifts that quiet hours follow."""
    form, member_id = ShiftForm(clock.london(clock.now()).date()), me().id
    if form.validate_on_submit():
        try:
            with transaction():
                preferences.add_shifts(member_id, form.shifts())
        except TooManyError:
            form.first_day.errors = [TOO_MANY]
        else:
            flash("Your shifts were added.", "success")
            return redirect(url_for(".shifts"), 303)
    return _page("shifts", form, **_quiet(member_id))


@bp.post("/shifts/<int(max=2147483647):shift_id>/remove")
@access(even_suspended)
def remove_shift(shift_id: int) -> ResponseReturnValue:
    """Remove an entry of shifts."""
    member_id = me().id
    with transaction():
        preferences.remove_shift(member_id, shift_id) or abort(404)
    flash("The shifts were removed.", "success")
    return redirect(url_for(".shifts"), 303)


@bp.route("/reminders", methods=["GET", "POST"])
@access(even_suspended)
def reminders() -> ResponseReturnValue:
    """How long before a booking to be reminded of it."""
    member_id = me().id
    form = ReminderForm.of(queries.reminder_minutes([member_id])[member_id])
    if form.validate_on_submit():
        with transaction():
            preferences.set_reminders(member_id, form.minutes())
        flash("Your reminders are saved.", "success")
        return redirect(url_for(".index"), 303)
    return _page("reminders", form)


def _kinds() -> list[Kind]:
    roles = {grant.role for grant in me().grants}
    return [kind for kind in kinds.every() if kind.concerns(roles)]


def _quiet(member_id: int) -> dict[str, object]:
    return {"windows": queries.windows(member_id), "shifts": queries.shifts(member_id), "days": DAYS}


def _page(template: str, form: MailForm | QuietForm | ShiftForm | ReminderForm, **shown: object) -> ResponseReturnValue:
    return render_template(f"notifications/{template}.html", form=form, **shown), 422 if form.errors else 200
