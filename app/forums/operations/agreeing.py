"""Agreeing to what a board's label promises."""

from app.core import clock
from app.core.db import db, insert
from app.forums.models import Acknowledgement
from app.forums.rules import Label, Reader


def agree(reader: Reader, board_id: int, cohort_id: int | None, label: Label) -> None:
    """Note it once: for the board, or for every board of its cohort that has this label."""
    of_cohort = cohort_id is not None
    row = insert(Acknowledgement).values(
        programme_id=reader.programme_id,
        member_id=reader.member_id,
        board_id=None if of_cohort else board_id,
        cohort_id=cohort_id,
        label=label,
        at=clock.now(),
    )
    db.session.execute(row.on_conflict_do_nothing())
