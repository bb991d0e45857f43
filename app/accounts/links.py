"""Signed links: what a mail carries, and what proves that whoever follows it reads that mailbox."""

import hashlib
from datetime import timedelta

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from app.accounts.models import Invitation, Member

RESET_LIFE = timedelta(hours=4)


def invitation_token(invitation: Invitation) -> str:
    """The token of an invitation's newest link; the row says until when it works."""
    return _signer("invitation").dumps([invitation.id, invitation.serial])


def read_invitation(token: str) -> tuple[int, int] | None:
    """The id and serial in a token; None for one that we did not sign."""
    try:
        invitation_id, serial = _signer("invitation").loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return invitation_id, serial


def reset_token(member: Member) -> str:
    """The token with which a member may choose a new password; it is worth nothing once any new one was chosen."""
    return _signer("password-reset").dumps([member.id, _lock_of(member)])


def read_reset(token: str) -> tuple[int, str] | None:
    """The member's id and the lock in a token (see `opens`); None when it is not ours or older than RESET_LIFE."""
    try:
        member_id, lock = _signer("password-reset").loads(token, max_age=int(RESET_LIFE.total_seconds()))
    except (BadData, ValueError, TypeError):
        return None
    return member_id, lock


def opens(lock: str, member: Member) -> bool:
    """Whether a link that was made for this lock still opens the account."""
    return member.active and lock == _lock_of(member)


def _lock_of(member: Member) -> str:
    # fs_uniquifier changes with every change of the password; it names sessions, so only its digest travels.
    return hashlib.sha256(member.fs_uniquifier.encode()).hexdigest()[:32]


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"upstander-{purpose}")
