"""What members change about themselves."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

from app.accounts.models import Member
from app.accounts.operations.standing import end_sessions
from app.accounts.rules import normalise_email
from app.core import clock, live, mail, outbox
from app.core.crypto import fingerprint
from app.core.db import Effect, db

RESET = "password_reset"  # the outbox kind of a wish to choose a new password
RESET_PAUSE = timedelta(minutes=5)  # for so long a mailbox gets one link only, whoever asks from wherever


def ask_for_reset(email: str) -> None:
    """Queue the wish to choose a new password, in the same way whether or not anybody has this address."""
    turn = int(clock.now().timestamp() // RESET_PAUSE.total_seconds())
    mailbox = normalise_email(email)
    outbox.put(RESET, f"password-reset:{fingerprint(mailbox)}:{turn}", {"email": mailbox})


def rename(member: Member, name: str) -> None:
    """Let a member go by another name; it is looked up everywhere, so it changes everywhere."""
    member.name = name
    db.session.flush()


def change_password(member: Member, password_hash: str, after: list[Effect]) -> None:
    """Keep a new password, sign the member out everywhere, and tell them by mail in case it was not them."""
    member.password = password_hash
    end_sessions(member)
    mail.put(
        "password_changed",
        to=member.email,
        subject="Your password was changed",
        key=f"password-changed:{uuid4().hex}",
        name=member.name,
    )
    db.session.flush()
    after.append(partial(live.evict, member.id, "password changed"))
