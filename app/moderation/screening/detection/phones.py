"""Telephone numbers that could be somebody's: mobiles and landlines, not what organisations publish for callers.

Numbers that begin with 03, 08 or 09 belong to services, never to a person, and short ones (111, 999, 116 123) have too
few digits to be looked at. Source of the ranges: Ofcom, National Telephone Numbering Plan.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import phonenumbers

from app.moderation.screening.detection.digits import Run, begins_amid_single_digits, is_of_something_else, tied
from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.published import Published, national
from app.moderation.screening.detection.reading import Reading

NATIONAL = 11  # digits, with the leading 0; some old landlines have 10
SHORTEST, LONGEST = 8, 17
LEAD = re.compile(r"\(?\+\s?\(?\Z|\(\Z")
REACH, BEFORE = 24, 40
SPOKEN = re.compile(
    r"\b(?:tel(?:e?phone)?|phone|ph|mob(?:ile)?|cell|call(?:ed|ing)?|ring|rang|text(?:ed)?|sms|whats\s?app|contact(?:ed)?"
    r"|reach(?:ed)?|number(?:\s+is)?|fax|dial(?:led)?)\b",
    re.IGNORECASE,
)
OF_A_SERVICE = re.compile(
    r"\b(?:help\s?line|hot\s?line|free\s?phone|advice\s+line|switch\s?board|main\s+reception)\b", re.IGNORECASE
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
    first = run[at].digits
    plus = reading.before(run[at].start, 3).rstrip(" (").endswith("+")
    if not (plus or first.startswith(("0", "7", "44"))) or begins_amid_single_digits(run, at):
        return 0
    if (tied(run[at].gap) and run[at - 1].digits not in RELAY) or (first == "0" and _is_a_fraction(run, at)):
        return 0
    best, digits = 0, ""
    for count, group in enumerate(islice(run, at, at + LONGEST), start=1):
        digits += group.digits
        ends = at + count == len(run) or not tied(run[at + count].gap)
        if (
            ends
            and len(digits) >= SHORTEST
            and _is_somebodys(digits, reading.before(run[at].start, BEFORE), known, plus=plus)
        ):
            best = count
        if len(digits) > LONGEST:
            break
    return best


def _is_a_fraction(run: Run, at: int) -> bool:
    return at + 1 < len(run) and run[at + 1].gap == "."


def _is_somebodys(digits: str, before: str, known: Published, *, plus: bool) -> bool:
    """Whether digits are a whole number, of a kind that people have, and nothing before them says otherwise."""
    spoken = bool(SPOKEN.search(before[-REACH:]))
    number = _national(digits, plus=plus, spoken=spoken)
    if not number or number in known.phones or (before[-1:].isalpha() and not spoken):
        return False
    if plus and number.startswith("+"):
        return _is_abroad(number)
    if len(number) not in {NATIONAL - 1, NATIONAL} or (not plus and is_of_something_else(before)):
        return False
    if number.startswith("+"):
        return _is_abroad(number)
    return _is_a_persons(number, spoken=spoken, service=bool(OF_A_SERVICE.search(before[-REACH:])))


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


def _is_a_persons(number: str, *, spoken: bool, service: bool) -> bool:
    """Whether a number of this country is a mobile, or a landline that is not said to be a service's."""
    whole = len(number) == NATIONAL
    if number[1] == "7":
        return whole and (number[2] not in "06" or number.startswith(PAGED))
    if number[1] not in "125" or service:
        return False
    return (whole and (spoken or bool(DRAMA.fullmatch(number)))) or _can_be_dialled(number)


@lru_cache(maxsize=1024)
def _can_be_dialled(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "GB"))
    except phonenumbers.NumberParseException:
        return False


@lru_cache(maxsize=1024)
def _is_abroad(number: str) -> bool:
    """Whether its length is one of the country's; which of its ranges are in use matters less than the + before it."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def _first(reading: Reading, run: Run, at: int) -> int:
    """Where the number begins, with the + or the bracket before its digits."""
    lead = LEAD.search(reading.before(run[at].start, 3))
    return run[at].start - (len(lead[0]) if lead else 0)
