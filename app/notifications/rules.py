"""Pure decisions: what a notice is, and when its mail goes out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from app.accounts.rules import Role
from app.notifications.quiet import LONDON, QuietHours

DIGEST_AT = time(8)  # on the clocks of London
MONDAY = 0
TIME_TO_ACT = timedelta(hours=1)
A_DAY, AN_HOUR = 24 * 60, 60  # minutes
USUAL_REMINDERS = (A_DAY, AN_HOUR)
LONGEST_REMINDER = 28 * A_DAY
LONGEST_SUBJECT, LONGEST_BODY, LONGEST_PATH, LONGEST_KEY = 200, 500, 200, 120  # characters
LONGEST_TITLE, LONGEST_PLACE = 100, 300

NAME = "{name}"  # in a body: stands for whoever a notice is about, looked up when it is shown
SOMEBODY = "Somebody who has left"


class Delivery(StrEnum):
    """When mail about a kind of notice goes out. The inbox shows every notice, whatever is chosen."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"

    @property
    def words(self) -> str:
        """The choice as a member reads it."""
        return {
            "at_once": "Email at once",
            "daily": "Email once a day",
            "weekly": "Email once a week",
            "off": "No email, only my inbox",
        }[self.value]

    @property
    def in_digest(self) -> bool:
        """Whether several notices come in one mail."""
        return self in {Delivery.DAILY, Delivery.WEEKLY}


ANY_TIME = tuple(Delivery)
NO_DIGEST = (Delivery.AT_ONCE, Delivery.OFF)  # where a mail that waits for a day is of no use
ALWAYS = (Delivery.AT_ONCE,)  # what a member has a right to be told


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice that members choose a delivery for; `words` name it on their page and in mail ("Replies …").

    `roles`: who gets such notices; nobody named means everybody. Others are not asked what they want of it.
    """

    code: str
    words: str
    default: Delivery = Delivery.AT_ONCE
    deliveries: tuple[Delivery, ...] = ANY_TIME
    roles: frozenset[Role] = frozenset()

    def __post_init__(self) -> None:
        if self.default not in self.deliveries:
            raise ValueError(f"{self.code}: the default is none of its deliveries")

    @property
    def can_be_off(self) -> bool:
        """Whether mail about it can be turned off."""
        return Delivery.OFF in self.deliveries

    def concerns(self, roles: Collection[Role]) -> bool:
        """Whether somebody with these roles, in whichever programme, may get such a notice."""
        return not self.roles or not self.roles.isdisjoint(roles)

    def chosen(self, choice: Delivery | None) -> Delivery:
        """What counts for a member who chose this (None: nothing)."""
        return choice if choice in self.deliveries else self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that a member is told.

    `subject` also stands in mail and on lock screens, so it is neutral; `body` is shown in the inbox only, and names
    nobody: "{name}" in it is whoever has the id `about_id`. `path` is the page that it leads to. `key` is unique for
    each member: telling them twice under one key tells them once. After `until` the notice is of no use, so its mail
    neither waits for a digest nor for the end of quiet hours that would come too late.
    Raises ValueError for what could not be kept or shown.
    """

    kind: str
    key: str
    subject: str
    path: str
    body: str = ""
    about_id: int | None = None
    until: datetime | None = None
    programme_id: int | None = None

    def __post_init__(self) -> None:
        for name, longest in (
            ("key", LONGEST_KEY),
            ("subject", LONGEST_SUBJECT),
            ("path", LONGEST_PATH),
            ("body", LONGEST_BODY),
        ):
            if len(getattr(self, name)) > longest:
                raise ValueError(f"a notice's {name} has at most {longest} characters")
        if not (self.key and self.subject.strip()):
            raise ValueError("a notice needs a key and a subject")
        if any(ord(sign) < ord(" ") for sign in self.subject + self.path):
            raise ValueError("a notice's subject and path stand on one line")
        if not is_path(self.path):
            raise ValueError("a notice leads to a page of ours: its path begins with one slash")
        if self.until is not None and self.until.tzinfo is None:
            raise ValueError("a notice's end needs a time zone")


def is_path(path: str) -> bool:
    """Whether an address leads to a page of ours and nowhere else."""
    return path.startswith("/") and not path.startswith(("//", "/\\"))


def told(body: str, name: str | None) -> str:
    """The body as it is read now (None: whoever it is about has left)."""
    return body.replace(NAME, name or SOMEBODY)


def next_digest(delivery: Delivery, after: datetime) -> datetime:
    """When the next daily or weekly mail goes out: 8am, every day or on Mondays."""
    day = after.astimezone(LONDON).date()
    while True:
        moment = datetime.combine(day, DIGEST_AT, LONDON)
        if moment > after and (delivery is Delivery.DAILY or day.weekday() == MONDAY):
            return moment
        day += timedelta(days=1)


def goes_alone(delivery: Delivery, now: datetime, until: datetime | None) -> bool:
    """Whether a notice gets a mail of its own: asked for, or because the digest would come too late."""
    if delivery.in_digest and until is not None:
        return next_digest(delivery, now) > until - TIME_TO_ACT
    return delivery is Delivery.AT_ONCE


def sends_at(now: datetime, quiet: QuietHours, until: datetime | None = None) -> datetime:
    """When a mail that is due now may go: at the end of quiet hours, unless that leaves no time to act."""
    opens = quiet.next_open(now)
    if until is not None and opens > until - TIME_TO_ACT:
        return now
    return opens


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """Something at a time that members are booked for; one for each subject ("slot", 7).

    `title` is neutral: calendars on shared screens give people away. `place` is where it is, in words.
    Raises ValueError for what no calendar could show.
    """

    subject_type: str
    subject_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    path: str
    programme_id: int
    place: str = ""

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("a booking's times need a time zone")
        if self.starts_at >= self.ends_at:
            raise ValueError("a booking ends after it starts")
        if not self.title.strip() or any(ord(sign) < ord(" ") for sign in self.title):
            raise ValueError("a booking needs a title of one line")
        if len(self.title) > LONGEST_TITLE or len(self.place) > LONGEST_PLACE:
            raise ValueError(f"a booking's title has at most {LONGEST_TITLE} characters, its place {LONGEST_PLACE}")
        if not is_path(self.path):
            raise ValueError("a booking leads to a page of ours: its path begins with one slash")


def reminders_ahead(minutes: Iterable[int], starts_at: datetime, now: datetime) -> list[tuple[int, datetime]]:
    """The reminders of something that are still ahead: how many minutes before it, and when."""
    planned = [(before, starts_at - timedelta(minutes=before)) for before in minutes]
    return [(before, moment) for before, moment in planned if moment > now]


def before_words(minutes: int) -> str:
    """How long before: "1 hour before", "2 days before"."""
    for unit, size in (("week", 7 * A_DAY), ("day", A_DAY), ("hour", AN_HOUR)):
        if minutes % size == 0:
            return f"{_counted(minutes // size, unit)} before"
    return f"{_counted(minutes, 'minute')} before"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
