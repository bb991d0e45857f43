"""What leads do about messages that were given up."""

from app.core import audit, outbox
from app.core.outbox import OutboxMessage


def send_again(message: OutboxMessage, *, by_id: int, programme_id: int) -> None:
    """Give a message its attempts back."""
    outbox.resend(message.id)
    audit.record(
        "send_message_again", "outbox_message", message.id, actor_id=by_id, programme_id=programme_id, kind=message.kind
    )
