"""What the worker does for people."""

from app.accounts import links, queries
from app.core import mail
from app.core.db import transaction
from app.core.outbox import Message


def send_reset_link(wish: Message) -> None:
    """Send the link with which a member chooses a new password; whether there is such a member shows to nobody.

    The page that takes the wish does the same for every address, so neither its words nor its time tell.
    """
    member = queries.member_by_email(wish.payload["email"])
    if member is None or not member.active:
        return
    with transaction():
        mail.put(
            "password_reset",
            to=member.email,
            subject="Choose a new password",
            key=f"{wish.key}:mail",
            name=member.name,
            token=links.reset_token(member),
            hours=int(links.RESET_LIFE.total_seconds() // 3600),
        )
