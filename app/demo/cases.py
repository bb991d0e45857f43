"""Which posts of the demonstration somebody raised a concern about, found by their words."""

from collections.abc import Callable

from sqlalchemy import select

from app.core.db import db
from app.forums.models import Post
from app.moderation.cases import demo
from app.moderation.cases.demo import About, Staff
from app.moderation.cases.rules import Reason

RAISED = (
    (
        "I have not slept well",
        Reason.WELLBEING,
        0.1,
        "1",
        "I hope somebody is there for them.",
    ),
    (
        "patient’s accent",
        Reason.IDENTIFIABLE,
        1.5,
        "5",
        "Eight in one room: somebody will know which ward it was.",
    ),
    ("Somebody stepped in for *me*", Reason.SPAM, 2.2, "6", ""),
    ("Then I start to think that I am the odd one", Reason.WATCHED_WORD, 0.8, None, ""),
)


def load(programme_id: int, member_id: Callable[[str], int]) -> int:
    """Put cases into the programme; gives their number."""
    staff = Staff(
        moderator_id=member_id("moderator"),
        second_id=member_id("moderator2"),
        lead_id=member_id("lead"),
        warned_id=member_id("outsider"),
    )
    concerns = [
        About(
            subject_id=post_id,
            reason=reason,
            days_ago=days_ago,
            reporter_id=member_id(reporter) if reporter else None,
            words=words,
        )
        for said, reason, days_ago, reporter, words in RAISED
        for post_id in db.session.scalars(
            select(Post.id).where(Post.programme_id == programme_id, Post.body.contains(said)).limit(1)
        )
    ]
    return demo.load(programme_id, staff, concerns)
