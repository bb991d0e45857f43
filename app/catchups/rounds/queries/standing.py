"""Where a member stands with rounds, and what leads see of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.accounts.models import Member
from app.catchups.rounds.models import Round, RoundEntry, RoundSeat, RoundTaker, RoundTimetable
from app.catchups.rounds.queries import groups
from app.catchups.rounds.queries.groups import GroupShown
from app.catchups.rounds.rules import EntryState, RoundState, shown
from app.catchups.slots.queries.trust import trusted_in
from app.catchups.slots.rules import Reader
from app.core import clock
from app.core.db import db
from app.core.pages import Page, page


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A round in which somebody found nobody, or nobody any more."""

    round: Round
    looking: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one member stands: how they take part, the open round, their groups."""

    taker: RoundTaker | None
    open_round: Round | None
    entry: RoundEntry | None  # in the open round
    next_opens_on: date | None
    groups: list[GroupShown]
    unmatched: list[Unmatched]

    @property
    def is_in(self) -> bool:
        """Whether they are in the open round."""
        return self.entry is not None and self.entry.state is EntryState.IN

    @property
    def is_paused(self) -> bool:
        """Whether they pause now."""
        until = self.taker.paused_until if self.taker else None
        return until is not None and until > clock.london(clock.now()).date()

    @property
    def asked(self) -> list[GroupShown]:
        """Groups of which "did it happen?" waits for an answer."""
        return [group for group in self.groups if group.is_asked]


def standing(reader: Reader) -> Standing:
    """Where the reader stands with the rounds of the programme they are looking at."""
    open_round = open_round_of(reader.programme_id)
    timetable = timetable_of(reader.programme_id)
    return Standing(
        taker=db.session.get(RoundTaker, (reader.programme_id, reader.member_id)),
        open_round=open_round,
        entry=db.session.get(RoundEntry, (open_round.id, reader.member_id)) if open_round else None,
        next_opens_on=timetable.next_opens_on if timetable else None,
        groups=groups.live(reader),
        unmatched=_unmatched(reader),
    )


def open_round_of(programme_id: int) -> Round | None:
    """The round that members can sign up for now."""
    found = select(Round).where(Round.programme_id == programme_id, Round.state == RoundState.OPEN)
    return db.session.scalar(found.where(Round.closes_at > clock.now()))


def timetable_of(programme_id: int) -> RoundTimetable | None:
    """When rounds open by themselves."""
    return db.session.get(RoundTimetable, programme_id)


def round_to_look_in(reader: Reader, round_id: int) -> Round | None:
    """A round in which the reader has nobody to meet, so that they may look for a second match."""
    mine = [each.round for each in _unmatched(reader) if each.round.id == round_id]
    alone = [group.round for group in groups.live(reader) if group.alone]
    in_other = {group.round.id for group in groups.live(reader) if group.present and not group.away}
    return next((each for each in [*mine, *alone] if each.id == round_id and each.id not in in_other), None)


def rounds_led(programme_id: int, number: int) -> Page[Round]:
    """The rounds of a programme, the latest first; for its leads."""
    return page(select(Round).where(Round.programme_id == programme_id).order_by(Round.number.desc()), number)


def round_led(programme_id: int, round_id: int) -> Round | None:
    """One of them."""
    return db.session.scalar(select(Round).where(Round.programme_id == programme_id, Round.id == round_id))


def signed_up(round_: Round) -> int | None:
    """How many are in an open round, as leads may see it."""
    found = (
        select(func.count())
        .select_from(RoundEntry)
        .join(Member, Member.id == RoundEntry.member_id)
        .where(RoundEntry.round_id == round_.id, RoundEntry.state == EntryState.IN, trusted_in(round_.programme_id))
    )
    return shown(db.session.scalar(found) or 0)


def finished(programme_id: int, most: int) -> Sequence[Round]:
    """The last finished rounds of a programme, the earliest of them first."""
    found = select(Round).where(Round.programme_id == programme_id, Round.state == RoundState.FINISHED)
    return list(reversed(db.session.scalars(found.order_by(Round.number.desc()).limit(most)).all()))


def _unmatched(reader: Reader) -> list[Unmatched]:
    """Rounds that go on and in which the reader has no group."""
    if not reader.is_trusted:
        return []
    seated = select(RoundSeat.group_id).where(RoundSeat.round_id == Round.id, RoundSeat.member_id == reader.member_id)
    rows = db.session.execute(
        select(Round, RoundEntry.looking_since)
        .join(RoundEntry, RoundEntry.round_id == Round.id)
        .where(
            Round.programme_id == reader.programme_id,
            Round.state == RoundState.ANNOUNCED,
            Round.ask_at > clock.now(),
            RoundEntry.member_id == reader.member_id,
            RoundEntry.state == EntryState.IN,
            ~seated.exists(),
        )
        .order_by(Round.number.desc())
    )
    return [Unmatched(round_, since is not None) for round_, since in rows]
