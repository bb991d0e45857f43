"""What the worker does about cases; thin."""

from app.core import clock, outbox
from app.core.db import transaction
from app.core.outbox import Message
from app.moderation.cases.operations import arranging, claiming, settling


def arrived(message: Message) -> None:
    """See to who can decide a case that a new concern has come to."""
    with transaction() as after:
        arranging.arrived(message.payload["case_id"], message.payload["concern_id"])
        after.append(outbox.wake)


def tell(message: Message) -> None:
    """Tell everybody of a decision whose time to undo is over."""
    with transaction() as after:
        settling.tell(message.payload["decision_id"], after)
        after.append(outbox.wake)


def tend() -> None:
    """Put back what somebody took and left, find what nobody can decide, ring for what is late."""
    now = clock.now()
    with transaction() as after:
        claiming.release_idle(now)
        arranging.escalate_stuck(now)
        arranging.ring_for_late_ones(now)
        after.append(outbox.wake)
