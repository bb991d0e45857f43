"""An assessment of risks for the demonstration: two kept versions, and a change since."""

from dataclasses import replace
from datetime import timedelta

from app.core import clock
from app.moderation.law import queries
from app.moderation.law.operations.assessing import Assessed, add, change, keep
from app.moderation.law.rules import USUAL_HARMS, Level, Occasion

JUDGED = (
    (Level.MEDIUM, Level.HIGH),
    (Level.LOW, Level.HIGH),
    (Level.HIGH, Level.HIGH),
    (Level.MEDIUM, Level.HIGH),
    (Level.LOW, Level.HIGH),
    (Level.LOW, Level.HIGH),
    (Level.LOW, Level.HIGH),
    (Level.LOW, Level.MEDIUM),
    (Level.LOW, Level.HIGH),
)


def load(programme_id: int, *, by_id: int) -> int:
    """Assess the usual harms in a programme that has assessed nothing; gives their number."""
    if queries.risks(programme_id):
        return 0
    now = clock.now()
    with clock.frozen(now - timedelta(days=350)):
        rows = [add(programme_id, _judged(number), by_id=by_id) for number in range(len(USUAL_HARMS))]
        keep(programme_id, Occasion.FIRST, "Before the community opened, with both moderators.", by_id=by_id)
    with clock.frozen(now - timedelta(days=120)):
        rooms = replace(_judged(0), how="In posts, replies and live rooms, also by several people together.")
        change(rows[0], rooms, rows[0].version, by_id=by_id)
        keep(programme_id, Occasion.CHANGE, "Live rooms open to everybody.", by_id=by_id)
    return len(rows)


def _judged(number: int) -> Assessed:
    harm, (likelihood, impact) = USUAL_HARMS[number], JUDGED[number]
    return Assessed(
        harm=harm.name,
        how=harm.how,
        likelihood=likelihood,
        impact=impact,
        measures=harm.measures,
        owner="Lead moderator",
    )
