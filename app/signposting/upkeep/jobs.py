"""What the worker does for the directory: imports, and every night what nobody looked after."""

import time

from flask import current_app

from app.core import clock, outbox
from app.core.outbox import Message
from app.signposting.upkeep.operations import batches

LONGEST_TURN = 120.0  # seconds; the outbox takes a message back after five minutes


def run_import(message: Message) -> None:
    """Do the next part of an import; a long one comes back for the rest."""
    until = time.monotonic() + LONGEST_TURN
    local = current_app.extensions["settings"].local_feeds
    if not batches.work(int(message.payload["batch_id"]), local=local, enough=lambda: time.monotonic() > until):
        raise outbox.Later(clock.now())
