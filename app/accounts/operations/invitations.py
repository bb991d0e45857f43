"""Inviting people, and what follows when they accept."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from app.accounts import links, queries
from app.accounts.models import Invitation, Member
from app.accounts.operations import roles
from app.accounts.rules import INVITATION_LIFE, InvitationState, Role, link_state, normalise_email
from app.core import audit, clock, mail, outbox
from app.core.db import db

Welcome = Callable[[Invitation, Member], None]  # what other features do for a new member, in the same transaction


class NotOpenError(Exception):
    """The invitation cannot be accepted (or changed) any more; `state` says why."""

    def __init__(self, state: InvitationState) -> None:
        super().__init__(state)
        self.state = state


class AlreadyMemberError(Exception):
    """Somebody with this address is a member: they accept by signing in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Who is to be invited, and as what."""

    email: str
    name: str
    role: Role
    cohort_id: int | None = None
    organisation_id: int | None = None


def invite(invitee: Invitee, programme_id: int, *, by: Member | None) -> Invitation:
    """Invite somebody and queue the mail; whether they are a member already shows to nobody but them."""
    now = clock.now()
    invitation = Invitation(
        programme_id=programme_id,
        email=normalise_email(invitee.email),
        name=invitee.name,
        role=invitee.role,
        cohort_id=invitee.cohort_id,
        organisation_id=invitee.organisation_id,
        serial=1,
        invited_by_id=by.id if by else None,
        created_at=now,
        expires_at=now + INVITATION_LIFE,
    )
    db.session.add(invitation)
    db.session.flush()
    _send(invitation)
    _record("invite", invitation, by)
    return invitation


def send_again(invitation: Invitation, *, by: Member | None) -> None:
    """Send a new link, good for another INVITATION_LIFE; older ones stop working.

    Raises NotOpenError when it was accepted or withdrawn.
    """
    queries.hold(invitation)
    if invitation.state not in {InvitationState.SENT, InvitationState.EXPIRED}:
        raise NotOpenError(invitation.state)
    outbox.withdraw(_key(invitation))  # a mail that still waits would bring a link that is dead already
    invitation.serial += 1
    invitation.expires_at = clock.now() + INVITATION_LIFE
    db.session.flush()
    _send(invitation)
    _record("send_invitation_again", invitation, by)


def withdraw(invitation: Invitation, *, by: Member | None) -> None:
    """Make every link of an invitation worthless. Raises NotOpenError when it was accepted or withdrawn."""
    queries.hold(invitation)
    if invitation.state not in {InvitationState.SENT, InvitationState.EXPIRED}:
        raise NotOpenError(invitation.state)
    outbox.withdraw(_key(invitation))
    invitation.withdrawn_at = clock.now()
    db.session.flush()
    _record("withdraw_invitation", invitation, by)


def accept_as_new(invitation_id: int, serial: int, *, name: str, password_hash: str, welcome: Welcome) -> Member:
    """Spend an invitation: make the member, grant the role, welcome them.

    Raises NotOpenError when the link does not work any more, AlreadyMemberError when the address has an account.
    """
    invitation = _open(invitation_id, serial)
    if queries.member_by_email(invitation.email) is not None:
        raise AlreadyMemberError
    member = Member(
        email=invitation.email,
        name=name,
        password=password_hash,
        fs_uniquifier=uuid4().hex,
        organisation_id=invitation.organisation_id,
        joined_at=clock.now(),
    )
    db.session.add(member)
    db.session.flush()
    _settle(invitation, member, welcome)
    return member


def accept_as_member(invitation_id: int, serial: int, member: Member, *, welcome: Welcome) -> None:
    """Spend an invitation for somebody who is a member already; raises NotOpenError when the link does not work."""
    invitation = _open(invitation_id, serial)
    if invitation.email != member.email:
        raise NotOpenError(InvitationState.SUPERSEDED)
    _settle(invitation, member, welcome)


def _open(invitation_id: int, serial: int) -> Invitation:
    invitation = db.session.get_one(Invitation, invitation_id)
    queries.hold(invitation)
    state = link_state(invitation.state, serial, invitation.serial)
    if state is not InvitationState.SENT:
        raise NotOpenError(state)
    return invitation


def _settle(invitation: Invitation, member: Member, welcome: Welcome) -> None:
    invitation.accepted_at = clock.now()
    invitation.member_id = member.id
    roles.grant(member, invitation.role, invitation.programme_id, by_id=invitation.invited_by_id)
    welcome(invitation, member)
    db.session.flush()
    _record("accept_invitation", invitation, member)


def _send(invitation: Invitation) -> None:
    mail.put(
        "invitation",
        to=invitation.email,
        subject="Your invitation",
        key=_key(invitation),
        programme_id=invitation.programme_id,
        name=invitation.name,
        invited_by=invitation.invited_by.name if invitation.invited_by else None,
        role_words=invitation.role.with_article,
        token=links.invitation_token(invitation),
        until=clock.date_words(invitation.expires_at),
    )


def _key(invitation: Invitation) -> str:
    return f"invitation:{invitation.id}:{invitation.serial}"


def _record(action: str, invitation: Invitation, by: Member | None) -> None:
    audit.record(
        action,
        "invitation",
        invitation.id,
        actor_id=by.id if by else None,
        programme_id=invitation.programme_id,
        role=invitation.role,
        serial=invitation.serial,
    )
