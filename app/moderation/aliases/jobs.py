"""What the worker does about requests to reveal an alias."""

from app.core.db import transaction
from app.moderation.aliases import operations


def lapse() -> None:
    """Close what nobody answered in time."""
    with transaction():
        operations.lapse()
