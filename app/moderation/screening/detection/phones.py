"""Telephone numbers that could be somebody's: mobiles and landlines, not what organisations publish for callers.

Numbers that begin with 03, 08 or 09 belong to services, never to a person, and short ones (111, 999, 116 123) have too
few digits to be looked at. Source of the ranges: Ofcom, National Telephone Numbering Plan.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from app.moderation.screening.detection.digits import Run, is_of_something_else, tied
from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.published import Published, national
from app.moderation.screening.detection.reading import Reading

NATIONAL = 11  # digits, with the leading 0; some old landlines have 10
LONGEST = 17
LEAD = re.compile(r"\(?\+\s?\(?\Z|\(\Z")
REACH = 24
SPOKEN = re.compile(
    r"\b(?:tel(?:e?phone)?|phone|ph|mob(?:ile)?|cell|call(?:ed|ing)?|ring|rang|text(?:ed)?|sms|whats\s?app|contact(?:ed)?"
    r"|reach(?:ed)?|number(?:\s+is)?|fax|dial(?:led)?)\b",
    re.IGNORECASE,
)
OF_A_SERVICE = re.compile(
    r"\b(?:help\s?line|hot\s?line|free\s?phone|switch\s?board|text\s?phone|minicom|main\s+reception)\b", re.IGNORECASE
)
RELAY = frozenset({"18000", "18001", "18002"})  # dialled first by people who use Relay UK
PAGED = ("070", "07624")  # numbers that follow a person about, and mobiles of the Isle of Man
DRAMA = re.compile(r"01632960\d{3}")  # kept by Ofcom for stories, and in no list of area codes


def find(reading: Reading, numbers: list[Run], known: Published) -> Iterator[Finding]:
    """The telephone numbers among the digits of a text."""
    for run in numbers:
        at = 0
        while at < len(run):
            count = _number_at(reading, run, at, known)
            if count:
                yield Finding(Kind.PHONE, Confidence.ASK, _first(reading, run, at), run[at + count - 1].end)
            at += count or 1


def _number_at(reading: Reading, run: Run, at: int, known: Published) -> int:
    """How many groups from here on are the number of a person who is not known to everybody; 0 when they are none."""
    if tied(run[at].gap) and run[at - 1].digits not in RELAY:
        return 0
    before = reading.before(run[at].start, REACH)
    plus = before.rstrip(" (")[-1:] == "+"
    spoken, service = bool(SPOKEN.search(before)), bool(OF_A_SERVICE.search(before))
    if (before[-1:].isalpha() and not spoken) or (not plus and is_of_something_else(before)):
        return 0
    best, digits = 0, ""
    for count, group in enumerate(run[at:], start=1):
        digits += group.digits
        if len(digits) > LONGEST:
            break
        national = _national(digits, plus=plus, spoken=spoken)
        ends = at + count == len(run) or not tied(run[at + count].gap)
        if (
            national
            and ends
            and national not in known.phones
            and _is_somebodys(national, spoken=spoken, service=service)
        ):
            best = count
    return best


def _national(digits: str, *, plus: bool, spoken: bool) -> str:
    """The number with its leading 0, or with + when it is of another country; "" when it is none (yet)."""
    if not plus and digits.startswith("00"):
        plus, digits = True, digits[2:]
    if plus:
        return national(digits) if digits.startswith("44") else "+" + digits
    if digits.startswith("447") and len(digits) == NATIONAL + 1:
        return national(digits)
    if spoken and digits.startswith("7") and len(digits) == NATIONAL - 1:
        return "0" + digits
    return digits if digits.startswith("0") else ""


def _is_somebodys(national: str, *, spoken: bool, service: bool) -> bool:
    """Whether it is a whole number, of a kind that people have."""
    if national.startswith("+"):
        return _can_be_dialled(national)
    if len(national) not in {NATIONAL - 1, NATIONAL}:
        return False
    whole = len(national) == NATIONAL
    if national[1] == "7":
        return whole and (national[2] not in "06" or national.startswith(PAGED))
    if national[1] not in "125" or service:
        return False
    return (whole and (spoken or bool(DRAMA.fullmatch(national)))) or _can_be_dialled(national)


@lru_cache(maxsize=1024)
def _can_be_dialled(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "GB"))
    except phonenumbers.NumberParseException:
        return False


def _first(reading: Reading, run: Run, at: int) -> int:
    """Where the number begins, with the + or the bracket before its digits."""
    lead = LEAD.search(reading.before(run[at].start, 3))
    return run[at].start - (len(lead[0]) if lead else 0)
