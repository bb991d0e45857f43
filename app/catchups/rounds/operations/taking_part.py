"""Taking part in rounds: regularly or once, sitting one out, pausing, leaving."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, select, update

from app.catchups.pairing import Preference
from app.catchups.rounds.models import Round, RoundEntry, RoundTaker
from app.catchups.rounds.operations.opening import NotOpenError
from app.catchups.rounds.rules import EntryState, RoundState, is_paused
from app.catchups.slots.rules import Reader
from app.catchups.slots.timing import Cadence
from app.core import clock
from app.core.db import db, insert


def take_part(reader: Reader, cadence: Cadence, prefers: Collection[Preference]) -> bool:
    """Take part so often from now on, beginning with the round that is open; True when they are in one now.

    Whoever takes part already changes how: a round that they sat out stays so. `ONCE` is for the open round alone
    and raises NotOpenError when there is none.
    """
    codes = sorted(prefers)
    if cadence is Cadence.ONCE:
        join(reader, codes)
        return True
    known = db.session.get(RoundTaker, (reader.programme_id, reader.member_id))
    chosen = {"cadence": cadence, "prefers": codes}
    db.session.execute(
        insert(RoundTaker)
        .values(programme_id=reader.programme_id, member_id=reader.member_id, since=clock.now(), **chosen)
        .on_conflict_do_update(index_elements=["programme_id", "member_id"], set_=chosen)
    )
    round_ = _sign_up_of(reader)
    if round_ is None:
        return False
    if known is None:
        _enter(reader, round_, codes)
        return True
    return _set(reader, round_, EntryState.IN, prefers=codes)


def join(reader: Reader, prefers: Collection[str] | None = None) -> None:
    """Be in the round that is open, with these preferences (None: those kept). Raises NotOpenError."""
    round_ = _sign_up_of(reader)
    if round_ is None:
        raise NotOpenError
    taker = db.session.get(RoundTaker, (reader.programme_id, reader.member_id))
    _enter(reader, round_, (taker.prefers if taker else []) if prefers is None else prefers)


def sit_out(reader: Reader) -> None:
    """Be in the open round no longer. Raises NotOpenError."""
    round_ = _sign_up_of(reader)
    if round_ is None:
        raise NotOpenError
    _set(reader, round_, EntryState.IN, state=EntryState.OUT)


def pause(reader: Reader, until: date) -> None:
    """Miss every round that closes before a day; they are back by themselves."""
    _keep(reader, paused_until=until)
    round_ = _sign_up_of(reader)
    if round_ is not None and is_paused(until, clock.london(round_.closes_at).date()):
        _set(reader, round_, EntryState.IN, state=EntryState.OUT)


def resume(reader: Reader) -> None:
    """End a pause. A round that is open can be joined, but is not by itself."""
    _keep(reader, paused_until=None)


def leave(reader: Reader) -> None:
    """Take part no more, neither in the open round nor in later ones. What is paired already stays."""
    db.session.execute(
        delete(RoundTaker).where(
            RoundTaker.programme_id == reader.programme_id, RoundTaker.member_id == reader.member_id
        )
    )
    round_ = _sign_up_of(reader)
    if round_ is not None:
        _set(reader, round_, EntryState.IN, state=EntryState.OUT)


def _keep(reader: Reader, **chosen: object) -> None:
    mine = (RoundTaker.programme_id == reader.programme_id, RoundTaker.member_id == reader.member_id)
    db.session.execute(update(RoundTaker).where(*mine).values(**chosen))


def _sign_up_of(reader: Reader) -> Round | None:
    """The round that is open now. It is held: pairing waits for whoever came in time, and nobody comes after it."""
    found = select(Round).where(Round.programme_id == reader.programme_id, Round.state == RoundState.OPEN)
    found = found.with_for_update(read=True).execution_options(populate_existing=True)
    round_ = db.session.scalar(found)
    return round_ if round_ is not None and round_.closes_at > clock.now() else None


def _enter(reader: Reader, round_: Round, prefers: Collection[str]) -> None:
    chosen = {"state": EntryState.IN, "prefers": list(prefers)}
    db.session.execute(
        insert(RoundEntry)
        .values(
            round_id=round_.id,
            member_id=reader.member_id,
            programme_id=round_.programme_id,
            joined_at=clock.now(),
            **chosen,
        )
        .on_conflict_do_update(index_elements=["round_id", "member_id"], set_=chosen)
    )


def _set(reader: Reader, round_: Round, only_if: EntryState, **chosen: object) -> bool:
    """Change their entry if it is in a state; whether it was."""
    mine = (RoundEntry.round_id == round_.id, RoundEntry.member_id == reader.member_id, RoundEntry.state == only_if)
    changed = update(RoundEntry).where(*mine).values(**chosen).returning(RoundEntry.member_id)
    return db.session.execute(changed).first() is not None
