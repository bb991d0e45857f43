"""National Insurance numbers: two letters, six digits and a letter from A to D. Source: HMRC, NIM39110."""

import re
from collections.abc import Iterator

from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.reading import Reading

GAP = r"[ \t.\-/]{0,2}\n?"
SHAPE = re.compile(
    rf"(?<![^\W_])([A-Za-z])\s?([A-Za-z]){GAP}(\d)\s?(\d){GAP}(\d)\s?(\d){GAP}(\d)\s?(\d)(?:{GAP}([A-Da-d]))?(?![^\W_]|-\d)"
)
FIRST = frozenset("ABCEGHJKLMNOPRSTWXYZ")
SECOND = frozenset("ABCEGHJKLMNPRSTWXYZ")
NEVER = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
EXAMPLE = "QQ"  # in every leaflet; nobody has it, and whoever writes it with the usual spaces means such a number
SPACED = re.compile(r"[A-Z]{2} \d\d \d\d \d\d [A-D]")
SAYS_SO = re.compile(r"\b(?:n\.?i\.?(?:n[o.]?)?|nino|nat(?:ional|\.)?\s+ins(?:urance|\.)?)\b", re.IGNORECASE)
REACH = 30


def find(reading: Reading) -> Iterator[Finding]:
    """The National Insurance numbers of a text."""
    for shape in SHAPE.finditer(reading.plain):
        confidence = _confidence(reading, shape)
        if confidence:
            yield Finding(Kind.NI_NUMBER, confidence, shape.start(), shape.end())


def _confidence(reading: Reading, shape: re.Match[str]) -> Confidence | None:
    """Sure where it can be one in capitals, or is said to be one; its last letter is often left out."""
    says_so = SAYS_SO.search(reading.before(shape.start(), REACH)) or SAYS_SO.search(reading.after(shape.end(), REACH))
    if says_so:
        return Confidence.HIGH
    prefix = (shape[1] + shape[2]).upper()
    if prefix == EXAMPLE and SPACED.fullmatch(shape[0]):
        return Confidence.ASK
    if shape[9] is None or prefix[0] not in FIRST or prefix[1] not in SECOND or prefix in NEVER:
        return None
    return Confidence.HIGH if shape[0].isupper() else Confidence.ASK
