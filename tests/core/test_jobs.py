"""The worker: woken at once, swept each minute, ended promptly; its queue never holds up a page."""

import pickle
import signal
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app import create_app
from app.core import outbox
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage
from tests import processes
from tests.databases import test_settings
from tests.processes import AT_THE_END, until

A_MOMENT = 5.0  # seconds; it takes one on a machine that is not busy, and a minute unless it is woken
KIND = "password_reset"  # of an address that nobody has: nothing leaves the machine


def put(app, key):
    with app.app_context(), transaction() as after:
        outbox.put(KIND, key, {"email": "nobody@nowhere.example"})
        after.append(outbox.wake)


def is_sent(app, key):
    with app.app_context():
        return db.session.scalar(select(OutboxMessage.sent_at).where(OutboxMessage.key == key)) is not None


def is_at_work(worker, app):
    """A worker sweeps when it starts; from then on it has to be woken."""
    put(app, "to begin with")
    until(lambda: is_sent(app, "to begin with"), what="the first sweep")
    assert worker.process.poll() is None, worker.said()


def test_it_is_woken_within_a_second(app, settings):
    with processes.worker(settings) as worker:
        is_at_work(worker, app)
        time.sleep(1.5)  # until it looks at its queue as rarely as it ever does
        put(app, "wake up")
        until(lambda: is_sent(app, "wake up"), patience=A_MOMENT, what="waking the worker")


def test_it_is_woken_through_redis(database, tmp_path, redis_url):
    settings = test_settings(database, tmp_path, redis_url=redis_url)
    app = create_app(settings)
    with processes.worker(settings) as worker:
        is_at_work(worker, app)
        put(app, "wake up")
        until(lambda: is_sent(app, "wake up"), patience=A_MOMENT, what="waking the worker")
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_promptly_when_asked(app, settings, how):
    with processes.worker(settings) as worker:
        is_at_work(worker, app)
        worker.process.send_signal(how)
        assert worker.process.wait(AT_THE_END) == 0
        assert "Traceback" not in worker.said()


def test_each_minute_the_outbox_is_swept_even_if_nobody_woke_the_worker(app):
    with app.app_context(), transaction():
        outbox.put(KIND, "unnoticed", {"email": "nobody@nowhere.example"})
    huey = app.extensions["huey"]
    for minute in (0, 1, 59):
        due = huey.read_periodic(datetime(2025, 3, 3, 9, minute, tzinfo=UTC).replace(tzinfo=None))
        assert "sweep_outbox_each_minute" in [task.name for task in due]
    huey.execute(due[0])
    assert is_sent(app, "unnoticed")


def test_a_queue_that_is_taken_holds_a_page_up_for_a_moment_only(app, settings, caplog):
    put(app, "makes the file of the queue")
    other = sqlite3.connect(Path(settings.instance) / "queue.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    begun = time.monotonic()
    put(app, "in the meantime")
    assert time.monotonic() - begun < 1
    assert "could not be woken" in caplog.text
    other.close()
    with app.app_context():
        outbox.sweep()
    assert is_sent(app, "in the meantime"), "the row is the truth, not the bell"


def test_a_task_that_somebody_else_put_into_the_queue_is_not_run(app, settings):
    """Tasks travel pickled, so whoever could write to the queue could run anything."""
    ran = Path(settings.instance) / "ran"

    class Evil:
        def __reduce__(self):
            return (Path.touch, (ran,))

    huey = app.extensions["huey"]
    huey.storage.enqueue(pickle.dumps(Evil()) + b":" + b"0" * 64)
    with pytest.raises(ValueError, match="Signature"):
        huey.dequeue()
    assert not ran.exists()
