"""The outbox: what must happen outside the database is a row first, written in the transaction that caused it.

A sweep leases due rows, lets each kind's function act outside any transaction, and records the outcome. A worker that
dies leaves a lease that runs out, so nothing is lost; the unique key stops a second copy of what was recorded as sent.
Source: Huey runs a task at most once, so it only wakes the sweep.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Update, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.crypto import EncryptedJson
from app.core.db import Model, UtcDateTime, db, is_sqlite, transaction

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
BATCH = 20
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=6)


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
    attempts: int
    lease: str
    message: Message


Act = Callable[[Message], object]


def init_app(app: Flask, actors: dict[str, Act]) -> None:
    """Say which function acts on which kind of message."""
    app.extensions["outbox"] = actors


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


def wake() -> None:
    """Ask the worker to sweep now instead of at its next turn; an effect for after the commit."""
    current_app.extensions["wake_outbox"]()


def sweep() -> int:
    """Send all that is due; gives the number of messages recorded as sent. Safe to run in several workers at once."""
    sent = 0
    while batch := _lease():
        sent += sum(_deliver(leased) for leased in batch)
    return sent


def resend(message_id: int) -> None:
    """Give a dead message its attempts back, in the caller's transaction."""
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id == message_id, OutboxMessage.dead_at.is_not(None))
        .values(dead_at=None, attempts=0, due_at=clock.now(), last_error=None)
    )


def delay(attempts: int) -> timedelta:
    """How long to wait after a number of failed attempts: it doubles, up to LONGEST_DELAY."""
    return min(FIRST_DELAY * 2 ** (attempts - 1), LONGEST_DELAY)


def _lease() -> list[_Leased]:
    now, lease = clock.now(), secrets.token_hex(16)
    due = (
        select(OutboxMessage)
        .where(
            OutboxMessage.sent_at.is_(None),
            OutboxMessage.dead_at.is_(None),
            OutboxMessage.due_at <= now,
            or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until < now),
        )
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    if not db.session.scalar(select(due.with_for_update(None).subquery().c.id).limit(1)):
        return []  # nothing is due: an idle worker never asks for the writer's place
    leased = []
    with transaction():
        for row in db.session.scalars(due):
            row.lease, row.leased_until, row.attempts = lease, now + LEASE, row.attempts + 1
            message = Message(row.key, row.payload, row.programme_id)
            leased.append(_Leased(row.id, row.kind, row.attempts, lease, message))
    return leased


def _deliver(leased: _Leased) -> bool:
    """Act on one message and record the outcome, unless the lease ran out and somebody else has it now."""
    if leased.attempts > MOST_ATTEMPTS:  # a message that kills its worker must not do so for ever
        return _record(leased, dead_at=clock.now(), last_error="WorkerDied")
    try:
        current_app.extensions["outbox"][leased.kind](leased.message)
    except Exception as error:  # whatever went wrong, the message is kept
        db.session.rollback()
        # The kind of error only: its words may hold an address.
        log.warning("outbox message %s was not sent (%s)", leased.id, type(error).__name__)
        failed: dict[str, Any] = {"last_error": type(error).__name__}
        if leased.attempts >= MOST_ATTEMPTS:
            failed["dead_at"] = clock.now()
        else:
            failed["due_at"] = clock.now() + delay(leased.attempts)
        _record(leased, **failed)
        return False
    # What was sent is not kept: a message may hold a link that signs somebody in.
    return _record(leased, sent_at=clock.now(), last_error=None, payload={})


def _record(leased: _Leased, **outcome: Any) -> bool:  # noqa: ANN401 - column values
    mine: Update = update(OutboxMessage).where(OutboxMessage.id == leased.id, OutboxMessage.lease == leased.lease)
    with transaction():
        result = db.session.execute(
            mine.values(lease=None, leased_until=None, **outcome).returning(OutboxMessage.sent_at)
        ).first()
    return result is not None and result.sent_at is not None
