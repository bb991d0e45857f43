"""What the worker does for the transparency page."""

from app.core.db import transaction
from app.moderation.transparency import operations


def publish() -> None:
    """Publish the quarters that have settled."""
    with transaction():
        operations.publish_due()
