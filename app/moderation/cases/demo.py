"""Cases of the demonstration: some in each lane, replies that moderators keep, and their hours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from sqlalchemy import exists, select

from app.accounts.models import Member
from app.core import clock
from app.core.db import db
from app.moderation.cases.models import Decision, ModerationCase
from app.moderation.cases.operations import acting, appealing, desk, settling
from app.moderation.cases.operations.opening import Place, Raised, open_case, open_in_own_words
from app.moderation.cases.queries.scope import reviewer
from app.moderation.cases.rota import Turn
from app.moderation.cases.rules import Measure, Outcome, Reason, Source
from app.moderation.cases.verdicts import Ground, Verdict

WORKDAYS, WEEK = range(5), range(7)
REPLIES: Mapping[str, tuple[Outcome | None, str]] = {
    "Could tell who somebody is": (
        Outcome.HIDE,
        (
            "What you saw matters. A detail in it could tell who somebody is, so others cannot see it for now. "
            "Please take the detail out: a moderator looks at it again the same day."
        ),
    ),
    "Thank you for waiting": (Outcome.PUBLISH, "We have looked at it, and it is there now. Thank you for waiting."),
    "What somebody did, not what they are": (
        None,
        "Please write about what somebody did, and leave out what you think they are. Then it helps more people.",
    ),
}
WARNING = Verdict(
    outcome=Outcome.NO_ACTION,
    ground=Ground.CONFIDENCE,
    rule="confidence",
    words="In a catch-up you passed on what somebody had told their learning set. Please keep what is shared there.",
    measure=Measure.WARN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A post that somebody raised a concern about; without a reporter it was found automatically."""

    subject_id: int
    reason: Reason
    days_ago: float
    reporter_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who moderates, who leads, and who has been warned and asks for another look."""

    moderator_id: int
    second_id: int
    lead_id: int
    warned_id: int


def load(programme_id: int, staff: Staff, concerns: Sequence[About]) -> int:
    """Put cases into a programme that has none; gives their number."""
    if db.session.scalar(select(exists().where(ModerationCase.programme_id == programme_id))):
        return 0
    _desk(programme_id, staff)
    now = clock.now()
    for about in concerns:
        with clock.frozen(now - timedelta(days=about.days_ago)):
            open_case(
                Raised(
                    subject_type="post",
                    subject_id=about.subject_id,
                    source=Source.MEMBER if about.reporter_id else Source.HOLD,
                    reason=about.reason,
                    reporter_id=about.reporter_id,
                    words=about.words,
                )
            )
    with clock.frozen(now - timedelta(hours=3)):
        open_in_own_words(
            Reason.SAFEGUARDING,
            "In our set somebody told of a resident who is shouted at when relatives are not there. "
            "They did not say more, and I do not know whether anybody has been told.",
            Place(programme_id, "In their own words", "/home"),
            source=Source.MEMBER,
            reporter_id=staff.warned_id,
        )
    _appeal(programme_id, staff)
    return len(concerns) + 3


def _desk(programme_id: int, staff: Staff) -> None:
    for title, (outcome, words) in REPLIES.items():
        desk.save_reply(
            None, programme_id=programme_id, title=title, outcome=outcome, words=words, by_id=staff.moderator_id
        )
    nine, five = time(9), time(17)
    turns = [Turn(member_id=staff.moderator_id, weekday=day, starts=nine, ends=five) for day in WORKDAYS]
    turns += [Turn(member_id=staff.second_id, weekday=day, starts=five, ends=nine, on_call=True) for day in WEEK]
    desk.add_turns(programme_id, turns, by_id=staff.lead_id)


def _appeal(programme_id: int, staff: Staff) -> None:
    """A warning of last week, and the appeal against it."""
    now = clock.now()
    with clock.frozen(now - timedelta(days=5)):
        warned = db.session.get_one(Member, staff.warned_id)
        who = reviewer(staff.moderator_id, programme_id)
        decision_id = acting.act(warned, "Two people told me of it after the catch-up.", WARNING, who).id
    with clock.frozen(now - timedelta(days=5) + timedelta(minutes=1)):
        settling.tell(decision_id, [])
    with clock.frozen(now - timedelta(days=2)):
        decision = db.session.get_one(Decision, decision_id, populate_existing=True)
        appealing.appeal(decision, "It was my own story that I told, not theirs.", by_id=staff.warned_id)
