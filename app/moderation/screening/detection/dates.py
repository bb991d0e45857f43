"""Dates as people write them, whatever they are dates of."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
NTH = r"(\d{1,2})\s?(?:st|nd|rd|th)?"
YEAR = r"(?:[\s,.'/-]{1,3}(\d{4}|(?<=')\d{2}|\d{2}(?!\d|[:.]\d|\s?[ap]\.?m\b)))"
FIGURES = re.compile(r"(?<![\w/£$€])(?<!\d[.-])(\d{1,2})(\s?[/.\-]\s?| )(\d{1,2})\2(\d{4}|\d{2})(?!\w|[/-]\d|\.\d)")
ISO = re.compile(r"(?<![\w/-])(?<!\d\.)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-]|\.\d)")
DAY_FIRST = re.compile(rf"(?<![\w/])(?<!\d\.){NTH}(?:\s+of)?[\s.,/-]{{0,3}}{MONTH}{YEAR}?(?!\w)", re.IGNORECASE)
MONTH_FIRST = re.compile(rf"(?<!\w){MONTH}\s{{1,3}}(?:the\s)?{NTH}(?!\d|[:.]\d){YEAR}?(?!\w)", re.IGNORECASE)
DAY_AND_MONTH = re.compile(r"(?<![\w/.-])(\d{1,2})/(\d{1,2})(?![\w/]|[.-]\d)")
CENTURY = 1900
OLDEST = 30  # a year of two digits from here on is of the century before


class Dated(NamedTuple):
    """A date in a text; without a year it is a day of any; `figures` when nothing of it is a word."""

    start: int
    end: int
    year: int | None
    figures: bool
    short_year: bool = False


def dates(text: str) -> Iterator[Dated]:
    """Every date of a text that has a month and a day."""
    for found in FIGURES.finditer(text):
        if found[2] == " " and len(found[4]) != 4:  # noqa: PLR2004 - "1 2 34" is no date
            continue
        year = _year(found[4])
        if _is_a_day(year, int(found[3]), int(found[1])) or (
            len(found[4]) == 4 and _is_a_day(year, int(found[1]), int(found[3]))  # noqa: PLR2004 - month first
        ):
            yield Dated(found.start(), found.end(), year, figures=True, short_year=len(found[4]) == 2)  # noqa: PLR2004
    for found in ISO.finditer(text):
        if _is_a_day(int(found[1]), int(found[3]), int(found[4])):
            yield Dated(found.start(), found.end(), int(found[1]), figures=True)
    for pattern, month, day in ((DAY_FIRST, 2, 1), (MONTH_FIRST, 1, 2)):
        for found in pattern.finditer(text):
            said = _year(found[3]) if found[3] else None
            if _is_a_day(said or 2000, MONTHS.index(found[month][:3].lower()) + 1, int(found[day])):
                yield Dated(found.start(), found.end(), said, figures=False)


def days_of_a_year(text: str) -> Iterator[Dated]:
    """Days without a year in figures, such as 12/3."""
    for found in DAY_AND_MONTH.finditer(text):
        if _is_a_day(2000, int(found[2]), int(found[1])):
            yield Dated(found.start(), found.end(), None, figures=True)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:  # noqa: PLR2004
        return year
    return CENTURY + year if year >= OLDEST else CENTURY + 100 + year


def _is_a_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
