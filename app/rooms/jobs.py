"""What the worker does for rooms."""

from app.core.db import transaction
from app.rooms import operations


def forget_old() -> None:
    """Remove what was said long ago."""
    with transaction():
        operations.forget_old()
