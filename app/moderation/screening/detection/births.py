"""Dates of birth: sure where the text says so; asked about where a date of long ago has nothing else to be."""

import re
from collections.abc import Iterator

from app.moderation.screening.detection.dates import Dated, dates
from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.reading import Reading

FIRST_YEAR, LAST_YEAR = 1900, 2010  # dates of meetings and guidance are later; those of children need a word
REACH = 32
BORN = re.compile(
    r"(?<![^\W_])(?:d\.?\s?o\.?\s?b\.?(?![a-z])|dates?\s+of\s+birth|birth\s?da(?:te|y)s?|(?:was\s+|is\s+)?born\b|d/o/b|b\.\s?$)",
    re.IGNORECASE,
)
BORN_AFTER = re.compile(r"^[\s,;)(:-]{0,4}(?:d\.?\s?o\.?\s?b\b|\(?date\s+of\s+birth|birth\s?da(?:te|y))", re.IGNORECASE)
UNSEPARATED = re.compile(
    r"\b(?:d\.?o\.?b\.?|date\s+of\s+birth|birth\s?date)\s{0,2}(?:is|was|[:=-])?\s{0,2}(\d{8}|\d{6}|\d{1,2}\s\d{1,2}\s\d{2})(?!\d)",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"\b(?:patients?|pt|he|she|her|his|him|mum|dad|mother|father|son|daughter|wife|husband|baby|child|lady|gentleman|man"
    r"|woman|resident|client|aged?|years?\s+old|y/?o|mrs?|ms|miss|male|female)\b",
    re.IGNORECASE,
)
OF_A_DOCUMENT = re.compile(
    r"\b(?:publish(?:ed)?|found(?:ed|ing)|since|act|establish(?:ed)?|version|updated?|issued?|dated?|guidance|policy"
    r"|effective|open(?:ed|ing)?|launch(?:ed)?|regulations?|in\s+force|anniversary|war|started|began|introduced|meeting"
    r"|minutes|workshop|created|signed|reviewed?|came\s+in|revised|registered|incorporated|from|until|between)\b",
    re.IGNORECASE,
)
BREAK = re.compile(r"[!?]\s|\.\s+[A-Z]|\n\s*\n|\d{4}")


def find(reading: Reading) -> Iterator[Finding]:
    """The dates of birth of a text."""
    for dated in dates(reading.plain):
        confidence = _confidence(reading, dated)
        if confidence:
            yield Finding(Kind.BIRTH_DATE, confidence, dated.start, dated.end)
    for found in UNSEPARATED.finditer(reading.plain):
        yield Finding(Kind.BIRTH_DATE, Confidence.HIGH, *found.span(1))


def _confidence(reading: Reading, dated: Dated) -> Confidence | None:
    if dated.year is None:
        return None
    before = BREAK.split(reading.before(dated.start, REACH))[-1]
    if BORN.search(before) or BORN_AFTER.search(reading.after(dated.end, REACH)):
        return Confidence.HIGH
    if not FIRST_YEAR <= dated.year <= LAST_YEAR or OF_A_DOCUMENT.search(before):
        return None
    about_somebody = PERSON.search(before) or PERSON.search(reading.after(dated.end, REACH // 2))
    return Confidence.ASK if dated.figures or about_somebody else None
