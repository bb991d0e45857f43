"""A quarter of figures for the demonstration."""

from datetime import timedelta

from app.core import clock
from app.moderation.cases.rules import Lane, Outcome, Reason
from app.moderation.transparency.operations import publish
from app.moderation.transparency.rules import Counted, Quarter

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MADE_UP = (
    (14, Counted(Lane.HOLDS, Reason.SCREENING, Outcome.EDIT, 5 * HOUR)),
    (9, Counted(Lane.HOLDS, Reason.SCREENING, Outcome.PUBLISH, 7 * HOUR)),
    (6, Counted(Lane.HOLDS, Reason.WATCHED_WORD, Outcome.PUBLISH, 2 * DAY)),
    (8, Counted(Lane.REPORTS, Reason.IDENTIFIABLE, Outcome.EDIT, 20 * HOUR)),
    (7, Counted(Lane.REPORTS, Reason.OTHER, Outcome.NO_ACTION, 2 * DAY)),
    (3, Counted(Lane.REPORTS, Reason.HARASSMENT, Outcome.REMOVE, 4 * DAY)),
    (5, Counted(Lane.WELLBEING, Reason.WELLBEING, Outcome.SUPPORT, 2 * HOUR)),
    (2, Counted(Lane.SAFEGUARDING, Reason.SAFEGUARDING, Outcome.PASS_ON, HOUR)),
    (2, Counted(Lane.APPEALS, Reason.APPEAL, Outcome.UPHOLD, 5 * DAY)),
    (1, Counted(Lane.APPEALS, Reason.APPEAL, Outcome.REVERSE, 3 * DAY)),
)


def load(programme_id: int) -> int:
    """Publish the last quarter that has settled; gives how many cases it counts."""
    quarter = Quarter.of((clock.london(clock.now()) - timedelta(days=125)).date())
    cases = [case for count, case in MADE_UP for _ in range(count)]
    publish(programme_id, quarter, cases)
    return len(cases)
