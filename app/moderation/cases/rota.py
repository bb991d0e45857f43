"""Staffed hours: who is there when, and who is called outside of them. Times are those of clocks in London."""

from dataclasses import dataclass
from datetime import datetime, time

from app.notifications.quiet import LONDON


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Somebody's hours on one day of every week (0: Monday). An end before the start is on the next day."""

    member_id: int
    weekday: int
    starts: time
    ends: time
    on_call: bool = False

    def covers(self, moment: datetime) -> bool:
        """Whether the moment lies in it; the end does not."""
        local = moment.astimezone(LONDON)
        now, day = local.time(), local.weekday()
        if self.starts < self.ends:
            return day == self.weekday and self.starts <= now < self.ends
        begun_today = day == self.weekday and now >= self.starts
        begun_yesterday = day == (self.weekday + 1) % 7 and now < self.ends
        return begun_today or begun_yesterday


def staffed(turns: list[Turn], moment: datetime) -> bool:
    """Whether somebody is there who is not only on call."""
    return any(turn.covers(moment) and not turn.on_call for turn in turns)


def to_alert(turns: list[Turn], moment: datetime) -> list[int]:
    """Who is told of an urgent case at once: those who are there, else those on call (nobody: it goes to the leads)."""
    here = [turn for turn in turns if turn.covers(moment)]
    there = {turn.member_id for turn in here if not turn.on_call}
    return sorted(there or {turn.member_id for turn in here})
