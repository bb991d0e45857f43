"""How far an author is trusted, and how often they may post. Pure: what is known of them is given in.

Members are invited by name, so nobody is suspected for being new; only a link in a first post may be spam. Whoever had
posts taken down lately is looked at first for a while, and earns trust back by time alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LOOKS_BACK = timedelta(days=90)  # how long a decision against somebody's post counts
UPHELD_TOO_OFTEN = 2
SETTLED_AFTER, SETTLED_POSTS = timedelta(days=3), 3
REGULAR_AFTER, REGULAR_POSTS = timedelta(days=60), 30
A_BURST, A_DAY = timedelta(minutes=10), timedelta(days=1)


class Trust(StrEnum):
    """How far an author is trusted."""

    WATCHED = "watched"  # decisions against them: everything is looked at first
    NEW = "new"  # links are looked at first
    SETTLED = "settled"
    REGULAR = "regular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of an author in a programme. `upheld`: decisions against their posts, counted since LOOKS_BACK."""

    joined_for: timedelta
    published: int = 0
    upheld: int = 0
    staff: bool = False

    @property
    def trust(self) -> Trust:
        """Time and posts both count; staff are regular."""
        if self.staff:
            return Trust.REGULAR
        if self.upheld >= UPHELD_TOO_OFTEN:
            return Trust.WATCHED
        if self.joined_for >= REGULAR_AFTER and self.published >= REGULAR_POSTS and not self.upheld:
            return Trust.REGULAR
        settled = self.joined_for >= SETTLED_AFTER or self.published >= SETTLED_POSTS
        return Trust.SETTLED if settled else Trust.NEW


@dataclass(frozen=True, slots=True)
class Pace:
    """How many posts somebody may write in ten minutes and in a day; far more than talking takes."""

    in_a_burst: int
    in_a_day: int


PACES = {
    Trust.WATCHED: Pace(3, 10),
    Trust.NEW: Pace(8, 40),
    Trust.SETTLED: Pace(20, 200),
    Trust.REGULAR: Pace(40, 400),
}


def may_post_from(trust: Trust, posted: Sequence[datetime], now: datetime) -> datetime | None:
    """When an author may post again who posted at these moments; None: at once."""
    pace = PACES[trust]
    until = [
        sorted(recent)[-most] + span
        for span, most in ((A_BURST, pace.in_a_burst), (A_DAY, pace.in_a_day))
        if len(recent := [at for at in posted if at > now - span]) >= most
    ]
    return max(until, default=None)
