"""A second match: for whoever is left alone because somebody cannot come, or found nobody in the first place."""

from datetime import datetime

from sqlalchemy import func, select, update

from app.accounts.not_with.queries import couples_among
from app.catchups.pairing.reasons import why
from app.catchups.rounds.models import Round, RoundEntry, RoundGroup, RoundSnapshot
from app.catchups.rounds.operations import telling
from app.catchups.rounds.operations.opening import tend_later
from app.catchups.rounds.operations.pairing import round_inputs, seat, seat_groups, snapshot
from app.catchups.rounds.queries import due, inputs
from app.catchups.rounds.rules import POOL_WAITS, EntryState, RoundState
from app.core import clock
from app.core.db import db

PAIR = 2


def look(round_: Round, member_id: int) -> None:
    """Look for somebody else; whether they may is the caller's question (queries.groups.may_look)."""
    _set(round_, [member_id], clock.now())
    tend_later(round_, f"look:{member_id}:{clock.now():%Y%m%dT%H%M%S.%f}")


def stop_looking(round_: Round, member_id: int) -> None:
    """Look no more."""
    _set(round_, [member_id], None)


def match_again(round_id: int) -> bool:
    """Put together those who look, as the round did; who waits long joins a pair that has no time yet."""
    round_ = due.held(round_id)
    if round_.state is not RoundState.ANNOUNCED:
        return False
    looking = inputs.able(round_, RoundEntry.looking_since.is_not(None))
    matched = _among_themselves(round_, looking) if len(looking) >= PAIR else set()
    for member_id in inputs.waiting_long(round_.id, POOL_WAITS):
        if member_id in looking and member_id not in matched and _join_a_pair(round_, member_id):
            matched.add(member_id)
    _set(round_, sorted(matched), None)
    return bool(matched)


def _among_themselves(round_: Round, looking: dict[int, list[str]]) -> set[int]:
    from app.catchups.pairing import pair  # here: the web process needs none of it

    chosen = round_inputs(round_, inputs.people(looking), PAIR)
    outcome = pair(chosen)
    if not outcome.groups:
        return set()
    numbers = select(func.max(RoundGroup.number)).where(RoundGroup.round_id == round_.id)
    turns = select(func.max(RoundSnapshot.turn)).where(RoundSnapshot.round_id == round_.id)
    snapshot(round_, chosen, (db.session.scalar(turns) or 0) + 1, outcome)
    seat_groups(round_, outcome, first_number=(db.session.scalar(numbers) or 0) + 1, here=looking)
    return {int(member_id) for group in outcome.groups for member_id in group.members}


def _join_a_pair(round_: Round, member_id: int) -> bool:
    not_again = inputs.companions(round_.id, member_id)
    for group_id, members in inputs.pairs_to_join(round_):
        apart = {other for couple in couples_among([member_id, *members]) if member_id in couple for other in couple}
        if member_id in members or not_again.union(apart).intersection(members):
            continue
        group = db.session.get_one(RoundGroup, group_id)
        db.session.add(seat(group, member_id))
        db.session.flush()
        group.reasons = _reasons(round_, [*members, member_id])
        telling.grouped(group, [member_id])
        telling.joined(group, member_id, members)
        return True
    return False


def _reasons(round_: Round, member_ids: list[int]) -> list[str]:
    """Why they: of three, other things may be true than of two."""
    labels = [(one.organisation, one.profession, one.area) for one in inputs.people({key: [] for key in member_ids})]
    earlier = [meeting.rounds_ago for meeting in inputs.who_met(round_, member_ids) if meeting.rounds_ago]
    return [reason.words for reason in why(labels, earlier, PAIR)]


def _set(round_: Round, member_ids: list[int], since: datetime | None) -> None:
    db.session.execute(
        update(RoundEntry)
        .where(
            RoundEntry.round_id == round_.id,
            RoundEntry.member_id.in_(member_ids),
            RoundEntry.state == EntryState.IN,
        )
        .values(looking_since=since)
    )
