"""What the worker runs for the pages that the law asks for."""

from app.core import clock, outbox
from app.core.db import transaction
from app.moderation.law.operations.assessing import remind


def remind_of_reviews() -> None:
    """Tell who looks after the assessment of risks that its review comes near."""
    with transaction() as after:
        remind(clock.london(clock.now()).date())
        after.append(outbox.wake)
