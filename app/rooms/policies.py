"""Who may come into a room, speak there and look after it."""

from app.accounts.models import Member
from app.accounts.rules import Role
from app.rooms.models import Room, RoomSeat
from app.rooms.rules import RoomKind


def can_enter(member: Member, room: Room, seat: RoomSeat | None) -> bool:
    """Members of the programme come into its community rooms, into others those with a seat; nobody who was removed."""
    if member.suspended or not member.active or (seat is not None and seat.removed_at is not None):
        return False
    if room.kind is RoomKind.COMMUNITY:
        return bool(member.roles_in(room.programme_id))
    return seat is not None


def can_look_after(member: Member, room: Room, seat: RoomSeat | None) -> bool:
    """Moderators of the programme look after its drop-in rooms, a host after the room they host.

    Nobody looks after a learning set from outside: its facilitator has a seat.
    """
    if not can_enter(member, room, seat):
        return False
    hosts = seat is not None and seat.hosts
    return hosts or (room.kind is not RoomKind.SET and member.holds(Role.MODERATOR, room.programme_id))
