"""What the worker does about rounds. The web process never pairs."""

from app.catchups.rounds.operations import opening, pairing, second
from app.catchups.rounds.queries import due, inputs
from app.core import outbox
from app.core.db import db, transaction
from app.core.outbox import Message


def tend_message(message: Message) -> None:
    """Look at the round that a message of the outbox names."""
    tend_round(message.payload["round_id"])


def tend_rounds() -> None:
    """Open what the timetables ask for, then see to every round with something to do."""
    programme_ids = due.programmes_to_open()
    db.session.rollback()
    for programme_id in programme_ids:
        with transaction() as after:
            opening.open_by_timetable(programme_id)
            after.append(outbox.wake)
    round_ids = due.rounds_to_tend()
    db.session.rollback()
    for round_id in round_ids:
        tend_round(round_id)


def tend_round(round_id: int) -> None:
    """Take a round as far as it can go now. Whatever was done before is not done again."""
    with transaction():
        pairing.close(round_id)
    _pair(round_id)
    with transaction():
        second.match_again(round_id)
    for step in (pairing.announce_some, pairing.ask_some):
        told = 1
        while told:
            with transaction() as after:
                told = step(round_id)
                after.append(outbox.wake)
    with transaction():
        pairing.finish(round_id)


def forget() -> None:
    """Remove what is kept no longer."""
    with transaction():
        pairing.forget_snapshots()


def _pair(round_id: int) -> None:
    """Pair from the inputs that are kept. Two workers come to the same groups, and the first keeps them."""
    to_pair = inputs.inputs_to_pair(round_id)
    db.session.rollback()
    if to_pair is not None:
        from app.catchups.pairing import pair  # here: the web process needs none of it

        outcome = pair(to_pair)  # outside any transaction: it takes seconds in a large round
        with transaction():
            pairing.keep(round_id, outcome)
