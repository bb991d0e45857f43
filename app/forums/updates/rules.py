"""Pure decisions about community updates: which period, what may stand in mail, when there is nothing to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.forums.rules import Label
from app.notifications.quiet import LONDON
from app.notifications.rules import DIGEST_AT, Delivery, Kind

UPDATES = Kind(
    "community_update",
    "Community updates: what is new in topics that you follow, and in collections",
    Delivery.WEEKLY,
    deliveries=(Delivery.DAILY, Delivery.WEEKLY, Delivery.OFF),
)
MOST_TOPICS = 15  # named in one mail


@dataclass(frozen=True, slots=True)
class Period:
    """A day or a week that an update is about; it ends at 8am in London on `day`."""

    day: date
    days: int

    @property
    def since(self) -> datetime:
        """When it began."""
        return _at_eight(self.day - timedelta(days=self.days))

    @property
    def until(self) -> datetime:
        """When it ended."""
        return _at_eight(self.day)


@dataclass(frozen=True, slots=True)
class News:
    """A topic with new posts."""

    topic_id: int
    title: str
    board: str
    new: int
    is_told: bool  # whether its title may stand in mail


@dataclass(frozen=True, slots=True)
class Update:
    """What is new for one member."""

    topics: Sequence[News]
    pieces: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say, so that no mail goes out."""
        return not self.topics and not self.pieces

    @property
    def named(self) -> Sequence[News]:
        """The topics that the mail names."""
        return [news for news in self.topics if news.is_told][:MOST_TOPICS]

    @property
    def unnamed(self) -> int:
        """How many more there are: on boards whose titles stay in the product, or too many to name."""
        return len(self.topics) - len(self.named)


def period(delivery: Delivery, now: datetime) -> Period | None:
    """The period whose update is due now at the latest; None for a member who wants none.

    A week's is due on Monday. When nothing ran on that day, it follows on the next, and there is still one of it.
    """
    if not delivery.in_digest:
        return None
    today = now.astimezone(LONDON).date()
    last = today if now >= _at_eight(today) else today - timedelta(days=1)
    if delivery is Delivery.DAILY:
        return Period(last, 1)
    return Period(last - timedelta(days=last.weekday()), 7)


def is_told_in_mail(label: Label, *, sensitive: bool) -> bool:
    """Whether titles of a board may stand in mail, which others read over shoulders and on lock screens."""
    return not sensitive and label is not Label.BOARD_ONLY


def _at_eight(day: date) -> datetime:
    return datetime.combine(day, DIGEST_AT, LONDON).astimezone(UTC)
