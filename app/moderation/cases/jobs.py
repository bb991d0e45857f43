"""What the worker does about cases."""

from app.core.outbox import Message


def arrived(_message: Message) -> None:
    """See to who can decide a case that has arrived."""
