"""What was found: its kind, how sure we are, and where; and what remains when findings overlap."""

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple


class Kind(StrEnum):
    """What was found. The order is that of precedence where two overlap and are equally sure."""

    NHS_NUMBER = "nhs_number"
    NI_NUMBER = "ni_number"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    POSTCODE = "postcode"
    NAME = "name"
    BEDSIDE = "bedside"

    @property
    def words(self) -> str:
        """The kind as people say it."""
        return {
            "nhs_number": "NHS number",
            "ni_number": "National Insurance number",
            "email": "email address",
            "birth_date": "date of birth",
            "phone": "phone number",
            "postcode": "postcode",
            "name": "name",
            "bedside": "ward, date and age",
        }[self.value]


class Confidence(StrEnum):
    """How sure we are. `high` is never published; `ask` asks the author; `nudge` asks them to think of it."""

    HIGH = "high"
    ASK = "ask"
    NUDGE = "nudge"


class Finding(NamedTuple):
    """Something that could tell who somebody is: `text[start:end]`. It never carries the words themselves."""

    kind: Kind
    confidence: Confidence
    start: int
    end: int


PRECEDENCE = {kind: rank for rank, kind in enumerate(Kind)}
SURENESS = {sure: rank for rank, sure in enumerate(Confidence)}


def resolved(findings: Iterable[Finding], text: str) -> list[Finding]:
    """The findings in the order of the text, none overlapping another.

    Where two overlap the surer stays, then the more telling kind, then the longer. A neighbourhood (ward, date and age)
    gives way to whatever lies inside it, and keeps the longest part that is left, because both have to be dealt with.
    """
    taken: list[Finding] = []
    ranked = sorted(findings, key=_rank)
    taken = _apart([found for found in ranked if found.kind is not Kind.BEDSIDE])
    around = [found for found in ranked if found.kind is Kind.BEDSIDE]
    left = [part for found in around if (part := _left_of(found, taken, text))]
    return sorted([*taken, *_apart(left)], key=lambda found: found.start)


def _rank(found: Finding) -> tuple[int, int, int, int]:
    return SURENESS[found.confidence], PRECEDENCE[found.kind], found.start - found.end, found.start


def _apart(ranked: Iterable[Finding]) -> list[Finding]:
    """Each finding that overlaps none before it."""
    covered: set[int] = set()  # findings are short and few: this is linear in what they cover
    kept = []
    for found in ranked:
        if found.start in covered or found.end - 1 in covered or not covered.isdisjoint(range(found.start, found.end)):
            continue
        covered.update(range(found.start, found.end))
        kept.append(found)
    return kept


def _left_of(around: Finding, taken: Iterable[Finding], text: str) -> Finding | None:
    inside = sorted((max(f.start, around.start), min(f.end, around.end)) for f in taken if _overlap(f, around))
    edges = [(around.start, around.start), *inside, (around.end, around.end)]
    free = [(end, start) for (_, end), (start, _) in pairwise(edges) if text[end:start].strip(" ,.;:()\n\t")]
    if not free:
        return None
    start, end = max(free, key=lambda part: part[1] - part[0])
    return around._replace(start=start, end=end)


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end
