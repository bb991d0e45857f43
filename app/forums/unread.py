"""What counts as new, and how a reading position moves. Pure."""

from datetime import datetime, timedelta

LASTS = timedelta(days=60)  # what is older is no longer new to anybody


def new_since(now: datetime, joined_at: datetime | None) -> datetime:
    """From when on something is new to a member: not before they joined, and not for ever."""
    oldest = now - LASTS
    return max(oldest, joined_at) if joined_at else oldest


def next_position(last_read: int, first_shown: int, seen: int, newest: int) -> int:
    """Up to which post a topic has been read, when a page that begins with `first_shown` was read up to `seen`.

    Whoever jumps ahead, to a post that a search found, has left a gap: the position stays, so that they find back to
    where they were. Whoever reaches the newest post has caught up.
    """
    if seen <= last_read or seen > newest:
        return last_read
    leaves_a_gap = first_shown > last_read + 1
    return last_read if leaves_a_gap and seen < newest else seen
