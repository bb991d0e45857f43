"""Inviting people, for programme leads."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries
from app.accounts.current import has_role, me, my_programme_id
from app.accounts.forms import ROLE_HINTS, InviteForm
from app.accounts.models import Invitation
from app.accounts.operations import invitations
from app.accounts.operations.invitations import NotOpenError
from app.accounts.rules import INVITATION_LIFE, InvitationState, Role
from app.accounts.seams import seams
from app.core import outbox
from app.core.db import transaction
from app.core.web import access

bp = Blueprint("invitations", __name__)

TOO_LATE = {
    InvitationState.ACCEPTED: "This invitation was accepted in the meantime.",
    InvitationState.WITHDRAWN: "This invitation was withdrawn in the meantime.",
}


@bp.get("/lead/invitations")
@access(has_role(Role.LEAD))
def index() -> str:
    """The invitations of the programme and what became of them."""
    page = queries.invitations(_here(), request.args.get("page", 1, type=int))
    return render_template("accounts/invitations.html", page=page)


@bp.route("/lead/invitations/new", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def new() -> ResponseReturnValue:
    """Invite somebody."""
    here = _here()
    organisations = [(each.id, each.name) for each in queries.organisations(here)]
    form = InviteForm.offering(list(seams().cohorts(here)), organisations)
    if not form.validate_on_submit():
        page = render_template("accounts/invite.html", form=form, hints=ROLE_HINTS, days=INVITATION_LIFE.days)
        return page, 422 if form.errors else 200
    with transaction() as after:
        invitations.invite(form.invitee(), here, by=me())
        after.append(outbox.wake)
    flash(f"The invitation is on its way to {form.email.data}.", "success")
    return redirect(url_for(".index"))


@bp.post("/lead/invitations/<int(max=2147483647):invitation_id>/send-again")
@access(has_role(Role.LEAD))
def send_again(invitation_id: int) -> ResponseReturnValue:
    """Send a new link; older ones stop working."""
    try:
        with transaction() as after:
            invitation = _invitation(invitation_id)
            invitations.send_again(invitation, by=me())
            after.append(outbox.wake)
    except NotOpenError as refusal:
        abort(409, TOO_LATE[refusal.state])
    flash(f"A new link is on its way to {invitation.email}. Older links no longer work.", "success")
    return redirect(url_for(".index"))


@bp.route("/lead/invitations/<int(max=2147483647):invitation_id>/withdraw", methods=["GET", "POST"])
@access(has_role(Role.LEAD))
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Ask whether that is meant, then withdraw."""
    if request.method == "GET":
        return render_template("accounts/withdraw.html", invitation=_invitation(invitation_id))
    try:
        with transaction():
            invitations.withdraw(_invitation(invitation_id), by=me())
    except NotOpenError as refusal:
        abort(409, TOO_LATE[refusal.state])
    flash("The invitation was withdrawn. Its link no longer works.", "success")
    return redirect(url_for(".index"))


def _invitation(invitation_id: int) -> Invitation:
    return queries.invitation(_here(), invitation_id) or abort(404)


def _here() -> int:
    """The programme the lead is looking at; the rule of each view has made sure that there is one."""
    return my_programme_id() or abort(404)
