"""How a member comes into a room: what is there, and whether they may."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts.models import Member
from app.core import clock
from app.rooms import policies, queries
from app.rooms.models import Room


@dataclass(frozen=True, slots=True)
class Place:
    """A room as one member finds it. `muted_until` is when they may speak again, if they only listen now."""

    room: Room
    member: Member
    muted_until: datetime | None
    looks_after: bool

    @property
    def is_open(self) -> bool:
        """Whether anything can be said in it."""
        return self.room.closed_at is None


def place(member: Member, slug: str) -> Place | None:
    """The room with this slug as the member finds it; None when they may not come in. One query."""
    found = queries.room_and_seat(slug, member.id)
    if found is None or not policies.can_enter(member, *found):
        return None
    room, seat = found
    muted = seat.muted_until if seat else None
    listens = muted if muted and muted > clock.now() else None
    return Place(room, member, listens, policies.can_look_after(member, room, seat))
