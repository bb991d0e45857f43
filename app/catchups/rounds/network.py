"""How the network grew, as leads may see it: who met across organisations, round by round, and nothing under five.

A small number is hidden with its neighbour, or the total would give it away; a small total is hidden too.
No other page groups the same meetings in another way, so nothing can be found by comparing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.catchups.rounds.rules import Meetings, shown

WIDTH, LABEL, ROW, BAR = 320, 84, 34, 20  # of the picture, in its own units
ROOM_FOR_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Row:
    """Meetings in one round; None is hidden. A split is shown only with both of its halves."""

    label: str
    across: int | None
    within: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A row as it is drawn; lengths in the picture's units. `whole` is drawn where the split is hidden."""

    row: Row
    top: int
    across: int
    within: int
    whole: int

    @property
    def end(self) -> int:
        """Where the bar ends, from the left."""
        return LABEL + self.across + self.within + self.whole


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page draws and says."""

    bars: Sequence[Bar]
    width: int
    height: int
    at_least: int  # meetings in all rows that show a total


def row(label: str, found: Meetings) -> Row:
    """A round as leads may see it."""
    across, within, total = shown(found.across), shown(found.within), shown(found.across + found.within)
    if across is None or within is None:
        across = within = None
    return Row(label, across, within, total)


def picture(rows: Sequence[Row]) -> Picture:
    """The bars, the longest as long as there is room."""
    longest = max((each.total or 0 for each in rows), default=0) or 1
    room = WIDTH - LABEL - ROOM_FOR_NUMBER

    def length(number: int | None) -> int:
        return round(room * (number or 0) / longest)

    bars = [
        Bar(
            each,
            top=place * ROW + (ROW - BAR) // 2,
            across=length(each.across),
            within=length(each.within),
            whole=length(each.total) if each.across is None else 0,
        )
        for place, each in enumerate(rows)
    ]
    return Picture(bars, WIDTH, max(len(rows), 1) * ROW, sum(each.total or 0 for each in rows))
