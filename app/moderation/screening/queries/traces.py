"""What somebody posted of late, as traces tell."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from app.core import clock
from app.core.crypto import fingerprint
from app.core.db import db
from app.moderation.cases.models import Decision
from app.moderation.cases.rules import AGAINST_THE_AUTHOR, Measure, Outcome
from app.moderation.screening.models import PostTrace
from app.moderation.screening.trust import A_DAY, LOOKS_BACK

SAME_WITHIN = timedelta(days=1)
SHORTEST_COMPARED = 40  # characters: "Thank you, that helps" is said often, and meant every time
TOOK_DOWN = AGAINST_THE_AUTHOR & {Outcome.HIDE, Outcome.REMOVE}


def print_of(body: str) -> str:
    """Tells whether two bodies say the same, spaces and capitals aside, and nothing else about them."""
    return fingerprint(" ".join(body.split()).casefold())


def posted_lately(author_id: int, programme_id: int, key: str) -> Sequence[datetime]:
    """When somebody posted in a day, leaving out what came from this page."""
    return db.session.scalars(
        select(PostTrace.at)
        .where(
            PostTrace.author_id == author_id,
            PostTrace.programme_id == programme_id,
            PostTrace.at > clock.now() - A_DAY,
            _of_another_page(key),
        )
        .order_by(PostTrace.at)
    ).all()


def said_before(author_id: int, programme_id: int, body: str, key: str) -> bool:
    """Whether somebody posted the same words within a day, from another page."""
    if len(body.strip()) < SHORTEST_COMPARED:
        return False
    same = select(PostTrace.id).where(
        PostTrace.author_id == author_id,
        PostTrace.programme_id == programme_id,
        PostTrace.at > clock.now() - SAME_WITHIN,
        PostTrace.said == print_of(body),
        _of_another_page(key),
    )
    return db.session.scalar(same.limit(1)) is not None


def upheld_against(member_id: int, programme_id: int) -> int:
    """How many decisions against somebody's words or themselves stand, of the time that counts."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Decision)
            .where(
                Decision.member_id == member_id,
                Decision.programme_id == programme_id,
                Decision.undone_at.is_(None),
                Decision.reversed_at.is_(None),
                Decision.decided_at > clock.now() - LOOKS_BACK,
                Decision.outcome.in_(TOOK_DOWN) | (Decision.measure != Measure.NONE),
            )
        )
        or 0
    )


def _of_another_page(key: str) -> ColumnElement[bool]:
    return PostTrace.key != key if key else PostTrace.id.is_not(None)
