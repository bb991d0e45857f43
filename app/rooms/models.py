"""Rooms, seats in them, what was said, and which tabs are open."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.crypto import EncryptedText
from app.core.db import Model, UtcDateTime, text_enum
from app.rooms.rules import ReactionKind, RoomKind, State


class Room(Model):
    """A live discussion. `last_seq` numbers its messages; `changes` rises when something other than a message does.

    `subject_type` and `subject_id` name what it belongs to in a higher feature: a slot, a learning set's session.
    """

    __tablename__ = "room"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id"),
        CheckConstraint("last_seq >= 0", name="counts_up"),
        CheckConstraint("(subject_type IS NULL) = (subject_id IS NULL)", name="whole_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(String(500), default="")
    kind: Mapped[RoomKind] = mapped_column(text_enum(RoomKind))
    subject_type: Mapped[str | None] = mapped_column(String(30))
    subject_id: Mapped[int | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RoomSeat(Model):
    """A member's place in a room: for rooms with seats the right to come in, elsewhere only what moderators decided."""

    __tablename__ = "room_seat"
    __table_args__ = (UniqueConstraint("room_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    hosts: Mapped[bool] = mapped_column(default=False)
    muted_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RoomMessage(Model):
    """What somebody said, at its place in the order of the room. `client_id` is the client's own name for it.

    The words go when a moderator removes them; the row stays, so that the order has no hole.
    """

    __tablename__ = "room_message"
    __table_args__ = (
        UniqueConstraint("room_id", "seq"),
        CheckConstraint("(removed_at IS NULL) = (body IS NOT NULL)", name="removed_words_are_gone"),
        Index("ix_room_message_sent_at", "sent_at"),
        Index("ix_room_message_room_changed", "room_id", "changed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    seq: Mapped[int]
    client_id: Mapped[str] = mapped_column(String(36), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    body: Mapped[str | None] = mapped_column(EncryptedText)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed: Mapped[int] = mapped_column(default=0, server_default="0")  # the room's `changes` when it last changed


class RoomReaction(Model):
    """A member's small answer to a message."""

    __tablename__ = "room_reaction"

    message_id: Mapped[int] = mapped_column(ForeignKey("room_message.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[ReactionKind] = mapped_column(text_enum(ReactionKind), primary_key=True)


class RoomTab(Model):
    """An open tab. `boot` names the start of the process that holds its socket, so that none outlives its process."""

    __tablename__ = "room_tab"
    __table_args__ = (Index("ix_room_tab_room_seen", "room_id", "seen_at"),)

    sid: Mapped[str] = mapped_column(String(60), primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    boot: Mapped[str] = mapped_column(String(32))
    state: Mapped[State] = mapped_column(text_enum(State))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
