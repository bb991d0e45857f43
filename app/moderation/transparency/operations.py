"""Publishing the figures of a quarter, once."""

from app.core import clock
from app.core.crypto import fingerprint
from app.core.db import db, insert
from app.moderation.transparency import queries
from app.moderation.transparency.models import TransparencyQuarter
from app.moderation.transparency.rules import Counted, Quarter, plain, publishable

FROM = "transparency"  # what the choice of covers is keyed for


def publish_due() -> int:
    """Publish each quarter that has settled and was not published; gives how many. Safe to run twice at once."""
    today = clock.london(clock.now()).date()
    made = 0
    for first in queries.firsts():
        known = {each.quarter for each in queries.published(first.programme_id)}
        quarter = Quarter.of(clock.london(first.at).date())
        while quarter.is_settled(today):
            if quarter.code not in known:
                made += publish(first.programme_id, quarter, queries.cases(first.programme_id, quarter))
            quarter = quarter.next
    return made


def publish(programme_id: int, quarter: Quarter, cases: list[Counted]) -> bool:
    """Publish a quarter; False when it was published before, which then stands for good."""
    secret = fingerprint(f"{FROM}:{programme_id}:{quarter.code}").encode()
    made = db.session.scalar(
        insert(TransparencyQuarter)
        .values(
            programme_id=programme_id,
            quarter=quarter.code,
            figures=plain(publishable(cases, secret)),
            published_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["programme_id", "quarter"])
        .returning(TransparencyQuarter.id)
    )
    return made is not None
