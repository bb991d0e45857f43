"""Accepting an invitation. Mail scanners open every link, so only the button does anything."""

from flask import Blueprint, Response, flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import hash_password, login_user
from sqlalchemy.exc import IntegrityError

from app.accounts import links, queries
from app.accounts.current import CHOSEN, me
from app.accounts.forms import JoinForm
from app.accounts.models import Invitation
from app.accounts.operations import invitations
from app.accounts.operations.invitations import AlreadyMemberError, NotOpenError
from app.accounts.rules import InvitationState, link_state
from app.accounts.seams import programme, seams
from app.core.db import db, transaction
from app.core.web import access, public

bp = Blueprint("joining", __name__)


@bp.after_request
def _keep_nothing(response: Response) -> Response:
    """The next person at a ward computer must not find a page with a link that works."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@access(public)
def accept(token: str) -> ResponseReturnValue:
    """Show who invites and what for; the button accepts."""
    found = links.read_invitation(token)
    invitation = db.session.get(Invitation, found[0]) if found else None
    if invitation is None or found is None:
        return render_template("accounts/invitation_unknown.html"), 404
    serial = found[1]
    state = link_state(invitation.state, serial, invitation.serial)
    if state is not InvitationState.SENT:
        return _closed(invitation, state)
    try:
        return _accept_as_whoever_is_here(invitation, serial)
    except NotOpenError as refusal:  # somebody, or another click, was faster
        return _closed(invitation, refusal.state)
    except (AlreadyMemberError, IntegrityError):
        return redirect(request.path)


def _accept_as_whoever_is_here(invitation: Invitation, serial: int) -> ResponseReturnValue:
    if current_user.is_authenticated:
        mine = me().email == invitation.email
        return _accept_as_member(invitation, serial) if mine else _page("other_account", invitation, 200)
    if queries.member_by_email(invitation.email) is not None:
        # Whoever holds the link reads that mailbox: it tells them nothing new.
        return _page("sign_in_first", invitation, 200)
    return _accept_as_new(invitation, serial)


def _accept_as_new(invitation: Invitation, serial: int) -> ResponseReturnValue:
    form = JoinForm(name=invitation.name)
    form.about_them = (invitation.email,)
    if not form.validate_on_submit():
        return _page("join", invitation, 422 if form.errors else 200, form=form)
    hashed = hash_password(form.password.data)
    with transaction():
        member = invitations.accept_as_new(
            invitation.id, serial, name=form.name.data, password_hash=hashed, welcome=seams().welcome
        )
    login_user(member)
    flash("Welcome. Your account is ready.", "success")
    return redirect("/home")


def _accept_as_member(invitation: Invitation, serial: int) -> ResponseReturnValue:
    if request.method == "GET":
        return _page("accept_as_member", invitation, 200)
    programme_id = invitation.programme_id
    with transaction():
        invitations.accept_as_member(invitation.id, serial, me(), welcome=seams().welcome)
    session[CHOSEN] = programme_id
    flash("You have accepted the invitation.", "success")
    return redirect("/home")


def _closed(invitation: Invitation, state: InvitationState) -> ResponseReturnValue:
    return _page("invitation_closed", invitation, 410, state=state)


def _page(name: str, invitation: Invitation, status: int, **shown: object) -> ResponseReturnValue:
    facts = programme(invitation.programme_id)
    return render_template(f"accounts/{name}.html", invitation=invitation, programme=facts, **shown), status
