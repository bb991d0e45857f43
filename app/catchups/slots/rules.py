"""Pure decisions about slots: who they are for, what state a place is in, who is offered a freed one, for how long."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.accounts.rules import STAFF, Role

OFFER_LASTS = timedelta(days=7)
ROOM_FOR_THE_NEXT = timedelta(days=1)  # that an offer leaves before the start, where there is so much time
LAST_OFFERS = timedelta(hours=2)  # before the start; later on a free place goes to whoever comes first
AHEAD = timedelta(days=366)  # how far ahead a slot may begin
LONGEST = timedelta(hours=4)
LONGEST_EVENT = timedelta(hours=10)
MOST_PLACES, MOST_PLACES_AT_EVENT = 30, 500
LONGEST_TOPIC, LONGEST_PLACE, LONGEST_LINK, LONGEST_NOTES, LONGEST_AGENDA = 120, 200, 280, 500, 4_000
LONGEST_REASON, LONGEST_STORY = 300, 10_000


class SlotKind(StrEnum):
    """What members meet for."""

    CATCH_UP = "catch_up"
    CELEBRATION = "celebration"
    SHARING = "sharing_learning"
    QUARTERLY = "quarterly_meeting"

    @property
    def words(self) -> str:
        """The kind as people say it; neutral enough for a calendar on a shared screen."""
        return {
            "catch_up": "Coffee catch-up",
            "celebration": "Celebration",
            "sharing_learning": "Sharing learning",
            "quarterly_meeting": "Quarterly meeting",
        }[self.value]

    @property
    def is_event(self) -> bool:
        """Whether it is one of the larger events, which programme leads offer."""
        return self is not SlotKind.CATCH_UP

    @property
    def keeps_apart(self) -> bool:
        """Whether wishes not to meet hold in it (docs/adr: in small groups, and not where everybody is invited)."""
        return not self.is_event

    @property
    def most_places(self) -> int:
        """How many places it may have."""
        return MOST_PLACES_AT_EVENT if self.is_event else MOST_PLACES

    @property
    def longest(self) -> timedelta:
        """How long it may last."""
        return LONGEST_EVENT if self.is_event else LONGEST


class Way(StrEnum):
    """How people meet."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    ROOM = "room"

    @property
    def words(self) -> str:
        """The way as people choose it."""
        return {"in_person": "In person", "online": "Online", "room": "In a live room here"}[self.value]


class SignUpState(StrEnum):
    """Where somebody stands with a slot."""

    BOOKED = "booked"
    OFFERED = "offered"  # a place is held for them until they answer or the offer expires
    WAITING = "waiting"
    CANCELLED = "cancelled"  # by themselves
    DECLINED = "declined"
    EXPIRED = "expired"
    RELEASED = "released"  # they can no longer come: suspended, or no longer in the community


HOLDS_A_PLACE = frozenset({SignUpState.BOOKED, SignUpState.OFFERED})
LIVE = HOLDS_A_PLACE | {SignUpState.WAITING}


class Scope(StrEnum):
    """Which slots of a series a change is about."""

    ONE = "one"
    FOLLOWING = "following"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whoever asks, as slots of one programme see them. `apart_from`: with whom a wish not to meet stands, whosever."""

    member_id: int
    programme_id: int
    roles: frozenset[Role] = frozenset()
    cohort_ids: frozenset[int] = frozenset()
    apart_from: frozenset[int] = frozenset()
    shut_out: bool = False  # suspended, or their account is closed

    @property
    def is_staff(self) -> bool:
        """Whether they hold one of the programme's staff roles."""
        return not self.shut_out and not STAFF.isdisjoint(self.roles)

    @property
    def leads(self) -> bool:
        """Whether they lead the programme."""
        return not self.shut_out and Role.LEAD in self.roles

    @property
    def is_trusted(self) -> bool:
        """Staff, and participants who belong to a cohort (alumni do for good); nobody while suspended."""
        takes_part = Role.PARTICIPANT in self.roles and bool(self.cohort_ids)
        return not self.shut_out and (self.is_staff or takes_part)


def offer_expires_at(now: datetime, starts_at: datetime) -> datetime | None:
    """Until when an offer made now holds; None when it is too near the start to offer the place to one person.

    Seven days, unless the slot is nearer: then so that a day is left for the next in line, or half of what is left.
    """
    left = starts_at - now
    if left < LAST_OFFERS:
        return None
    return now + min(OFFER_LASTS, max(left - ROOM_FOR_THE_NEXT, left / 2))


def whom_to_offer(
    waiting: Iterable[int], present: Collection[int], apart: Collection[frozenset[int]], free: int
) -> list[int]:
    """Who of those that wait, in the order of joining, is offered the free places.

    `apart` are couples who are not to meet. Whoever should not meet somebody `present` (the host, who holds a place) is
    passed over and keeps their turn.
    """
    inside, chosen = set(present), list[int]()
    for member_id in waiting:
        if len(chosen) >= free:
            break
        if all(frozenset((member_id, other)) not in apart for other in inside):
            chosen.append(member_id)
            inside.add(member_id)
    return chosen


def first_name(name: str) -> str:
    """What people in the same slot see of each other."""
    return name.split(maxsplit=1)[0] if name.strip() else ""
