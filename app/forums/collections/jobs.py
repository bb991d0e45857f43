"""What the worker does about collections."""

from app.core.db import transaction
from app.forums.collections import operations


def clear_up() -> None:
    """Delete the words of pieces whose post or author is gone for good. They have not been shown since."""
    with transaction():
        operations.clear_up()
