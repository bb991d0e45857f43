"""Who may do what with rounds."""

from app.catchups.rounds.models import Round
from app.catchups.rounds.rules import RoundState
from app.catchups.slots.rules import Reader


def can_take_part(reader: Reader) -> bool:
    """Anyone trusted, as with slots: staff and participants who belong to a cohort, alumni too; not while suspended."""
    return reader.is_trusted


def can_look_after(reader: Reader, round_: Round) -> bool:
    """Leads, in their own programme. It lets them see figures, and never who is in which group."""
    return reader.leads and round_.programme_id == reader.programme_id


def can_call_off(reader: Reader, round_: Round) -> bool:
    """Leads, while sign-up is open."""
    return can_look_after(reader, round_) and round_.state is RoundState.OPEN
