"""How the network grew, as leads may see it: who met across organisations, round by round, and nothing under five.

Pairing prefers other organisations, so the number within one is nearly always small. It is hidden together with the
total, so that nothing gives it away: it may be anything from 0 to 4. No other page adds the same meetings up in another
way, and the numbers of a round never change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.catchups.rounds.rules import Meetings, shown

WIDTH, LABEL, ROW, BAR = 320, 84, 34, 20  # of the picture, in its own units
ROOM_FOR_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Row:
    """Meetings in one round; None is hidden. The total is shown only with both of its parts."""

    label: str
    across: int | None
    within: int | None

    @property
    def total(self) -> int | None:
        """Both together."""
        return None if self.across is None or self.within is None else self.across + self.within

    @property
    def words(self) -> str:
        """What stands behind its bar."""
        numbers = [str(number) for number in (self.across, self.within) if number is not None]
        return " + ".join(numbers) or "few"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row as it is drawn; lengths in the picture's units."""

    row: Row
    top: int
    across: int
    within: int

    @property
    def end(self) -> int:
        """Where the bar ends, from the left."""
        return LABEL + self.across + self.within


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page draws and says."""

    bars: Sequence[Bar]
    width: int
    height: int
    across: int  # in all rows that show it: at least so many


def row(label: str, found: Meetings) -> Row:
    """A round as leads may see it."""
    return Row(label, shown(found.across), shown(found.within))


def picture(rows: Sequence[Row]) -> Picture:
    """The bars, the longest as long as there is room."""
    longest = max(((each.across or 0) + (each.within or 0) for each in rows), default=0) or 1
    room = WIDTH - LABEL - ROOM_FOR_NUMBER

    def length(number: int | None) -> int:
        return room * (number or 0) // longest

    bars = [
        Bar(each, top=place * ROW + (ROW - BAR) // 2, across=length(each.across), within=length(each.within))
        for place, each in enumerate(rows)
    ]
    return Picture(bars, WIDTH, max(len(rows), 1) * ROW, sum(each.across or 0 for each in rows))
