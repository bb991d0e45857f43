"""Mail that this feature words: one notice, a collection of them, an invitation for a calendar."""

from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any

from app.accounts.models import Member
from app.core import clock
from app.core.outbox import Message
from app.notifications import links, mail
from app.notifications.calendars import Entry, addressed
from app.notifications.models import Notification
from app.notifications.queries import LONGEST_DIGEST, Seen
from app.notifications.rules import Kind


def of_notice(message: Message, notification: Notification, kind: Kind, member: Member) -> EmailMessage:
    """The mail about one notice: its subject and a link."""
    return _letter(message, member, "notice", notification.subject, kind, notification_id=notification.id)


def of_digest(message: Message, notices: Sequence[Seen], member: Member) -> EmailMessage:
    """The mail that names several notices."""
    many = len(notices)
    subject = "1 new message in your inbox" if many == 1 else f"{many} new messages in your inbox"
    shown = {"notices": notices[:LONGEST_DIGEST], "more": max(many - LONGEST_DIGEST, 0)}
    return _letter(message, member, "digest", subject, None, **shown)


def of_entry(message: Message, entry: Entry, what: str, kind: Kind, member: Member) -> EmailMessage:
    """An invitation, an update or a cancellation; `what` is the first word of its subject.

    Calendars take it from the part whose `method` is that of the file (RFC 6047); others need the attachment.
    """
    when = clock.span_words(entry.starts_at, entry.ends_at)
    letter = _letter(
        message, member, "calendar", f"{what}: {entry.title}, {when}", kind, entry=entry, what=what, when=when
    )
    method, file = addressed(entry, member.email, clock.now())
    letter.add_alternative(file.decode(), subtype="calendar", params={"method": method.value}, cte="base64")
    letter.add_attachment(file, maintype="application", subtype="ics", filename="invitation.ics")
    return letter


def of_kind(
    message: Message,
    member: Member,
    template: str,
    subject: str,
    kind: Kind,
    **shown: Any,  # noqa: ANN401
) -> EmailMessage:
    """A mail that another feature words, in templates/mail/<template>.txt and .html; its kind can be turned off."""
    return _letter(message, member, template, subject, kind, **shown)


def _letter(
    message: Message,
    member: Member,
    template: str,
    subject: str,
    kind: Kind | None,
    **shown: Any,  # noqa: ANN401
) -> EmailMessage:
    """The words, and the way to have no more of them."""
    token = links.unsubscribe_token(member.id, kind.code if kind else links.EVERY_DIGEST)
    can_be_off = kind is None or kind.can_be_off
    context = {"name": member.name, "subject": subject, "kind": kind, "token": token if can_be_off else None, **shown}
    words = {"template": template, "to": member.email, "subject": subject, "context": context}
    settings = mail.settings()
    letter = mail.written(Message(message.key, words, message.programme_id), settings)
    if can_be_off:
        address = mail.linker(settings.public_url)("unsubscribing.unsubscribe", token=token)
        letter["List-Unsubscribe"] = f"<{address}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return letter
