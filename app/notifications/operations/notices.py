"""Telling members something: a row in their inbox and, as they chose, mail; all in the caller's transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, update

from app.core import clock, outbox
from app.core.db import db, insert
from app.notifications import kinds, queries
from app.notifications.models import Notification
from app.notifications.rules import Delivery, Notice, goes_alone, next_digest

ALONE, DIGEST, LATER = "notice", "digest", "later_notice"  # kinds of outbox messages
GRACE = timedelta(minutes=1)  # a transaction that began before the digest's time may end after it
READ_KEPT, UNREAD_KEPT = timedelta(days=180), timedelta(days=365)
AT_A_TIME = 500  # rows of one INSERT


def notify(notice: Notice, *member_ids: int) -> set[int]:
    """Tell members; gives those who had not been told under this key before.

    Wake the outbox after the commit, so that mail goes at once.
    """
    chosen = queries.deliveries(kinds.named(notice.kind), member_ids)
    fresh = _into_inboxes(notice, chosen)
    for member_id, notification_id in fresh.items():
        _queue_mail(notice, chosen[member_id], member_id, notification_id)
    return set(fresh)


def record(notice: Notice, *member_ids: int) -> set[int]:
    """Put a notice into inboxes without mail: its mail is of another kind, such as a calendar invitation."""
    kinds.named(notice.kind)
    return set(_into_inboxes(notice, dict.fromkeys(member_ids, Delivery.OFF)))


def notify_later(notice: Notice, at: datetime, *member_ids: int) -> None:
    """Tell members at a moment, unless `withdraw` comes first."""
    kinds.named(notice.kind)
    for member_id in member_ids:
        payload = {"member_id": member_id, "notice": _plain(notice)}
        outbox.put(LATER, _later_key(notice.key, member_id), payload, due_at=at, programme_id=notice.programme_id)


def withdraw(key: str, *member_ids: int) -> None:
    """Take back what `notify_later` has not told yet."""
    for member_id in member_ids:
        outbox.withdraw(_later_key(key, member_id))


def read_plain(plain: dict[str, Any]) -> Notice:
    """The notice that `notify_later` kept."""
    until = plain["until"]
    return Notice(**plain | {"until": datetime.fromisoformat(until) if until else None})


def mark_read(member_id: int, notification_id: int) -> None:
    """Note that a member has seen a notice of theirs."""
    _set_read(member_id, clock.now(), Notification.id == notification_id, Notification.read_at.is_(None))


def mark_unread(member_id: int, notification_id: int) -> None:
    """Let a notice stand out again."""
    _set_read(member_id, None, Notification.id == notification_id)


def mark_all_read(member_id: int, newest_id: int) -> tuple[int, datetime]:
    """Mark all that a member could see when `newest_id` was the newest: how many, and the moment that undoes it."""
    now = clock.now()
    return _set_read(member_id, now, Notification.read_at.is_(None), Notification.id <= newest_id), now


def unmark_all_read(member_id: int, marked_at: datetime) -> int:
    """Undo `mark_all_read`: how many stand out again."""
    return _set_read(member_id, None, Notification.read_at == marked_at)


@dataclass(frozen=True, slots=True)
class WasTold:
    """Somebody who had a notice, and whether its mail had gone out."""

    member_id: int
    mailed: bool


def take_back(path: str) -> list[WasTold]:
    """Remove the notices that lead to a page that is gone, and their mail that has not gone out; gives who had one."""
    gone = delete(Notification).where(Notification.path == path)
    rows = db.session.execute(gone.returning(Notification.member_id, Notification.mailed_at))
    return [WasTold(row.member_id, row.mailed_at is not None) for row in rows]


def blank(paths: Collection[str]) -> int:
    """Take the words out of the notices that lead to some pages, and keep their neutral subjects; gives how many."""
    emptied = update(Notification).where(Notification.path.in_(paths), Notification.body != "").values(body="")
    return len(db.session.execute(emptied.returning(Notification.id)).all())


def forget_old(now: datetime) -> None:
    """Remove notices that were read long ago, or never for longer."""
    db.session.execute(
        delete(Notification).where(
            or_(Notification.read_at < now - READ_KEPT, Notification.created_at < now - UNREAD_KEPT)
        )
    )


def _set_read(member_id: int, read_at: datetime | None, *which: Any) -> int:  # noqa: ANN401 - conditions
    changed = update(Notification).where(Notification.member_id == member_id, *which).values(read_at=read_at)
    return len(db.session.execute(changed.returning(Notification.id)).all())


def _into_inboxes(notice: Notice, chosen: dict[int, Delivery]) -> dict[int, int]:
    """Write the rows that are not there yet: the id of each, by member."""
    now = clock.now()
    kept = asdict(notice)
    rows = [
        {**kept, "member_id": member_id, "created_at": now, "digest_at": _digest_at(notice, delivery, now)}
        for member_id, delivery in chosen.items()
    ]
    fresh = {}
    for some in _batches(rows):
        written = (
            insert(Notification)
            .values(some)
            .on_conflict_do_nothing(index_elements=["member_id", "key"])
            .returning(Notification.member_id, Notification.id)
        )
        fresh.update({row.member_id: row.id for row in db.session.execute(written)})
    return fresh


def _digest_at(notice: Notice, delivery: Delivery, now: datetime) -> datetime | None:
    if not delivery.in_digest or goes_alone(delivery, now, notice.until):
        return None
    return next_digest(delivery, now)


def _queue_mail(notice: Notice, delivery: Delivery, member_id: int, notification_id: int) -> None:
    now = clock.now()
    if goes_alone(delivery, now, notice.until):
        payload = {"notification_id": notification_id}
        outbox.put(ALONE, f"notice:{notification_id}", payload, programme_id=notice.programme_id)
    elif digest_at := _digest_at(notice, delivery, now):
        # The same key for the daily and the weekly mail: on Mondays both are one.
        key = f"digest:{member_id}:{digest_at:%Y-%m-%d}"
        outbox.put(DIGEST, key, {"member_id": member_id}, due_at=digest_at + GRACE)


def _later_key(key: str, member_id: int) -> str:
    return f"later-notice:{member_id}:{key}"


def _plain(notice: Notice) -> dict[str, Any]:
    return asdict(notice) | {"until": notice.until.isoformat() if notice.until else None}


def _batches(rows: Sequence[dict[str, Any]]) -> Iterable[Sequence[dict[str, Any]]]:
    return (rows[start : start + AT_A_TIME] for start in range(0, len(rows), AT_A_TIME))
