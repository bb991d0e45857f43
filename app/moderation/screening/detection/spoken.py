"""Numbers spelt out, so that no pattern of digits would notice: "oh double seven hundred" reads as a number too."""

import re
from collections.abc import Iterator

from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.nhs_numbers import DIGITS, passes
from app.moderation.screening.detection.phones import NATIONAL
from app.moderation.screening.detection.reading import Reading

NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
VALUES = {name: str(value) for value, name in enumerate(NAMES)}
VALUES |= {"oh": "0", "o": "0", "nought": "0"}
TIMES = {"double": 2, "treble": 3, "triple": 3}
WORD = rf"(?:{'|'.join((*VALUES, *TIMES))})"
SPELT = re.compile(rf"(?<!\w){WORD}(?:[\s,-]{{1,3}}{WORD}){{5,30}}(?!\w)", re.IGNORECASE)
LEAD = ("01", "02", "07")


def find(reading: Reading) -> Iterator[Finding]:
    """The NHS and telephone numbers of a text that are written in words."""
    for spelt in SPELT.finditer(reading.plain):
        kind = _kind(_digits(re.findall(WORD, spelt[0].lower())))
        if kind:
            yield Finding(kind, Confidence.ASK, *spelt.span())


def _digits(words: list[str]) -> str:
    digits, times = "", 1
    for word in words:
        if word in TIMES:
            times = TIMES[word]
        else:
            digits, times = digits + VALUES[word] * times, 1
    return digits


def _kind(digits: str) -> Kind | None:
    if len(digits) == DIGITS and passes(digits):
        return Kind.NHS_NUMBER
    return Kind.PHONE if len(digits) == NATIONAL and digits.startswith(LEAD) else None
