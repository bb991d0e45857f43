"""Where a topic may be moved to: nobody who could not read it before may read it afterwards. Pure."""

from dataclasses import dataclass

from app.forums.rules import Audience, Label

# What a stricter label forbids, a weaker one may allow.
STRICTNESS = {Label.OPEN: 0, Label.CHATHAM_HOUSE: 1, Label.BOARD_ONLY: 2}


@dataclass(frozen=True, slots=True)
class Place:
    """A board, as far as it matters for moving."""

    programme_id: int
    audience: Audience
    cohort_id: int | None
    label: Label


def may_move(source: Place, target: Place) -> bool:
    """Whether what was written for one board may stand on another: for no other readers, and no more freely."""
    if source.programme_id != target.programme_id:
        return False
    same_readers = (source.audience, source.cohort_id) == (target.audience, target.cohort_id)
    was_for_everyone = source.audience is Audience.EVERYONE
    return (same_readers or was_for_everyone) and STRICTNESS[target.label] >= STRICTNESS[source.label]
