"""Opening rounds: by the programme's timetable or by a lead; closing early, and calling off."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, select

from app.catchups.rounds.models import Round, RoundEntry, RoundTimetable
from app.catchups.rounds.operations import telling
from app.catchups.rounds.queries import due
from app.catchups.rounds.rules import CLOSES_AT, EntryState, RoundState, is_due, is_paused, opens_next
from app.catchups.slots.timing import Cadence
from app.core import audit, clock, outbox
from app.core.db import db
from app.programme.models import Programme

TEND = "round"  # kind of outbox messages that let the worker look at a round
SEEDS = 2**31


class NotOpenError(Exception):
    """The round is not open for sign-up any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a lead says of a round."""

    group_size: int
    closes_on: date  # a day to come, on the clocks of London
    days_to_meet: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableDraft:
    """What a lead says of the rounds that open by themselves."""

    cadence: Cadence
    group_size: int
    days_open: int
    days_to_meet: int
    next_opens_on: date


def open_round(programme_id: int, plan: Plan, *, by: int | None) -> Round | None:
    """Open a round, with everybody in it who takes part regularly and is due; None while another one is open."""
    # Rounds of a programme open one after the other, so that each has a number of its own.
    db.session.execute(select(Programme.id).where(Programme.id == programme_id).with_for_update(key_share=True))
    state, number = Round.state == RoundState.OPEN, func.coalesce(func.max(Round.number), 0) + 1
    if db.session.scalar(select(Round.id).where(Round.programme_id == programme_id, state)) is not None:
        return None
    closes_at = clock.moment(plan.closes_on, CLOSES_AT)
    opened = Round(
        programme_id=programme_id,
        number=db.session.scalars(select(number).where(Round.programme_id == programme_id)).one(),
        state=RoundState.OPEN,
        group_size=plan.group_size,
        seed=secrets.randbelow(SEEDS),
        opened_at=clock.now(),
        closes_at=closes_at,
        ask_at=closes_at + timedelta(days=plan.days_to_meet),
    )
    db.session.add(opened)
    db.session.flush()
    _take_in(opened)
    tend_later(opened, "close")
    if by is not None:
        audit.record("open_round", "round", opened.id, actor_id=by, programme_id=programme_id)
    return opened


def open_by_timetable(programme_id: int) -> Round | None:
    """Open the round whose day has come. While another one is open it is left out, and the next day is kept."""
    planned, today = due.held_timetable(programme_id), clock.london(clock.now()).date()
    if planned is None or planned.next_opens_on > today:
        return None  # another worker was faster, or a lead changed it
    planned.next_opens_on = opens_next(planned.next_opens_on, planned.cadence, today)
    plan = Plan(
        group_size=planned.group_size,
        closes_on=today + timedelta(days=planned.days_open),
        days_to_meet=planned.days_to_meet,
    )
    return open_round(programme_id, plan, by=None)


def keep_timetable(programme_id: int, draft: TimetableDraft, *, by: int) -> None:
    """Let rounds open by themselves from now on, or at other times."""
    planned = due.held_timetable(programme_id) or RoundTimetable(programme_id=programme_id)
    for name in draft.__slots__:
        setattr(planned, name, getattr(draft, name))
    db.session.add(planned)
    audit.record(
        "keep_round_timetable",
        "programme",
        programme_id,
        actor_id=by,
        programme_id=programme_id,
        cadence=draft.cadence,
        group_size=draft.group_size,
    )


def stop_timetable(programme_id: int, *, by: int) -> None:
    """Let no more rounds open by themselves."""
    db.session.execute(delete(RoundTimetable).where(RoundTimetable.programme_id == programme_id))
    audit.record("stop_round_timetable", "programme", programme_id, actor_id=by, programme_id=programme_id)


def close_now(round_id: int, *, by: int) -> None:
    """Let sign-up end now instead of at its deadline; the worker pairs. Raises NotOpenError."""
    round_, now = _open(round_id), clock.now()
    round_.ask_at -= round_.closes_at - now
    round_.closes_at = now
    db.session.flush()
    tend_later(round_, "close-early")
    audit.record("close_round", "round", round_.id, actor_id=by, programme_id=round_.programme_id)


def call_off(round_id: int, *, by: int) -> None:
    """An open round will not take place; whoever is in it is told. Raises NotOpenError."""
    round_ = _open(round_id)
    round_.state = RoundState.CANCELLED
    found = select(RoundEntry.member_id).where(RoundEntry.round_id == round_.id, RoundEntry.state == EntryState.IN)
    telling.called_off(round_, list(db.session.scalars(found)))
    audit.record("call_off_round", "round", round_.id, actor_id=by, programme_id=round_.programme_id)


def tend_later(round_: Round, why: str) -> None:
    """Let the worker look at a round: at its deadline, or now where that has passed."""
    key = f"round:{round_.id}:{why}"
    outbox.put(
        TEND, key, {"round_id": round_.id}, due_at=max(round_.closes_at, clock.now()), programme_id=round_.programme_id
    )


def _open(round_id: int) -> Round:
    round_ = due.held(round_id)
    if round_.state is not RoundState.OPEN or round_.closes_at <= clock.now():
        raise NotOpenError
    return round_


def _take_in(round_: Round) -> None:
    """Everybody who takes part regularly, is due and does not pause."""
    closes_on = clock.london(round_.closes_at).date()
    chosen = [
        taker
        for taker, last_closed_at in due.takers(round_.programme_id)
        if is_due(taker.cadence, last_closed_at, round_.closes_at) and not is_paused(taker.paused_until, closes_on)
    ]
    db.session.add_all(
        RoundEntry(
            round_id=round_.id,
            member_id=taker.member_id,
            programme_id=round_.programme_id,
            state=EntryState.IN,
            prefers=taker.prefers,
            joined_at=round_.opened_at,
        )
        for taker in chosen
    )
    db.session.flush()
    telling.opened(round_, [taker.member_id for taker in chosen])
