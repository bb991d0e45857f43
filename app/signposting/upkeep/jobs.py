"""What the worker does for the directory: imports, and every night what nobody looked after."""

import time

from flask import current_app
from sqlalchemy import select

from app.core import clock, outbox
from app.core.db import db, transaction
from app.core.outbox import Message
from app.signposting.models import SupportService
from app.signposting.upkeep.operations import batches, editing, looking_after

LONGEST_TURN = 120.0  # seconds; the outbox takes a message back after five minutes


def run_import(message: Message) -> None:
    """Do the next part of an import; a long one comes back for the rest."""
    until = time.monotonic() + LONGEST_TURN
    local = current_app.extensions["settings"].local_feeds
    if not batches.work(int(message.payload["batch_id"]), local=local, enough=lambda: time.monotonic() > until):
        raise outbox.Later(clock.now())


def tend_directory() -> None:
    """Hide what nobody has checked for too long, each entry in a transaction of its own; for crisis lines, alarm."""
    today = editing.today()
    forgotten = select(SupportService.id, SupportService.urgent).where(looking_after.past_limit(today))
    found = [(row.id, row.urgent) for row in db.session.execute(forgotten.order_by(SupportService.id))]
    db.session.rollback()
    for service_id, urgent in found:
        with transaction() as after:
            if urgent:
                looking_after.alarm(service_id, today)
                after.append(outbox.wake)
            else:
                looking_after.hide_forgotten(service_id, today)
