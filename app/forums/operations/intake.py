"""Screening of what somebody is about to post, and why a moderator looks first."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.accounts.models import Member
from app.core.db import db
from app.forums.models import Board, Post
from app.forums.queries import writing
from app.forums.rules import PostState, Reader
from app.moderation.cases.operations.opening import Raised, open_case
from app.moderation.cases.rules import Reason, Source
from app.moderation.screening.operations.intake import Intake, concern, remember, standing, weigh
from app.moderation.screening.weighing import Answer, Ruling, Verdict

POST = "post"  # the subject type of cases


@dataclass(frozen=True, slots=True)
class Screened:
    """What became of texts: the ruling, and what has to be noted with the post that is made of them."""

    intake: Intake
    ruling: Ruling
    asks_first: bool  # the board does, of everybody

    @property
    def state(self) -> PostState:
        """How a post that is made of them begins."""
        held = self.asks_first or self.ruling.verdict is Verdict.HOLD
        return PostState.HELD if held else PostState.PUBLISHED


def screen(
    reader: Reader,
    board: Board,
    texts: Mapping[str, str],
    *,
    answer: Answer = Answer.NONE,
    explanation: str = "",
    key: str = "",
    new: bool = True,
) -> Screened:
    """What becomes of texts, by the name of their field. It only reads: ask before the transaction."""
    member = db.session.get_one(Member, reader.member_id)
    trust = standing(member, reader.programme_id, published=writing.published_by(reader)).trust
    intake = Intake(
        programme_id=reader.programme_id,
        author_id=reader.member_id,
        texts=texts,
        trust=trust,
        answer=answer,
        explanation=explanation,
        key=key,
        new=new,
    )
    return Screened(intake, weigh(intake), board.pre_approval and not reader.moderates)


def note(screened: Screened, post: Post) -> None:
    """Remember what was posted, and let moderators know where the ruling or the board asks for it."""
    remember(screened.intake)
    raised = concern(screened.ruling, POST, post.id)
    if raised is None and screened.asks_first:
        raised = Raised(subject_type=POST, subject_id=post.id, source=Source.HOLD, reason=Reason.PRE_APPROVAL)
    if raised is not None:
        open_case(raised)


def tell_of_change(post: Post) -> None:
    """Let moderators look again at what waits for them, because its author changed it."""
    open_case(Raised(subject_type=POST, subject_id=post.id, source=Source.HOLD, reason=Reason.EDITED))
