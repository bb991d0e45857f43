"""Mail is a message of the outbox: the words are made when it is sent, the row says only which words and for whom."""

from typing import Any

from app.core import outbox

KIND = "mail"


def put(
    template: str, *, to: str, subject: str, key: str, programme_id: int | None = None, **context: str | int | None
) -> bool:
    """Queue a mail in the caller's transaction; False when one with this key is queued or sent already.

    `template` names templates/mail/<template>.txt and .html; `context` holds plain values only, as the worker reads
    them later. Subjects never tell what a person turned to us for: other people see the screen.
    """
    words: dict[str, Any] = {"template": template, "to": to, "subject": subject, "context": context}
    return outbox.put(KIND, key, words, programme_id=programme_id)
