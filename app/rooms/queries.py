"""Selects of rooms, already scoped to the reader; messages as plain rows, because many are sent to many."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, false, func, or_, select

from app.accounts.models import Member
from app.core import clock
from app.core.db import db
from app.rooms.models import Room, RoomMessage, RoomReaction, RoomSeat, RoomTab
from app.rooms.rules import BATCH, NEWEST, SEEN_FOR, RoomKind, Tab

ROOMS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A room in the list, and how many members are in it now."""

    room: Room
    here: int


def rooms_open_to(member: Member, programme_id: int | None) -> Select[Room]:
    """The rooms of a programme that a member may come into (policies.can_enter says the same of one)."""
    seat = and_(RoomSeat.room_id == Room.id, RoomSeat.member_id == member.id)
    belongs = bool(member.roles_in(programme_id)) and not member.suspended and member.active
    found = or_(Room.kind == RoomKind.COMMUNITY, RoomSeat.id.is_not(None)) if belongs else false()
    return (
        select(Room)
        .outerjoin(RoomSeat, seat)
        .where(
            found,
            Room.programme_id == programme_id,
            RoomSeat.removed_at.is_(None),
        )
    )


def rooms(member: Member, programme_id: int | None) -> list[Listed]:
    """The rooms for a member: the open ones first, by name. Two queries."""
    found = db.session.scalars(
        rooms_open_to(member, programme_id).order_by(Room.closed_at.is_not(None), Room.name, Room.id).limit(ROOMS_SHOWN)
    ).all()
    here = dict(
        db.session.execute(
            select(RoomTab.room_id, func.count(RoomTab.member_id.distinct()))
            .where(RoomTab.room_id.in_([room.id for room in found]), RoomTab.seen_at > clock.now() - SEEN_FOR)
            .group_by(RoomTab.room_id)
        ).all()
    )
    return [Listed(room, here.get(room.id, 0)) for room in found]


def room_and_seat(slug: str, member_id: int) -> tuple[Room, RoomSeat | None] | None:
    """The room with this slug, and what is kept of a member in it. Whether they may come in is for policies to say."""
    seat = and_(RoomSeat.room_id == Room.id, RoomSeat.member_id == member_id)
    row = db.session.execute(select(Room, RoomSeat).outerjoin(RoomSeat, seat).where(Room.slug == slug)).first()
    return (row.Room, row.RoomSeat) if row else None


def newest(room_id: int, most: int = NEWEST) -> tuple[list[dict[str, Any]], bool]:
    """The newest messages of a room in order, and whether there are older ones."""
    return before(room_id, None, most)


def before(room_id: int, seq: int | None, most: int = NEWEST) -> tuple[list[dict[str, Any]], bool]:
    """The messages right before a place in the order (none: the end), in order, and whether there are older ones."""
    older = _messages(room_id).order_by(RoomMessage.seq.desc()).limit(most + 1)
    if seq is not None:
        older = older.where(RoomMessage.seq < seq)
    rows = db.session.execute(older).all()
    return _plain(list(reversed(rows[:most]))), len(rows) > most


def after(room_id: int, seq: int) -> Iterator[tuple[list[dict[str, Any]], bool]]:
    """All that follows a place in the order, in batches, each with whether another one follows it."""
    while True:
        following = _messages(room_id).where(RoomMessage.seq > seq).order_by(RoomMessage.seq).limit(BATCH + 1)
        rows = db.session.execute(following).all()
        yield _plain(rows[:BATCH]), len(rows) > BATCH
        if len(rows) <= BATCH:
            return
        seq = rows[BATCH - 1].seq


def message(room_id: int, seq: int) -> dict[str, Any] | None:
    """One message as members see it."""
    return next(iter(_plain(db.session.execute(_messages(room_id).where(RoomMessage.seq == seq)).all())), None)


def changed_since(room_id: int, changes: int) -> list[dict[str, Any]]:
    """The messages that changed after a number of changes, as they are now."""
    since = _messages(room_id).where(RoomMessage.changed > changes).order_by(RoomMessage.seq)
    return _plain(db.session.execute(since).all())


def message_row(room_id: int, seq: int) -> RoomMessage | None:
    """The row of a message, for whoever acts on it."""
    return db.session.scalar(select(RoomMessage).where(RoomMessage.room_id == room_id, RoomMessage.seq == seq))


def tabs(room_id: int) -> list[Tab]:
    """The open tabs of a room."""
    rows = db.session.execute(
        select(RoomTab.member_id, Member.name, RoomTab.state, RoomTab.seen_at)
        .join(Member, Member.id == RoomTab.member_id)
        .where(RoomTab.room_id == room_id)
    )
    return [Tab(*row) for row in rows]


def speakers(room_id: int) -> Sequence[tuple[int, str]]:
    """Who has said something here or is here now, by name: whom a moderator may mute or remove."""
    said = select(RoomMessage.author_id).where(RoomMessage.room_id == room_id)
    here = select(RoomTab.member_id).where(RoomTab.room_id == room_id)
    who = select(Member.id, Member.name).where(or_(Member.id.in_(said), Member.id.in_(here))).order_by(Member.name)
    return [(row.id, row.name) for row in db.session.execute(who)]


def seats(room_id: int) -> Sequence[tuple[RoomSeat, str]]:
    """The seats that say something about somebody: muted, removed, hosting."""
    rows = db.session.execute(
        select(RoomSeat, Member.name).join(Member, Member.id == RoomSeat.member_id).where(RoomSeat.room_id == room_id)
    )
    return [(row.RoomSeat, row.name) for row in rows]


def _messages(room_id: int) -> Select[int, int, str, str | None, str, datetime]:
    """Messages with the names of their authors, which are never copied."""
    return (
        select(
            RoomMessage.id, RoomMessage.seq, RoomMessage.client_id, RoomMessage.body, Member.name, RoomMessage.sent_at
        )
        .join(Member, Member.id == RoomMessage.author_id)
        .where(RoomMessage.room_id == room_id)
    )


def _plain(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Messages as clients get them; `reactions` counts the small answers where there are any."""
    reactions: defaultdict[int, dict[str, int]] = defaultdict(dict)
    if rows:
        counted = (
            select(RoomReaction.message_id, RoomReaction.kind, func.count())
            .where(RoomReaction.message_id.in_([row.id for row in rows]))
            .group_by(RoomReaction.message_id, RoomReaction.kind)
        )
        for message_id, kind, number in db.session.execute(counted):
            reactions[message_id][kind.value] = number
    return [plain(row.seq, row.client_id, row.body, row.name, row.sent_at, reactions.get(row.id)) for row in rows]


def plain(
    seq: int, client_id: str, body: str | None, author: str, at: datetime, reactions: dict[str, int] | None = None
) -> dict[str, Any]:
    """One message as clients get it; one that was removed keeps its place and loses its words."""
    said: dict[str, Any] = {"seq": seq, "id": client_id, "body": body or "", "author": author, "at": at.isoformat()}
    if body is None:
        said["removed"] = True
    elif reactions:
        said["reactions"] = reactions
    return said
