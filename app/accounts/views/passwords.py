"""Choosing a new password: after forgetting the old one, or knowing it."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password, login_user, verify_password

from app.accounts import links, queries
from app.accounts.current import me
from app.accounts.forms import ChangeForm, ChooseForm, ForgottenForm
from app.accounts.models import Member
from app.accounts.operations import profile
from app.core import outbox
from app.core.db import db, transaction
from app.core.web import access, even_suspended, public

bp = Blueprint("passwords", __name__)


@bp.after_request
def _keep_nothing(response: Response) -> Response:
    """The next person at a ward computer must not find a page with a link that works."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("/forgotten-password", methods=["GET", "POST"])
@access(public)
def forgotten() -> ResponseReturnValue:
    """Ask for a link. The answer, and how long it takes, are the same for every address."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 422 if form.errors else 200
    with transaction() as after:
        profile.ask_for_reset(form.email.data)
        after.append(outbox.wake)
    return redirect(url_for(".asked"))


@bp.get("/forgotten-password/sent")
@access(public)
def asked() -> str:
    """What happens now."""
    return render_template("accounts/forgotten_sent.html", hours=int(links.RESET_LIFE.total_seconds() // 3600))


@bp.route("/forgotten-password/<token>", methods=["GET", "POST"])
@access(public)
def choose(token: str) -> ResponseReturnValue:
    """Choose a new password by the link from the mail. Opening it spends nothing."""
    member = _member_of(token)
    if member is None:
        return _ended()
    form = ChooseForm()
    form.about_them = (member.name, member.email)
    if not form.validate_on_submit():
        return render_template("accounts/choose_password.html", form=form), 422 if form.errors else 200
    hashed = hash_password(form.password.data)
    with transaction() as after:
        member = _member_of(token, held=True)
        if member is not None:
            profile.change_password(member, hashed, after)
            after.append(outbox.wake)
    if member is None:  # another click was faster
        return _ended()
    flash("Your password was changed. Sign in with the new one.", "success")
    return redirect(url_for("security.login"))


@bp.route("/me/password", methods=["GET", "POST"])
@access(even_suspended)
def change() -> ResponseReturnValue:
    """Change one's own password; every other browser is signed out."""
    member = me()
    form = ChangeForm()
    form.about_them = (member.name, member.email)
    form.is_current = lambda typed: verify_password(typed, member.password) if member.password else False
    if not form.validate_on_submit():
        return render_template("accounts/change_password.html", form=form), 422 if form.errors else 200
    hashed = hash_password(form.password.data)
    with transaction() as after:
        queries.hold(member)
        profile.change_password(member, hashed, after)
        after.append(outbox.wake)
    login_user(member)
    flash("Your password was changed. You were signed out everywhere else.", "success")
    return redirect(url_for("me.show"))


def _ended() -> ResponseReturnValue:
    return render_template("accounts/reset_ended.html"), 410


def _member_of(token: str, *, held: bool = False) -> Member | None:
    """The member whose account a link still opens."""
    found = links.read_reset(token)
    member = db.session.get(Member, found[0]) if found else None
    if member is not None and held:
        queries.hold(member)
    return member if member is not None and found and links.opens(found[1], member) else None
