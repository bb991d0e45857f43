"""Rounds of the demonstration: some in which people met, one whose groups are finding a time, one that is open."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, select

from app.accounts.models import Member
from app.catchups.pairing import Preference
from app.catchups.rounds.models import Round, RoundSeat
from app.catchups.rounds.operations import meeting, pairing, taking_part
from app.catchups.rounds.operations.opening import Plan, TimetableDraft, keep_timetable, open_round
from app.catchups.rounds.queries import inputs
from app.catchups.rounds.rules import ANSWERS, Answer
from app.catchups.slots.queries.lists import reader
from app.catchups.slots.queries.trust import trusted_in
from app.catchups.slots.timing import Cadence, Span
from app.core import clock
from app.core.db import db
from app.programme.models import CohortMembership

PEOPLE = 22
DAYS_OPEN, DAYS_TO_MEET = 5, 14
MEETING = timedelta(days=12)  # ago
FINISHED = ((timedelta(days=150), 2), (timedelta(days=105), 4), (timedelta(days=60), 3))  # ago, and size of groups
EVERY_FIFTH = 5  # does not answer, and the next says that it did not happen


def load(programme_id: int, *, lead_id: int, guest_id: int) -> int:
    """Rounds in a programme that has none; gives their number."""
    if db.session.scalar(select(exists().where(Round.programme_id == programme_id))):
        return 0
    today = clock.london(clock.now()).date()
    people = [guest_id, *_others(programme_id, guest_id)]
    for ago, size in FINISHED:
        finished = _round(programme_id, lead_id, ago, people, size)
        _answer(finished)
        with clock.frozen(finished.ask_at + ANSWERS):
            pairing.finish(finished.id)
    meeting_now = _round(programme_id, lead_id, MEETING, people[:15])
    _offer_a_time(meeting_now, guest_id)
    keep_timetable(
        programme_id,
        TimetableDraft(
            cadence=Cadence.MONTHLY,
            group_size=2,
            days_open=DAYS_OPEN,
            days_to_meet=DAYS_TO_MEET,
            next_opens_on=today + timedelta(days=28),
        ),
        by=lead_id,
    )
    open_round(programme_id, _plan(today), by=lead_id)
    for member_id in people[1:9]:
        taking_part.take_part(reader(member_id, programme_id), Cadence.MONTHLY, [Preference.OTHER_ORGANISATION])
    return len(FINISHED) + 2


def _plan(opens_on: date, size: int = 2) -> Plan:
    return Plan(group_size=size, closes_on=opens_on + timedelta(days=DAYS_OPEN), days_to_meet=DAYS_TO_MEET)


def _round(programme_id: int, lead_id: int, ago: timedelta, people: Sequence[int], size: int = 2) -> Round:
    """A round that was opened some time ago and is announced."""
    from app.catchups.pairing import pair  # here: the web process needs none of it

    opened_at = clock.now() - ago
    with clock.frozen(opened_at):
        round_ = open_round(programme_id, _plan(clock.london(opened_at).date(), size), by=lead_id)
        if round_ is None:
            raise RuntimeError("a round of the demonstration is open already")
        for member_id in people:
            taking_part.join(reader(member_id, programme_id))
    with clock.frozen(round_.closes_at):
        pairing.close(round_.id)
        to_pair = inputs.inputs_to_pair(round_.id)
        if to_pair is not None:
            pairing.keep(round_.id, pair(to_pair))
        while pairing.announce_some(round_.id):
            pass
    return round_


def _answer(round_: Round) -> None:
    """Most say that it happened."""
    with clock.frozen(round_.ask_at):
        for number, seat in enumerate(
            db.session.scalars(select(RoundSeat).where(RoundSeat.round_id == round_.id)).all()
        ):
            if number % EVERY_FIFTH:
                answer = Answer.NOT_MET if number % EVERY_FIFTH == 1 else Answer.MET
                meeting.say_whether(seat.group_id, seat.member_id, answer)


def _offer_a_time(round_: Round, guest_id: int) -> None:
    """Somebody offers the guest a time."""
    mine = select(RoundSeat.group_id).where(RoundSeat.round_id == round_.id, RoundSeat.member_id == guest_id)
    group_id = db.session.scalars(mine).one()
    other = select(RoundSeat.member_id).where(RoundSeat.group_id == group_id, RoundSeat.member_id != guest_id)
    day = clock.london(clock.now()).date() + timedelta(days=3)
    starts_at = clock.in_london(day.year, day.month, day.day, 17, 30)
    span = Span(starts_at, starts_at + timedelta(minutes=30))
    meeting.offer_time(
        group_id, db.session.scalars(other.limit(1)).one(), span, "A walk around Abbey Park, from the gate"
    )


def _others(programme_id: int, guest_id: int) -> list[int]:
    """Some of those in cohorts who cannot sign in, always the same ones: the accounts are for whoever tries it out."""
    found = (
        select(Member.id)
        .where(Member.id.in_(select(CohortMembership.member_id).where(CohortMembership.programme_id == programme_id)))
        .where(Member.id != guest_id, Member.password.is_(None), trusted_in(programme_id))
    )
    return list(db.session.scalars(found.order_by(Member.id).limit(PEOPLE - 1)))
