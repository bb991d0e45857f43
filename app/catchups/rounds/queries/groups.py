"""Groups: for those in them, and for the operations about one."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Member, Organisation
from app.catchups.rounds.models import MeetingTime, MeetingTimeYes, Round, RoundEntry, RoundGroup, RoundSeat
from app.catchups.rounds.rules import ANSWERS, STRAGGLERS, Answer, RoundState, SeatState
from app.catchups.slots.rules import Reader
from app.core import clock
from app.core.db import db
from app.core.pages import LAST, SIZE, Page


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody in one's group, as far as an introduction goes. Nobody learns what another one answered."""

    member_id: int
    name: str
    profession: str
    organisation: str | None
    away: bool


@dataclass(frozen=True, slots=True)
class Time:
    """A time on the table, as one member of the group sees it."""

    time: MeetingTime
    by_name: str
    mine: bool
    i_can: bool
    others_who_can: int


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group as one of its members sees it."""

    group: RoundGroup
    round: Round
    others: list[Companion]
    away: bool  # the reader said that they cannot meet
    answer: Answer | None
    looking_since: datetime | None

    @property
    def present(self) -> list[Companion]:
        """The others who can come."""
        return [other for other in self.others if not other.away]

    @property
    def is_live(self) -> bool:
        """Whether the round still goes on."""
        return self.round.state is RoundState.ANNOUNCED

    @property
    def can_meet(self) -> bool:
        """Whether there is somebody to meet and time to do so."""
        return self.is_live and not self.away and bool(self.present) and self.latest > clock.now()

    @property
    def latest(self) -> datetime:
        """Until when the group may meet."""
        return self.round.ask_at + STRAGGLERS

    @property
    def alone(self) -> bool:
        """Whether everybody else is away."""
        return not self.away and not self.present

    @property
    def can_answer(self) -> bool:
        """Whether they may (still) say that it happened: not to a group that was nobody but them."""
        return self.is_live and not self.away and not self.alone and clock.now() < self.round.ask_at + ANSWERS

    @property
    def is_asked(self) -> bool:
        """Whether the question waits for their answer."""
        return self.can_answer and self.answer is None and (self.group.ends_at or self.round.ask_at) <= clock.now()


def seen(reader: Reader, group_id: int) -> GroupShown | None:
    """A group that the reader is in; nobody else sees it, no lead either."""
    return next(iter(_shown(reader, RoundGroup.id == group_id)), None)


def live(reader: Reader) -> list[GroupShown]:
    """The reader's groups in rounds that go on, the latest first."""
    return _shown(reader, Round.state == RoundState.ANNOUNCED)


def earlier(reader: Reader, number: int) -> Page[GroupShown]:
    """The reader's groups in rounds that are finished, the latest first."""
    number = min(max(number, 1), LAST)
    rows = _shown(reader, Round.state == RoundState.FINISHED, offset=(number - 1) * SIZE, limit=SIZE + 1)
    return Page(rows[:SIZE], number, len(rows) > SIZE)


def times_seen(reader: Reader, group_id: int) -> list[Time]:
    """The times on the table of a group that the reader is in, the earliest first."""
    offered = [time for time in times(group_id) if time.starts_at > clock.now()]
    names = {
        row.id: row.name
        for row in db.session.execute(
            select(Member.id, Member.name).where(Member.id.in_([time.by_id for time in offered]))
        )
    }
    me = reader.member_id
    return [
        Time(time, names[time.by_id], time.by_id == me, me in can, len(can - {me}))
        for time in offered
        for can in (who_can(time.id),)
    ]


def times(group_id: int) -> list[MeetingTime]:
    """What a group has on the table."""
    found = select(MeetingTime).where(MeetingTime.group_id == group_id)
    return list(db.session.scalars(found.order_by(MeetingTime.starts_at, MeetingTime.id)))


def time_of(group_id: int, time_id: int) -> MeetingTime | None:
    """A time on the table of a group."""
    found = select(MeetingTime).where(MeetingTime.group_id == group_id, MeetingTime.id == time_id)
    return db.session.scalar(found)


def who_can(time_id: int) -> set[int]:
    """Who can come at a time."""
    return set(db.session.scalars(select(MeetingTimeYes.member_id).where(MeetingTimeYes.time_id == time_id)))


def held(group_id: int) -> RoundGroup:
    """A group, kept from changing until the end of the transaction."""
    one = select(RoundGroup).where(RoundGroup.id == group_id).with_for_update()
    return db.session.scalars(one.execution_options(populate_existing=True)).one()


def _shown(reader: Reader, *conditions: object, offset: int = 0, limit: int | None = None) -> list[GroupShown]:
    if not reader.is_trusted:
        return []
    rows = db.session.execute(
        select(RoundGroup, Round, RoundSeat.state, RoundSeat.answer, RoundEntry.looking_since)
        .join(RoundSeat, RoundSeat.group_id == RoundGroup.id)
        .join(Round, Round.id == RoundGroup.round_id)
        .outerjoin(RoundEntry, (RoundEntry.round_id == Round.id) & (RoundEntry.member_id == RoundSeat.member_id))
        .where(
            RoundSeat.member_id == reader.member_id,
            Round.programme_id == reader.programme_id,
            RoundGroup.announced_at.is_not(None),
            *conditions,  # type: ignore[arg-type]
        )
        .order_by(Round.number.desc(), RoundGroup.number.desc())
        .offset(offset)
        .limit(limit)
        .execution_options(populate_existing=True)
    ).all()
    others = _others(reader, [group.id for group, *_ in rows])
    return [
        GroupShown(group, round_, others[group.id], state is SeatState.AWAY, answer, looking_since)
        for group, round_, state, answer, looking_since in rows
    ]


def _others(reader: Reader, group_ids: Collection[int]) -> dict[int, list[Companion]]:
    rows = db.session.execute(
        select(RoundSeat.group_id, RoundSeat.state, Member.id, Member.name, Member.profession, Organisation.name)
        .join(Member, Member.id == RoundSeat.member_id)
        .outerjoin(Organisation, Organisation.id == Member.organisation_id)
        .where(RoundSeat.group_id.in_(group_ids), RoundSeat.member_id != reader.member_id)
        .order_by(Member.name, Member.id)
    )
    found = defaultdict(list)
    for group_id, state, member_id, name, profession, organisation in rows:
        found[group_id].append(Companion(member_id, name, profession, organisation, state is SeatState.AWAY))
    return found
