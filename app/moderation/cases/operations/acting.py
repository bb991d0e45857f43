"""Staff act about a member by themselves: the same grounds, words and appeal as any other decision."""

from sqlalchemy import and_

from app.accounts.models import Member
from app.core.db import db
from app.moderation.cases.models import Decision, ModerationCase
from app.moderation.cases.operations.deciding import settle
from app.moderation.cases.operations.opening import Place, open_in_own_words
from app.moderation.cases.queries.scope import Reviewer, impartial
from app.moderation.cases.rules import Reason, Route, Source
from app.moderation.cases.verdicts import Verdict


def act(member: Member, account: str, verdict: Verdict, who: Reviewer) -> Decision:
    """Warn, silence or suspend a member. `account` says what was seen: it is kept, and not shown to the member.

    Raises claiming.TakenError for a conflict of interest, deciding.WrongVerdictError.
    """
    place = Place(who.programme_id or 0, "What staff saw", f"/moderation/people/{member.id}")
    opened = open_in_own_words(Reason.STANDING, account, place, source=Source.STAFF, about_id=member.id)
    case = db.session.get_one(ModerationCase, opened.case_id)
    case.route = Route.TEAM  # whoever may act is asked before; about staff only a lead does
    db.session.flush()
    mine = and_(impartial(who), ModerationCase.programme_id == who.programme_id)
    return settle(case.id, verdict, who.member_id, mine)
