"""NHS numbers, and the Scottish and Northern Irish ones of the same make: ten digits, the last checking the others.

One in eleven other numbers of ten digits passes the check. So only the spacing that the NHS uses (3-3-4), or a word
that says so close by, makes us sure.
"""

import re
from collections.abc import Iterator

from nhs_number.validate import calculate_checksum, is_valid

from app.moderation.screening.detection.digits import Run, is_of_something_else, parts_of, tied
from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.reading import Reading

DIGITS = 10
SPACING = [3, 3, 4]
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
    for run in numbers:
        if sum(len(group.digits) for group in run) < DIGITS:
            continue
        for part in parts_of(run, DIGITS):
            confidence = _confidence(reading, run, part)
            if confidence:
                yield Finding(Kind.NHS_NUMBER, confidence, part[0].start, part[-1].end)


def passes(digits: str) -> bool:
    """Whether the tenth digit fits the nine before it."""
    return calculate_checksum(digits[:9]) == int(digits[9]) and digits != "0" * DIGITS


def _confidence(reading: Reading, run: Run, part: Run) -> Confidence | None:
    digits = "".join(group.digits for group in part)
    if not passes(digits) or _goes_on(reading, run, part):
        return None
    start, end = part[0].start, part[-1].end
    before = reading.before(start, BEFORE)
    says_so = SAYS_SO.search(before[-REACH:]) or SAYS_SO.search(reading.after(end, REACH))
    attached = before[-1:].isalpha()
    if attached and not LABEL.search(before):
        return None
    spaced = [len(group.digits) for group in part] == SPACING
    if is_of_something_else(before):
        return Confidence.ASK if says_so or (spaced and before.rstrip()[-1:] not in "£$€") else None
    if says_so:
        return Confidence.HIGH
    if spaced:
        plain = all("." not in group.gap and "\n" not in group.gap for group in part[1:])
        return Confidence.HIGH if plain else Confidence.ASK
    alone = len(part) == 1 or (
        len(run) == len(part) <= MOST_GROUPS and not DATED.fullmatch(" ".join(g.digits for g in part))
    )
    return Confidence.ASK if alone and is_valid(digits) else None


def _goes_on(reading: Reading, run: Run, part: Run) -> bool:
    """Whether it is a piece of something longer: a card number, a decimal, a code with letters."""
    last = run.index(part[-1])
    if tied(part[0].gap) or (last + 1 < len(run) and tied(run[last + 1].gap)):
        return True
    follows = reading.after(part[-1].end, 1)
    return follows.isalpha() or follows in {"%", "_", "@"} or reading.before(part[0].start, 1) in {"_", "@"}
