"""Meeting: offering times, agreeing on one, being away, saying whether it happened."""

from collections.abc import Collection

from sqlalchemy import delete

from app.catchups.rounds.models import MeetingTime, MeetingTimeYes, RoundEntry, RoundGroup, RoundSeat
from app.catchups.rounds.operations import telling
from app.catchups.rounds.queries import due, groups
from app.catchups.rounds.rules import MOST_OFFERS, Answer, EntryState, SeatState
from app.catchups.slots.operations.places import ClashError
from app.catchups.slots.queries.clashes import Clash, clash
from app.catchups.slots.queries.lines import hold_member
from app.catchups.slots.timing import Span
from app.core import clock
from app.core.db import db, insert
from app.notifications.operations import bookings

ALONE = 1


class TooManyError(Exception):
    """The group has as many times on the table as it can look at."""


def offer_time(group_id: int, member_id: int, span: Span, place: str) -> None:
    """Offer the others a time; who offers it can come. Raises ClashError and TooManyError."""
    group = _held_with_members(group_id)
    _refuse_clash(group, member_id, span)
    if len(groups.times(group.id)) >= MOST_OFFERS:
        raise TooManyError
    offered = MeetingTime(
        programme_id=group.programme_id,
        group_id=group.id,
        by_id=member_id,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        place=place,
        offered_at=clock.now(),
    )
    db.session.add(offered)
    db.session.flush()
    _say_yes(offered, member_id)
    telling.time_offered(group, offered, _others(group.id, member_id))


def say_yes(group_id: int, time_id: int, member_id: int) -> bool:
    """Somebody can come at an offered time; True when all can, and it is in their calendars. Raises ClashError."""
    group = _held_with_members(group_id)
    offered = groups.time_of(group.id, time_id)
    if offered is None or offered.starts_at <= clock.now():
        return False
    _refuse_clash(group, member_id, Span(offered.starts_at, offered.ends_at))
    _say_yes(offered, member_id)
    return _agree(group, offered, by=member_id)


def say_no(group_id: int, time_id: int, member_id: int) -> None:
    """Somebody cannot come at an offered time after all; their own offer is taken away. An agreed time stays."""
    group = groups.held(group_id)
    offered = groups.time_of(group.id, time_id)
    if offered is None or _is_agreed(group, offered):
        return
    if offered.by_id == member_id:
        db.session.delete(offered)
    else:
        mine = (MeetingTimeYes.time_id == time_id, MeetingTimeYes.member_id == member_id)
        db.session.execute(delete(MeetingTimeYes).where(*mine))
    db.session.flush()


def drop_time(group_id: int, member_id: int) -> None:
    """The agreed time does not suit after all: it goes from calendars, and the others are told."""
    group = groups.held(group_id)
    _clear_time(group, by=member_id)


def step_out(group_id: int, member_id: int) -> None:
    """Somebody cannot meet this time: the others are told, and go on where they are two or more."""
    group = groups.held(group_id)
    mine = db.session.get(RoundSeat, (group_id, member_id), populate_existing=True)
    if mine is None or mine.state is SeatState.AWAY:
        return
    mine.state = SeatState.AWAY
    db.session.flush()
    bookings.cancel(telling.SUBJECT, group.id, member_id)
    left = due.present(group.id)
    if len(left) <= ALONE:
        _clear_time(group, by=member_id)
    if group.announced_at is not None:
        telling.is_away(group, member_id, left)
    if group.starts_at is None:
        theirs = (MeetingTime.group_id == group_id, MeetingTime.by_id == member_id)
        db.session.execute(delete(MeetingTime).where(*theirs))
        _agree_on_any(group, by=member_id)


def say_whether(group_id: int, member_id: int, answer: Answer) -> None:
    """Keep what one person says of whether it happened; they may change it while the round is not finished."""
    mine = db.session.get_one(RoundSeat, (group_id, member_id))
    mine.answer, mine.answered_at = answer, clock.now()


def release(member_id: int) -> None:
    """Somebody was suspended or removed, in the caller's transaction: they are in no open round and in no group."""
    for round_id in due.open_rounds_of(member_id):
        due.held(round_id)
        entry = db.session.get_one(RoundEntry, (round_id, member_id), populate_existing=True)
        entry.state, entry.looking_since = EntryState.OUT, None
    db.session.flush()
    for round_id, group_id in due.live_groups_of(member_id):
        due.held(round_id)
        step_out(group_id, member_id)
    db.session.flush()


def _agree(group: RoundGroup, offered: MeetingTime, by: int) -> bool:
    """Whether a time suits everybody who can meet; then it is theirs. Who is booked elsewhere by now says no."""
    present = due.present(group.id)
    span = Span(offered.starts_at, offered.ends_at)
    for member_id in groups.who_can(offered.id):
        if member_id in present and _clash(group, member_id, span):
            mine = (MeetingTimeYes.time_id == offered.id, MeetingTimeYes.member_id == member_id)
            db.session.execute(delete(MeetingTimeYes).where(*mine))
    if len(present) <= ALONE or not set(present) <= groups.who_can(offered.id):
        return False
    group.starts_at, group.ends_at, group.place = offered.starts_at, offered.ends_at, offered.place
    db.session.flush()
    telling.book(group, present, by=by)
    telling.agreed(group, offered, [member_id for member_id in present if member_id != by])
    return True


def _agree_on_any(group: RoundGroup, by: int) -> None:
    """With one less, a time may suit all the others."""
    for offered in groups.times(group.id):
        if offered.starts_at > clock.now() and _agree(group, offered, by=by):
            return


def _clear_time(group: RoundGroup, by: int) -> None:
    if group.starts_at is None:
        return
    agreed = (MeetingTime.group_id == group.id, MeetingTime.starts_at == group.starts_at)
    db.session.execute(delete(MeetingTime).where(*agreed))
    group.starts_at = group.ends_at = None
    group.place = ""
    db.session.flush()
    bookings.cancel_all(telling.SUBJECT, group.id, by=by)


def _say_yes(offered: MeetingTime, member_id: int) -> None:
    db.session.execute(
        insert(MeetingTimeYes)
        .values(time_id=offered.id, member_id=member_id, programme_id=offered.programme_id)
        .on_conflict_do_nothing(index_elements=["time_id", "member_id"])
    )


def _refuse_clash(group: RoundGroup, member_id: int, span: Span) -> None:
    found = _clash(group, member_id, span)
    if found is not None:
        raise ClashError(found)


def _clash(group: RoundGroup, member_id: int, span: Span) -> Clash | None:
    return clash(member_id, span, besides=(telling.SUBJECT, group.id))


def _held_with_members(group_id: int) -> RoundGroup:
    """A group, kept from changing, and its members kept from taking a place elsewhere: as slots do, members first."""
    for member_id in due.present(group_id):
        hold_member(member_id)
    return groups.held(group_id)


def _others(group_id: int, member_id: int) -> Collection[int]:
    return [other for other in due.present(group_id) if other != member_id]


def _is_agreed(group: RoundGroup, offered: MeetingTime) -> bool:
    return group.starts_at == offered.starts_at and group.place == offered.place
