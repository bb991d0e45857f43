"""Opening hours by clocks in London: open or not, until when, and in words.

What the clock on the wall shows decides. So in autumn, when an hour comes twice, hours in it count twice, and in spring
hours that the clock leaves out are not there. A bank holiday on which nobody knows whether a service opens counts as
closed: nobody in need is sent to a shut door.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from app.core.wall_clock import clock_words
from app.signposting.kinds import BankHolidays

LONDON = ZoneInfo("Europe/London")
LOOK_AHEAD = 15  # days; Christmas, a weekend and the New Year are fewer
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SUNDAY, A_WEEK = 6, 7
ONE_DAY = timedelta(days=1)
CHANGE = time(1)  # UTC, at which clocks here go forward and back

IsHoliday = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Span:
    """Hours on some days of the week (Monday is 0). An end that is not later than the start lies on the next day."""

    days: frozenset[int]
    opens: time
    closes: time
    first: date | None = None
    last: date | None = None

    def begins_on(self, day: date) -> bool:
        """Whether it is one of its days."""
        after_first = self.first is None or self.first <= day
        return day.weekday() in self.days and after_first and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Opening:
    """When a service is open. Neither `always` nor any span: nobody knows."""

    always: bool = False
    spans: tuple[Span, ...] = ()
    bank_holidays: BankHolidays = BankHolidays.UNKNOWN

    @property
    def is_known(self) -> bool:
        """Whether one can tell at all."""
        return self.always or bool(self.spans)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a service is open at a moment, and when that changes (None: not within LOOK_AHEAD days)."""

    is_open: bool
    changes_at: datetime | None
    on_holiday: bool = False


def weekdays(byday: str) -> frozenset[int]:
    """The days of the week in Open Referral's "MO,TU"; what is none of them is left out."""
    return frozenset(DAYS.index(code) for code in re.split(r"[,\s]+", byday.upper()) if code in DAYS)


def is_open(opening: Opening, at: datetime, is_holiday: IsHoliday) -> bool:
    """Whether it is open at an aware moment."""
    if opening.always:
        return True
    shown = at.astimezone(LONDON)
    today, clock = shown.date(), shown.time()
    return any(
        _counts(opening, span, day, is_holiday) and _covers(span, clock, later=later)
        for span in opening.spans
        for day, later in ((today, False), (today - ONE_DAY, True))
    )


def standing(opening: Opening, at: datetime, is_holiday: IsHoliday) -> Standing:
    """Whether it is open at an aware moment, and when that changes."""
    now_open = is_open(opening, at, is_holiday)
    holiday = is_holiday(at.astimezone(LONDON).date()) and opening.bank_holidays is BankHolidays.UNKNOWN
    if opening.always or not opening.spans:
        return Standing(now_open, None, holiday)
    change = next((moment for moment in _turns(opening, at) if is_open(opening, moment, is_holiday) != now_open), None)
    return Standing(now_open, change, holiday)


def in_words(opening: Opening, at: datetime, is_holiday: IsHoliday) -> str:
    """What to say now: "Open now until 10pm", "Opens tomorrow at 8am"; "" when nobody knows."""
    if opening.always:
        return "Open all day, every day"
    if not opening.is_known:
        return ""
    found = standing(opening, at, is_holiday)
    if found.changes_at is None:
        return "Open now" if found.is_open else "Closed at the moment"
    day, clock = _day_from(found.changes_at, at), clock_words(found.changes_at.astimezone(LONDON).time())
    if found.is_open:
        return f"Open now until {clock}{f' {day}' if day else ''}"
    opens = f"Opens {day or 'today'} at {clock}"
    return f"{opens}. Today is a bank holiday, and we do not know its hours" if found.on_holiday else opens


def week_in_words(opening: Opening) -> list[str]:
    """The week, a line for each group of days: "Monday to Friday, 8am to 8pm". "Saturday, 8am to 2pm"."""
    if opening.always:
        return ["All day, every day"]
    hours = {day: _hours_of_day(opening.spans, day) for day in range(A_WEEK)}
    lines = []
    for words, group in groupby(range(A_WEEK), key=hours.__getitem__):
        days = list(group)
        if words:
            lines.append(f"{_days_words(days)}, {words}")
    if lines and opening.bank_holidays is not BankHolidays.UNKNOWN:
        lines.append("Bank holidays as well" if opening.bank_holidays is BankHolidays.OPEN else "Not on bank holidays")
    return lines


def _counts(opening: Opening, span: Span, day: date, is_holiday: IsHoliday) -> bool:
    """Whether the hours that begin on a day take place."""
    return span.begins_on(day) and (opening.bank_holidays is BankHolidays.OPEN or not is_holiday(day))


def _covers(span: Span, clock: time, *, later: bool) -> bool:
    """Whether a clock shows a time in the span: on the day it begins, or in the part that lies on the day after."""
    overnight = span.closes <= span.opens
    if later:
        return overnight and clock < span.closes
    return span.opens <= clock and (overnight or clock < span.closes)


def _turns(opening: Opening, at: datetime) -> Iterator[datetime]:
    """Every moment after `at` at which something may change, in order: when hours begin or end, and clocks change."""
    today = at.astimezone(LONDON).date()
    clocks = {clock for span in opening.spans for clock in (span.opens, span.closes)}
    for ahead in range(LOOK_AHEAD + 1):
        day = today + timedelta(days=ahead)
        moments = {
            datetime.combine(day, clock.replace(fold=fold), LONDON).astimezone(UTC)
            for clock in clocks
            for fold in ((0, 1) if _may_change_clocks(day) else (0,))
        }
        if _may_change_clocks(day):
            moments.add(datetime.combine(day, CHANGE, UTC))
        yield from sorted(moment for moment in moments if moment > at)


def _may_change_clocks(day: date) -> bool:
    return day.weekday() == SUNDAY and day.month in {3, 10}


def _day_from(moment: datetime, at: datetime) -> str:
    """The day of a moment as seen from another: "" today, "tomorrow", "on Monday", "on Monday 5 January"."""
    day = moment.astimezone(LONDON).date()
    ahead = (day - at.astimezone(LONDON).date()).days
    if ahead <= 1:
        return "tomorrow" if ahead else ""
    return f"on {NAMES[day.weekday()]}" if ahead < A_WEEK else f"on {NAMES[day.weekday()]} {day.day} {day:%B}"


def _hours_of_day(spans: Iterable[Span], day: int) -> str:
    of_day = sorted({(span.opens, span.closes) for span in spans if day in span.days})
    return " and ".join(
        "all day" if opens == closes else f"{clock_words(opens)} to {clock_words(closes)}" for opens, closes in of_day
    )


def _days_words(days: Sequence[int]) -> str:
    if len(days) == A_WEEK:
        return "Every day"
    if len(days) == 1:
        return NAMES[days[0]]
    return f"{NAMES[days[0]]} {'to' if len(days) > 2 else 'and'} {NAMES[days[-1]]}"  # noqa: PLR2004 - more than two
