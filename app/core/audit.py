"""The audit log: what staff did to what, as ids only, in a chain of hashes.

Each row's hash covers its own fields and the hash before it; the chain's head is kept apart. So an altered, removed or
cut-off row shows, and the rows hold nobody's name or words.
"""

import hashlib
import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Model, UtcDateTime, db

FIRST = "0" * 64
BATCH = 1_000


class AuditEvent(Model):
    """One thing that somebody did. Database triggers refuse to change or remove a row."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_type", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditChain(Model):
    """The one row that knows the head of the chain; whoever appends holds it, so the chain never forks."""

    __tablename__ = "audit_chain"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    length: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))


def record(
    action: str,
    subject_type: str,
    subject_id: int,
    *,
    actor_id: int | None,
    programme_id: int | None,
    **detail: int | str | bool | None,
) -> AuditEvent:
    """Append an event in the caller's transaction; `detail` holds ids, states and codes, never words about people."""
    chain = db.session.get(AuditChain, 1, with_for_update=True, populate_existing=True)
    if chain is None:
        chain = AuditChain(id=1, length=0, head=FIRST)
        db.session.add(chain)
    event = AuditEvent(
        at=clock.now(),
        programme_id=programme_id,
        actor_id=actor_id,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        detail=detail,
        previous_hash=chain.head,
    )
    event.hash = digest(event)
    db.session.add(event)
    chain.head, chain.length = event.hash, chain.length + 1
    db.session.flush()
    return event


def digest(event: AuditEvent) -> str:
    """The hash of an event: SHA-256 of its fields as canonical JSON, the hash before it included."""
    fields = (
        event.previous_hash,
        event.at.isoformat(),
        event.programme_id,
        event.actor_id,
        event.action,
        event.subject_type,
        event.subject_id,
        event.detail,
    )
    return hashlib.sha256(json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found: how many events, and the id of the first that does not fit (0: the head)."""

    events: int
    broken_at: int | None

    @property
    def sound(self) -> bool:
        """Whether nothing was altered, removed or cut off."""
        return self.broken_at is None


def verify() -> Verdict:
    """Walk the whole chain, oldest first."""
    chain = db.session.get(AuditChain, 1)
    previous, count = FIRST, 0
    oldest_first = select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=BATCH)
    with closing(db.session.scalars(oldest_first)) as events:
        for event in events:
            if event.previous_hash != previous or event.hash != digest(event):
                return Verdict(count, event.id)
            previous, count = event.hash, count + 1
    if chain is None:
        return Verdict(count, 0 if count else None)
    return Verdict(count, None if (chain.head, chain.length) == (previous, count) else 0)
