"""From sign-up to groups, a step at a time. Each step looks at the state first, so that doing it again does nothing.

close (keeps the inputs) → pair, outside any transaction → keep (the groups) → announce, some at a time.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from app.accounts.not_with.queries import couples_among
from app.catchups.pairing import Identity, Person, RoundInputs
from app.catchups.rounds.icebreakers import icebreaker
from app.catchups.rounds.models import Round, RoundGroup, RoundSeat, RoundSnapshot
from app.catchups.rounds.operations import telling
from app.catchups.rounds.queries import due, inputs
from app.catchups.rounds.rules import (
    ANSWERS,
    SNAPSHOTS_KEPT,
    RoundState,
    SeatState,
    meetings,
)
from app.core import clock
from app.core.db import db

if TYPE_CHECKING:
    from app.catchups.pairing import Pairing

AT_A_TIME = 50  # groups that are told in one transaction


def close(round_id: int) -> bool:
    """End the sign-up of a round whose deadline has passed, and keep what it is to be paired from."""
    round_ = due.held(round_id)
    if round_.state is not RoundState.OPEN or round_.closes_at > clock.now():
        return False
    chosen = inputs.people(inputs.able(round_))
    snapshot(round_, round_inputs(round_, chosen, round_.group_size), turn=0)
    round_.state, round_.signed_up = RoundState.CLOSED, len(chosen)
    return True


def round_inputs(round_: Round, chosen: Sequence[Person], group_size: int) -> RoundInputs:
    """What pairing is told of some members: also whom they have met, and who is not to meet whom."""
    ids = [int(person.id) for person in chosen]
    return RoundInputs(
        seed=round_.seed,
        group_size=group_size,
        people=tuple(chosen),
        met=inputs.who_met(round_, ids),
        not_with=tuple(sorted((min(couple), max(couple)) for couple in couples_among(ids))),
    )


def snapshot(round_: Round, chosen: RoundInputs, turn: int, outcome: "Pairing | None" = None) -> RoundSnapshot:
    """Keep inputs (and outcome) where nobody can read them."""
    kept = RoundSnapshot(
        programme_id=round_.programme_id,
        round_id=round_.id,
        turn=turn,
        inputs=chosen.as_plain(),
        outcome=outcome.as_plain() if outcome else None,
        taken_at=clock.now(),
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def keep(round_id: int, outcome: "Pairing") -> bool:
    """Keep the groups of a round; False when another worker has done so. Who has left meanwhile is away."""
    round_ = due.held(round_id)
    if round_.state is not RoundState.CLOSED:
        return False
    kept = inputs.snapshot(round_.id)
    if kept is not None:
        kept.outcome = outcome.as_plain()
    seat_groups(round_, outcome, first_number=1, here=inputs.able(round_))
    round_.state = RoundState.PAIRED
    return True


def seat_groups(round_: Round, outcome: "Pairing", first_number: int, here: dict[int, list[str]]) -> None:
    """Write groups and seats; nobody sees them before they are announced."""
    groups = [
        RoundGroup(
            programme_id=round_.programme_id,
            round_id=round_.id,
            number=number,
            reasons=[reason.words for reason in found.reasons],
            icebreaker=icebreaker(round_.seed, number),
        )
        for number, found in enumerate(outcome.groups, first_number)
    ]
    db.session.add_all(groups)
    db.session.flush()
    for group, found in zip(groups, outcome.groups, strict=True):
        db.session.add_all(
            seat(group, member_id, SeatState.IN if member_id in here else SeatState.AWAY)
            for member_id in _ids(found.members)
        )
    db.session.flush()


def seat(group: RoundGroup, member_id: int, state: SeatState = SeatState.IN) -> RoundSeat:
    """A place in a group."""
    return RoundSeat(
        group_id=group.id,
        member_id=member_id,
        round_id=group.round_id,
        programme_id=group.programme_id,
        state=state,
    )


def announce_some(round_id: int) -> int:
    """Tell the next groups, then whoever has none; gives how many were told, 0 when all are.

    The round is held: two workers tell one after the other. What was told is noted in the same transaction.
    """
    round_ = due.held(round_id)
    if round_.state not in {RoundState.PAIRED, RoundState.ANNOUNCED}:
        return 0
    groups = due.unannounced(round_.id, AT_A_TIME)
    for group in groups:
        telling.grouped(group, due.present(group.id))
        group.announced_at = clock.now()
    if groups or round_.state is RoundState.ANNOUNCED:
        return len(groups)
    telling.no_match(round_, due.without_group(round_.id))
    round_.state = RoundState.ANNOUNCED
    return 0


def ask_some(round_id: int) -> int:
    """Ask the next ones whether it happened; gives how many were asked."""
    round_ = due.held(round_id)
    if round_.state is not RoundState.ANNOUNCED:
        return 0
    rows = db.session.execute(due.to_be_asked(round_.id).limit(AT_A_TIME)).all()
    for group_id, member_id in rows:
        telling.ask(db.session.get_one(RoundGroup, group_id), [member_id])
        mine = (RoundSeat.group_id == group_id, RoundSeat.member_id == member_id)
        db.session.execute(update(RoundSeat).where(*mine).values(asked_at=clock.now()))
    return len(rows)


def finish(round_id: int) -> bool:
    """Make the figures of a round when the time to answer is over. They stay, so that none can be found by waiting."""
    round_ = due.held(round_id)
    if round_.state is not RoundState.ANNOUNCED or round_.ask_at + ANSWERS > clock.now():
        return False
    found = meetings(inputs.seat_facts(round_.id))
    round_.met_across, round_.met_within = found.across, found.within
    round_.state = RoundState.FINISHED
    return True


def forget_snapshots() -> None:
    """Remove what rounds were paired from when nobody asks for it any more: it holds wishes."""
    db.session.execute(delete(RoundSnapshot).where(RoundSnapshot.taken_at < clock.now() - SNAPSHOTS_KEPT))


def _ids(members: Sequence[Identity]) -> list[int]:
    return [int(member) for member in members]
