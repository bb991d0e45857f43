"""NHS numbers, and the Scottish and Northern Irish ones of the same make: ten digits, the last checking the others.

One in eleven other numbers of ten digits passes the check. So only the spacing that the NHS uses (3-3-4), or a word
that says so close by, makes us sure.
"""

import re
from collections.abc import Iterator

from nhs_number.validate import calculate_checksum, is_valid

from app.moderation.screening.detection.digits import (
    Run,
    begins_amid_single_digits,
    is_of_something_else,
    parts_of,
    tied,
)
from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.reading import Reading

DIGITS = 10
SPACING = [3, 3, 4]
STROKES = re.compile(r"(?<![\d/])\d{3}/\d{3}/\d{4}(?![\d/])")
MOST_GROUPS = 5
DATED = re.compile(r"\d\d? \d\d? \d{4}( .*)?|\d{4} \d\d? \d\d?( .*)?")  # a date and a time have ten digits too
REACH = 24  # characters on either side in which a word counts (the programme's rule)
BEFORE = 40
SAYS_SO = re.compile(
    r"(?:(?<![a-z])|(?<=\d))(?:n\.?\s?h\.?\s?s(?![a-z])|chi(?![a-z])|h\s?(?:&|and|\+)\s?c\b|patients?\b|pts?\b|mrn\b"
    r"|service\s+users?\b|residents?\b|hospital\s+(?:no|num)|unit\s+no|case\s?notes?\b|health\s+(?:no|num))",
    re.IGNORECASE,
)
LABEL = re.compile(r"(?:nhs|chi|no|number|num|nr|patient|pt)$", re.IGNORECASE)


def find(reading: Reading, numbers: list[Run]) -> Iterator[Finding]:
    """The NHS numbers among the digits of a text."""
    yield from _with_strokes(reading)
    for run in numbers:
        for first, after in parts_of(run, DIGITS):
            if begins_amid_single_digits(run, first):
                continue
            part = run[first:after]
            ends = after == len(run) or not tied(run[after].gap)
            if tied(part[0].gap) or not ends or not passes("".join(group.digits for group in part)):
                continue
            confidence = _confidence(reading, part, alone=len(part) in {1, len(run)})
            if confidence:
                yield Finding(Kind.NHS_NUMBER, confidence, part[0].start, part[-1].end)


def _with_strokes(reading: Reading) -> Iterator[Finding]:
    for found in STROKES.finditer(reading.plain):
        if passes(found[0].replace("/", "")):
            near = reading.before(found.start(), REACH), reading.after(found.end(), REACH)
            confidence = Confidence.HIGH if any(map(SAYS_SO.search, near)) else Confidence.ASK
            yield Finding(Kind.NHS_NUMBER, confidence, *found.span())


def passes(digits: str) -> bool:
    """Whether the tenth digit fits the nine before it."""
    return calculate_checksum(digits[:9]) == int(digits[9]) and digits != "0" * DIGITS


def _confidence(reading: Reading, part: Run, *, alone: bool) -> Confidence | None:
    """How sure we are of ten digits that pass; `alone`: nothing but them stands close together."""
    start, end = part[0].start, part[-1].end
    before, after = reading.before(start, BEFORE), reading.after(end, REACH)
    digits = [group.digits for group in part]
    if _is_a_piece(before, after) or DATED.fullmatch(" ".join(digits)):
        return None
    says_so = SAYS_SO.search(before[-REACH:]) or SAYS_SO.search(after)
    if is_of_something_else(before):
        return Confidence.ASK if says_so else None
    if says_so:
        return Confidence.HIGH
    if [len(each) for each in digits] == SPACING:
        usual = all("." not in group.gap and "\n" not in group.gap for group in part[1:])
        return Confidence.HIGH if usual else Confidence.ASK
    if not alone or len(part) > MOST_GROUPS:
        return None
    return Confidence.ASK if is_valid("".join(digits)) else None


def _is_a_piece(before: str, after: str) -> bool:
    """Whether the digits are part of a code with letters, of a percentage, of an address."""
    attached = before[-1:].isalpha() and not LABEL.search(before)
    return attached or after[:1].isalpha() or after[:1] in {"%", "_", "@"} or before[-1:] in {"_", "@"}
