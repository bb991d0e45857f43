"""What the worker does about slots."""

from app.catchups.slots.operations.tending import tend
from app.catchups.slots.queries.trust import slots_to_tend
from app.core import outbox
from app.core.db import db, transaction


def tend_slots() -> None:
    """Bring up to date what needs it, each slot in a transaction of its own."""
    slot_ids = slots_to_tend()
    db.session.rollback()
    for slot_id in slot_ids:
        with transaction() as after:
            tend(slot_id)
            after.append(outbox.wake)
