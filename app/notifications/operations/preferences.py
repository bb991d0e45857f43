"""What members choose about mail: a delivery for each kind, quiet hours, shifts, reminders."""

from collections.abc import Collection, Mapping
from datetime import date, time

from sqlalchemy import delete

from app.core.db import Model, db, insert
from app.notifications import kinds, queries
from app.notifications.models import NotificationPreference, QuietWindow, ReminderPreference, Shift
from app.notifications.operations.bookings import plan_reminders
from app.notifications.quiet import Shifts, Window, leaves_room
from app.notifications.rules import Delivery

MOST = 50  # quiet times or shifts that one member may enter


class NoRoomError(Exception):
    """The quiet times would leave no hour of the week in which mail could come."""


class TooManyError(Exception):
    """A member has entered MOST already."""


def choose(member_id: int, choices: Mapping[str, Delivery]) -> None:
    """Keep when a member wants mail about each of some kinds."""
    for code, delivery in choices.items():
        _keep(NotificationPreference, {"member_id": member_id, "kind": code}, delivery=delivery)


def turn_off(member_id: int, code: str) -> None:
    """Send a member no more mail about a kind."""
    choose(member_id, {code: Delivery.OFF})


def turn_off_digests(member_id: int) -> None:
    """Send a member no more mail that collects notices."""
    chosen = queries.choices(member_id)
    collected = [kind.code for kind in kinds.every() if kind.chosen(chosen.get(kind.code)).in_digest]
    choose(member_id, dict.fromkeys(collected, Delivery.OFF))


def add_windows(member_id: int, weekdays: Collection[int], starts: time, ends: time) -> None:
    """Add a quiet time on some days of every week.

    Raises NoRoomError when no hour would be left for mail, TooManyError above MOST.
    """
    known = {(window.weekday, window.starts, window.ends) for window in queries.windows(member_id)}
    wanted = known | {(weekday, starts, ends) for weekday in weekdays}
    if not leaves_room([Window(*times) for times in wanted]):
        raise NoRoomError
    if len(wanted) > MOST:
        raise TooManyError
    for weekday, _starts, _ends in sorted(wanted - known):
        db.session.add(QuietWindow(member_id=member_id, weekday=weekday, starts=starts, ends=ends))
    db.session.flush()


def remove_window(member_id: int, window_id: int) -> bool:
    """Remove one of a member's quiet times; False when they have none of this id."""
    return _remove(QuietWindow, member_id, window_id)


def add_shifts(member_id: int, shifts: Shifts) -> None:
    """Add shifts that quiet hours follow; the same ones twice count once. Raises TooManyError above MOST."""
    if queries.number_of_shifts(member_id) >= MOST:
        raise TooManyError
    which = {
        "member_id": member_id,
        "first_day": shifts.first_day,
        "last_day": shifts.last_day,
        "starts": shifts.starts,
        "ends": shifts.ends,
    }
    _keep(Shift, which, rest_hours=shifts.rest_hours)


def remove_shift(member_id: int, shift_id: int) -> bool:
    """Remove one entry of a member's shifts; False when they have none of this id."""
    return _remove(Shift, member_id, shift_id)


def forget_past_shifts(before: date) -> None:
    """Remove shifts that are over: where somebody worked when is nobody's business any more."""
    db.session.execute(delete(Shift).where(Shift.last_day < before))


def set_reminders(member_id: int, minutes: Collection[int]) -> None:
    """Remind a member so many minutes before each booking; those they have already are planned anew."""
    _keep(ReminderPreference, {"member_id": member_id}, minutes=sorted(set(minutes), reverse=True))
    plan_reminders(queries.entries_ahead(member_id))


def _keep(table: type[Model], which: Mapping[str, object], **values: object) -> None:
    """Write a row, or change the one that is there; two at the same time end in one row."""
    db.session.execute(
        insert(table).values(**which, **values).on_conflict_do_update(index_elements=list(which), set_=values)
    )


def _remove(table: type[QuietWindow] | type[Shift], member_id: int, row_id: int) -> bool:
    gone = delete(table).where(table.member_id == member_id, table.id == row_id).returning(table.id)
    return db.session.execute(gone).scalar() is not None
