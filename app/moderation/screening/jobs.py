"""What the worker runs of screening."""

from app.core.db import transaction
from app.moderation.screening.operations.intake import forget_traces


def tidy_traces() -> None:
    """Forget by whom and when things were posted, once it is of no use."""
    with transaction():
        forget_traces()
