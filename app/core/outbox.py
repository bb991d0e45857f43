"""The outbox: what must happen outside the database is a row first, written in the transaction that caused it.

A sweep leases one due row after the other, lets the function of its kind act outside any transaction, and records the
outcome. A worker that dies leaves a lease that runs out, so nothing is lost; what was recorded as sent is never sent
again. Between acting and recording a worker may die too, so a message can happen twice in that moment: functions give
what they do a stable name (mail: its Message-ID), by which the other side can tell.
Source: Huey runs a task at most once, so it only wakes the sweep.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Update, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.crypto import EncryptedJson
from app.core.db import Model, UtcDateTime, db, is_sqlite, transaction

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than any function may take: mail gives up after about two minutes
MOST_ATTEMPTS = 12  # with the delays below, about 14 hours: a mail server may be down for a night
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=6)
KEPT = timedelta(days=90)  # the keys of what was sent; nothing tries to send the same again so much later


class Refused(Exception):  # noqa: N818 - it is an answer, not a mistake
    """The other side said no for good: raised by the function of a kind when trying again would change nothing."""


class Later(Exception):  # noqa: N818 - it is an answer, not a mistake
    """Not now: raised by the function of a kind to be asked again at a moment. It counts as no attempt."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class OutboxMessage(Model):
    """Something that must happen once: mail, an invitation, a promotion.

    It is waiting, then leased, then either sent or, after MOST_ATTEMPTS, dead until somebody resends it.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("sent_at IS NULL OR dead_at IS NULL", name="sent_or_dead"),
        CheckConstraint("(lease IS NULL) = (leased_until IS NULL)", name="lease_has_an_end"),
        Index("ix_outbox_message_due", "sent_at", "dead_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dead_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(String(80))


@dataclass(frozen=True, slots=True)
class Message:
    """What the function of a kind gets to see."""

    key: str
    payload: dict[str, Any]
    programme_id: int | None


@dataclass(frozen=True, slots=True)
class _Leased:
    id: int
    kind: str
    key: str
    programme_id: int | None
    attempts: int
    lease: str


Act = Callable[[Message], object]


def init_app(app: Flask, actors: dict[str, Act]) -> None:
    """Say which function acts on which kind of message; features add theirs with `register`."""
    app.extensions["outbox"] = dict(actors)


def register(app: Flask, kind: str, act: Act) -> None:
    """Let a function act on messages of a kind. It runs in the worker, outside any transaction, and may run again."""
    app.extensions["outbox"][kind] = act


def put(
    kind: str, key: str, payload: dict[str, Any], *, due_at: datetime | None = None, programme_id: int | None = None
) -> bool:
    """Write a message in the caller's transaction; False when the key is there already, which is then left alone."""
    if kind not in current_app.extensions["outbox"]:
        raise ValueError(f"nothing acts on outbox messages of kind {kind!r}")
    now = clock.now()
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    written = db.session.execute(
        insert(OutboxMessage)
        .values(
            programme_id=programme_id,
            kind=kind,
            key=key,
            payload=payload,
            created_at=now,
            due_at=due_at or now,
            attempts=0,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(OutboxMessage.id)
    )
    return written.scalar() is not None


def withdraw(key: str) -> bool:
    """Take back a message in the caller's transaction; False when it was sent, is being sent, or never was there."""
    free = or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until < clock.now())
    waiting = delete(OutboxMessage).where(OutboxMessage.key == key, OutboxMessage.sent_at.is_(None), free)
    return db.session.execute(waiting.returning(OutboxMessage.id)).scalar() is not None


def wake(seconds: float = 0) -> None:
    """Ask the worker to sweep now, or in some seconds, instead of at its next turn; an effect for after the commit."""
    current_app.extensions["wake_outbox"](seconds)


def sweep(enough: Callable[[], bool] = lambda: False) -> int:
    """Send all that is due, or until there was `enough`; gives the number of messages recorded as sent.

    Safe to run in several workers at once.
    """
    sent = 0
    while not enough() and (leased := _lease()) is not None:
        sent += _act_on(leased)
    return sent


