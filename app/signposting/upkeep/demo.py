"""What members told the team of the demonstration, and what they looked for and did not find."""

from sqlalchemy import exists, select

from app.core import clock
from app.core.db import db
from app.signposting.models import NeedGap, SupportService
from app.signposting.upkeep.models import Suggestion
from app.signposting.upkeep.operations.looking_after import suggest

NOT_FOUND = {"sleep": 7, "money": 4, "bereavement": 2}
SAID = "I rang on Saturday and a recording said that the line is open on weekdays only. Could the hours say so?"


def load(programme_id: int, *, member_id: int) -> None:
    """Once for each programme."""
    month = f"{clock.london(clock.now()):%Y-%m}"
    if not db.session.scalar(select(exists().where(NeedGap.programme_id == programme_id))):
        db.session.add_all(
            NeedGap(programme_id=programme_id, need=need, month=month, times=times) for need, times in NOT_FOUND.items()
        )
    service = db.session.scalar(select(SupportService).where(SupportService.slug == "acas"))
    if service and not db.session.scalar(select(exists().where(Suggestion.programme_id == programme_id))):
        suggest(service, SAID, programme_id=programme_id, member_id=member_id)
