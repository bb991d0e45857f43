"""Opening hours of Open Referral, which borrows its words from RRULE (RFC 5545)."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from app.signposting.openreferral.desk import Desk, Did
from app.signposting.openreferral.listing import NAME, PART, Hours
from app.signposting.openreferral.several import iso
from app.signposting.openreferral.values import Json, short

Raw = Mapping[str, Json]

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GROUPS = {"weekdays": DAYS[:5], "weekends": DAYS[5:], "daily": DAYS, "every day": DAYS, "everyday": DAYS}
NTH = re.compile(r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
SPAN = re.compile(r"([a-z]+)\s*(?:-|–|to)\s*([a-z]+)")
MONTH_DAYS = range(1, 32)
MOST_WEEKS = 52


def hours(desk: Desk, raw: Raw, owner: str, places: Collection[str]) -> Iterator[Hours]:
    """Each schedule that says anything: days, times, or at least words; `places` are the ties that it may name."""
    for at, thing in desk.things(raw, "schedules"):
        found = _hours(at, thing, owner, places)
        if found is None:
            at.note(Did.LEFT_OUT, "It says neither days nor hours.")
        else:
            yield found


def _hours(desk: Desk, raw: Raw, owner: str, places: Collection[str]) -> Hours | None:
    freq = desk.line(raw, "freq", 20).upper()
    days = by_day(desk, raw)
    if freq == "DAILY":
        desk.note(Did.CHANGED, "Daily is written as every day of the week.", "freq")
        days = days or ",".join(DAYS)
    elif freq not in {"WEEKLY", "MONTHLY", ""}:
        desk.note(Did.LEFT_OUT, f"“{short(freq)}” is neither weekly nor monthly.", "freq")
    freq = "MONTHLY" if freq == "MONTHLY" else "WEEKLY"
    opens, closes = desk.clock(raw, "opens_at"), desk.clock(raw, "closes_at")
    if (opens is None) != (closes is None):
        desk.note(Did.LEFT_OUT, "Half of the hours are missing, so neither half is kept.", "opens_at")
        opens = closes = None
    valid_from, valid_to = _valid(desk, raw)
    days, month_days = _fitting(desk, freq, days), _month_days(desk, raw)
    description = desk.words(raw, "description", PART)
    if not (days or month_days or opens or description):
        return None
    extra = {
        "dtstart": iso(desk.day(raw, "dtstart")),
        "schedule_link": desk.web(raw, "schedule_link"),
        "attending_type": desk.words(raw, "attending_type", NAME),
        "notes": desk.words(raw, "notes", PART),
    }
    return Hours(
        uuid=desk.uuid(raw, "id", f"{owner}/hours/{freq}/{days}/{month_days}/{opens}/{closes}/{description}"),
        freq=freq,
        interval=int(desk.number(raw, "interval", 1, MOST_WEEKS) or 1),
        byday=days,
        bymonthday=month_days,
        opens_at=opens,
        closes_at=closes,
        valid_from=valid_from,
        valid_to=valid_to,
        description=description,
        place=_place(raw, places),
        extra={key: words for key, words in extra.items() if words},
    )


def by_day(desk: Desk, raw: Raw) -> str:
    """Days as "MO,TU", from that or from "Monday to Friday", "mon; wed", "weekdays"."""
    given = desk.line(raw, "byday", NAME)
    if not given:
        return ""
    days = days_in(given)
    text = ",".join(days)
    if not days:
        desk.note(Did.LEFT_OUT, f"“{short(given)}” names no days.", "byday")
    elif text != given:
        desk.note(Did.CHANGED, f"“{short(given)}” is read as {text}.", "byday")
    return text


def days_in(words: str) -> list[str]:
    """The days in words such as "Monday to Friday" or "sat, sun", as Open Referral writes them, in order."""
    return sorted(set(_days(words)), key=_order)


def _days(given: str) -> Iterator[str]:
    for part in re.split(r"[,;&/]|\band\b", given.lower()):
        word = part.strip(" .")
        span = SPAN.fullmatch(word)
        nth = NTH.fullmatch(word.upper())
        if nth:
            yield nth[0]
        elif word in GROUPS:
            yield from GROUPS[word]
        elif span and (first := _day(span[1])) is not None and (last := _day(span[2])) is not None:
            yield from (DAYS[day % 7] for day in range(first, last + 1 if first <= last else last + 8))
        elif (day := _day(word)) is not None:
            yield DAYS[day]


def _day(word: str) -> int | None:
    if word.upper() in DAYS:
        return DAYS.index(word.upper())
    return NAMES.index(word[:3]) if word[:3] in NAMES and word.isalpha() else None


def _order(day: str) -> tuple[int, str]:
    return DAYS.index(day[-2:]), day


def _fitting(desk: Desk, freq: str, days: str) -> str:
    """The first Monday of something only exists in months."""
    if freq == "MONTHLY" or not any(len(day) > len("MO") for day in days.split(",")):
        return days
    desk.note(Did.CHANGED, "Only a month has a first Monday; the days of the week are kept.", "byday")
    return ",".join(sorted({day[-2:] for day in days.split(",")}, key=_order))


def _month_days(desk: Desk, raw: Raw) -> str:
    given = desk.line(raw, "bymonthday", 120)
    parts = [part.strip() for part in given.split(",") if part.strip()]
    kept = sorted({int(part) for part in parts if part.isdecimal() and part.isascii() and int(part) in MONTH_DAYS})
    text = ",".join(map(str, kept))
    if given and text != given:
        desk.note(Did.CHANGED if text else Did.LEFT_OUT, f"“{short(given)}” is read as “{text}”.", "bymonthday")
    return text


def _valid(desk: Desk, raw: Raw) -> tuple[date | None, date | None]:
    first, last = desk.day(raw, "valid_from"), desk.day(raw, "valid_to")
    if first and last and first > last:
        desk.note(Did.LEFT_OUT, "It ends before it begins.", "valid_to")
        return None, None
    return first, last


def _place(raw: Raw, places: Collection[str]) -> str:
    said = raw.get("service_at_location_id")
    return said if isinstance(said, str) and said in places else ""
