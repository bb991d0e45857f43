"""What a round is paired from, and what its figures are made of."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Member, Organisation
from app.catchups.pairing import Meeting, Person, Preference, RoundInputs, read_inputs
from app.catchups.rounds.models import Round, RoundEntry, RoundGroup, RoundSeat, RoundSnapshot
from app.catchups.rounds.rules import REMEMBERED, Answer, EntryState, RoundState, SeatFacts, SeatState
from app.catchups.slots.queries.trust import trusted_in
from app.core import clock
from app.core.db import db

One, Other = aliased(RoundSeat), aliased(RoundSeat)
PAIR = 2


def able(round_: Round, *conditions: ColumnElement[bool]) -> dict[int, list[str]]:
    """Who is in a round and can take part, with what they prefer."""
    rows = db.session.execute(
        select(RoundEntry.member_id, RoundEntry.prefers)
        .join(Member, Member.id == RoundEntry.member_id)
        .where(
            RoundEntry.round_id == round_.id,
            RoundEntry.state == EntryState.IN,
            trusted_in(round_.programme_id),
            *conditions,
        )
        .order_by(RoundEntry.member_id)
    )
    return {row.member_id: row.prefers for row in rows}


def people(preferences: dict[int, list[str]]) -> tuple[Person, ...]:
    """Members as pairing knows them."""
    found = db.session.execute(
        select(Member.id, Member.organisation_id, Member.profession, Organisation.area)
        .outerjoin(Organisation, Organisation.id == Member.organisation_id)
        .where(Member.id.in_(preferences))
        .order_by(Member.id)
    )
    return tuple(
        Person(
            id=row.id,
            organisation=row.organisation_id,
            profession=row.profession.strip().casefold() or None,
            area=(row.area or "").strip().casefold() or None,
            prefers=frozenset(Preference(code) for code in preferences[row.id]),
        )
        for row in found
    )


def who_met(round_: Round, member_ids: Collection[int]) -> tuple[Meeting, ...]:
    """How many rounds ago any two of some members were put together; not if one was away or both say it did not happen.

    In a second match, everybody of the same round counts (0 rounds ago): it shall be somebody else.
    """
    neither = and_(One.answer == Answer.NOT_MET, Other.answer == Answer.NOT_MET)
    could = and_(One.state == SeatState.IN, Other.state == SeatState.IN, or_(One.answer.is_(None), not_(neither)))
    rows = db.session.execute(
        select(One.member_id, Other.member_id, func.max(Round.number))
        .join(Other, and_(Other.group_id == One.group_id, One.member_id < Other.member_id))
        .join(Round, Round.id == One.round_id)
        .where(
            Round.programme_id == round_.programme_id,
            Round.number > round_.number - REMEMBERED,
            or_(could, Round.id == round_.id),
        )
        .group_by(One.member_id, Other.member_id)
    )
    here = set(member_ids)
    return tuple(
        Meeting(one, other, round_.number - number) for one, other, number in rows if one in here and other in here
    )


def inputs_to_pair(round_id: int) -> RoundInputs | None:
    """What a round is to be paired from, as it was kept when it closed; None when it is not to be paired (any more)."""
    kept = select(RoundSnapshot.inputs).join(Round).where(RoundSnapshot.round_id == round_id, RoundSnapshot.turn == 0)
    inputs = db.session.scalar(kept.where(Round.state == RoundState.CLOSED))
    return read_inputs(inputs) if inputs else None


def snapshot(round_id: int, turn: int = 0) -> RoundSnapshot | None:
    """What was kept of a pairing."""
    return db.session.scalar(
        select(RoundSnapshot).where(RoundSnapshot.round_id == round_id, RoundSnapshot.turn == turn)
    )


def pairs_to_join(round_: Round) -> list[tuple[int, list[int]]]:
    """Pairs of a round that somebody could still join: nobody is away, no time is agreed, nobody answered."""
    seats = db.session.execute(
        select(RoundSeat.group_id, RoundSeat.member_id, RoundSeat.state, RoundSeat.answer)
        .join(RoundGroup, RoundGroup.id == RoundSeat.group_id)
        .where(RoundSeat.round_id == round_.id, RoundGroup.starts_at.is_(None))
        .order_by(RoundSeat.group_id, RoundSeat.member_id)
    )
    groups = defaultdict(list)
    for seat in seats:
        groups[seat.group_id].append(seat)
    return [
        (group_id, [seat.member_id for seat in found])
        for group_id, found in groups.items()
        if len(found) == PAIR and all(seat.state is SeatState.IN and seat.answer is None for seat in found)
    ]


def waiting_long(round_id: int, since: timedelta) -> list[int]:
    """Who has looked for a second match for so long, the longest first."""
    found = select(RoundEntry.member_id).where(
        RoundEntry.round_id == round_id, RoundEntry.looking_since <= clock.now() - since
    )
    return list(db.session.scalars(found.order_by(RoundEntry.looking_since, RoundEntry.member_id)))


def seat_facts(round_id: int) -> list[list[SeatFacts]]:
    """What the figures of a round are made of, group by group."""
    rows = db.session.execute(
        select(RoundSeat.group_id, Member.organisation_id, RoundSeat.state, RoundSeat.answer)
        .join(Member, Member.id == RoundSeat.member_id)
        .where(RoundSeat.round_id == round_id)
    )
    groups = defaultdict(list)
    for row in rows:
        groups[row.group_id].append(SeatFacts(row.organisation_id, row.state, row.answer))
    return list(groups.values())


def companions(round_id: int, member_id: int) -> set[int]:
    """With whom somebody was put together in a round, who then was away or not."""
    found = select(Other.member_id).join(One, One.group_id == Other.group_id)
    return set(
        db.session.scalars(
            found.where(One.member_id == member_id, One.round_id == round_id, Other.member_id != member_id)
        )
    )
