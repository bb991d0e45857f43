"""Background work: Huey keeps the timetable and wakes the sweep; what must happen is a row of the outbox.

The queue is embedded (a file in the instance folder) or, with HUEY_URL or REDIS_URL, on a server.
"""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer

from app.config import Settings
from app.core import outbox
from app.core.db import db, transaction

log = logging.getLogger(__name__)

NAME = "upstander"
QUEUE_WAIT = 0.2  # seconds that the embedded queue may keep a request waiting
LONGEST_NAP = 0.5  # seconds between two looks at the embedded queue, which cannot ring
GOODBYE = 3  # seconds that SIGTERM gives the message at hand


def init_app(app: Flask, settings: Settings) -> None:
    """Give the app its queue, and the outbox its alarm clock."""
    huey = _queue(settings)
    app.extensions["huey"] = huey
    app.extensions["worker_stops"] = lambda: False

    def sweep() -> None:
        _in(app, lambda: outbox.sweep(enough=app.extensions["worker_stops"]))

    ring = huey.task(name="sweep_outbox")(sweep)
    huey.periodic_task(crontab(minute="*"), name="sweep_outbox_each_minute")(sweep)
    huey.on_startup(name="sweep_at_start")(sweep)
    timetable(app, "forget_sent_messages", crontab(hour="3", minute="40"), _forget)

    def wake(delay: float = 0) -> None:
        try:
            if delay:
                ring.schedule(delay=delay)
            else:
                ring()
        except Exception:  # the sweep of the next minute finds what this one missed
            log.warning("the worker could not be woken", exc_info=True)

    app.extensions["wake_outbox"] = wake


def timetable(app: Flask, name: str, when: Callable[..., bool], job: Callable[[], object]) -> None:
    """Run a feature's job at the times that `when` (Huey's crontab, in UTC) names."""
    app.extensions["huey"].periodic_task(when, name=name)(lambda: _in(app, job))


def run_worker(app: Flask) -> None:
    """Work until told to stop: SIGTERM lets the message at hand be finished, SIGINT does not.

    It takes the signals of its process: run it in a process of its own.
    """
    consumer = app.extensions["huey"].create_consumer(
        workers=1, max_delay=LONGEST_NAP, graceful_signal="TERM", shutdown_timeout=GOODBYE
    )
    app.extensions["worker_stops"] = consumer.stop_flag.is_set
    consumer.run()


def _forget() -> None:
    with transaction():
        outbox.forget()


def _in(app: Flask, job: Callable[[], object]) -> None:
    with app.app_context():
        try:
            job()
        finally:
            db.session.remove()


def _queue(settings: Settings) -> Huey:
    url = settings.huey_url or settings.redis_url
    # Tasks travel pickled: signed, so that whoever reaches the queue cannot make the worker run what they like.
    options: dict[str, Any] = {
        "results": False,
        "utc": True,
        "serializer": SignedSerializer(secret=settings.secret_key),
    }
    if url.startswith(("redis://", "rediss://")):
        return RedisHuey(NAME, url=url, **options)
    if url.startswith("postgresql"):
        return PostgresHuey(NAME, dsn=url, **options)
    return SqliteHuey(NAME, filename=str(settings.instance / "queue.db"), timeout=QUEUE_WAIT, **options)
