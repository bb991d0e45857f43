"""Counting what people look for and do not find: by need and month alone, never words and never anybody."""

from app.core import clock
from app.core.db import db, insert
from app.signposting.models import NeedGap
from app.signposting.needs import known


def count_nothing_found(programme_id: int, need: str) -> None:
    """Count, in the caller's transaction, that a search by a need found nothing but crisis lines; not an unknown one.

    The month is that of London. Source: searches that found nothing are counted by need only.
    """
    if not known([need]):
        return
    counted = insert(NeedGap).values(
        programme_id=programme_id, need=need, month=f"{clock.london(clock.now()):%Y-%m}", times=1
    )
    db.session.execute(
        counted.on_conflict_do_update(
            index_elements=["programme_id", "need", "month"], set_={"times": NeedGap.times + 1}
        )
    )
