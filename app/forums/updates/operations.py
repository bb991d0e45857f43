"""Planning updates: a row of the outbox for each member and period, which can only be written once."""

from app.core import clock, outbox
from app.forums.updates import queries
from app.forums.updates.rules import UPDATES, period
from app.notifications import queries as notifications

UPDATE = "community_update"  # the kind of outbox message


def plan(programme_id: int) -> int:
    """Queue the updates of a programme that are due and were not queued; gives how many."""
    member_ids, now = queries.members(programme_id), clock.now()
    queued = 0
    for member_id, delivery in notifications.deliveries(UPDATES, member_ids).items():
        due = period(delivery, now)
        if due is None:
            continue
        # The same key for a day and a week: on Mondays, and after a change of mind, there is one mail.
        key = f"community-update:{programme_id}:{member_id}:{due.day:%Y-%m-%d}"
        payload = {"member_id": member_id, "day": due.day.isoformat(), "days": due.days}
        queued += outbox.put(UPDATE, key, payload, programme_id=programme_id)
    return queued