def resend(message_id: int) -> None:
    """Give a dead message its attempts back, in the caller's transaction."""
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.dead_at.is_not(None))
        .values(dead_at=None, attempts=0, due_at=clock.now(), last_error=None)
    )


def forget() -> int:
    """Remove, in the caller's transaction, what was sent long ago; gives how many. Dead messages wait for a lead."""
    old = delete(OutboxMessage).where(OutboxMessage.sent_at < clock.now() - KEPT).returning(OutboxMessage.id)
    return len(db.session.scalars(old).all())


def delay(attempts: int) -> timedelta:
    """How long to wait after a number of failed attempts: it doubles, up to LONGEST_DELAY."""
    return min(FIRST_DELAY * (1 << (attempts - 1)), LONGEST_DELAY)


def _lease() -> _Leased | None:
    """Take the message that has been due the longest, if any. One at a time: whoever dies holds up no other message."""
    now, lease = clock.now(), secrets.token_hex(16)
    free = or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until < now)
    due = (
        select(OutboxMessage.id)
        .where(OutboxMessage.sent_at.is_(None), OutboxMessage.dead_at.is_(None), OutboxMessage.due_at <= now, free)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
    )
    something_is_due = db.session.scalar(due) is not None
    db.session.rollback()
    if not something_is_due:
        return None  # an idle worker never asks for the writer's place
    with transaction():
        message_id = db.session.scalar(due.with_for_update(skip_locked=True))
        if message_id is None:
            return None  # another worker was faster
        taken = db.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == message_id)
            .values(lease=lease, leased_until=now + LEASE, attempts=OutboxMessage.attempts + 1)
            .returning(OutboxMessage.kind, OutboxMessage.key, OutboxMessage.programme_id, OutboxMessage.attempts)
        ).one()
    return _Leased(message_id, taken.kind, taken.key, taken.programme_id, taken.attempts, lease)


def _act(leased: _Leased) -> None:
    # Read here, so that a payload that no key opens any more fails alone and not the whole sweep.
    payload = db.session.scalars(select(OutboxMessage.payload).where(OutboxMessage.id == leased.id)).one()
    db.session.rollback()
    current_app.extensions["outbox"][leased.kind](Message(leased.key, payload, leased.programme_id))


def _act_on(leased: _Leased) -> bool:
    """Act on one message and record the outcome, unless the lease ran out and somebody else has it now."""
    if leased.attempts > MOST_ATTEMPTS:  # a message that kills its worker must not do so for ever
        return _record(leased, dead_at=clock.now(), last_error="WorkerDied")
    try:
        _act(leased)
    except Later as later:
        db.session.rollback()
        return _record(leased, due_at=later.at, attempts=leased.attempts - 1)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the message is kept
        db.session.rollback()
        # The kind of error only: its words may hold an address.
        log.warning("outbox message %s was not sent (%s)", leased.id, _name_of(error))
        failed: dict[str, Any] = {"last_error": _name_of(error)}
        if leased.attempts >= MOST_ATTEMPTS or isinstance(error, Refused):
            failed["dead_at"] = clock.now()
        else:
            failed["due_at"] = clock.now() + delay(leased.attempts)
        _record(leased, **failed)
        return False
    # What was sent is not kept: a message may hold a link that signs somebody in.
    return _record(leased, sent_at=clock.now(), last_error=None, payload={})


def _name_of(error: Exception) -> str:
    """The class of an error; of a refusal, the class of what was said."""
    return type(error.__cause__ if isinstance(error, Refused) and error.__cause__ else error).__name__


def _record(leased: _Leased, **outcome: Any) -> bool:  # noqa: ANN401 - column values
    mine: Update = update(OutboxMessage).where(OutboxMessage.id == leased.id, OutboxMessage.lease == leased.lease)
    with transaction():
        result = db.session.execute(
            mine.values(lease=None, leased_until=None, **outcome).returning(OutboxMessage.sent_at)
        ).first()
    return result is not None and result.sent_at is not None
