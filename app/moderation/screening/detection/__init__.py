"""Finds what could tell who somebody is: numbers of people, ways to reach them, where and when they were, and names.

Each kind has a module of its own, which reads a `Reading`: the text without what hides a number from a pattern (spaces
of other widths, invisible characters, emphasis in the middle of digits). All patterns take time in proportion to the
text. Source: the programme's rules on identifiable data; NHS data dictionary for NHS numbers, HMRC's manual for
National Insurance numbers, Royal Mail for postcodes, Ofcom's numbering plan for telephone numbers.
"""

from collections.abc import Iterable

from app.moderation.screening.detection import (
    bedside,
    births,
    emails,
    names,
    national_insurance,
    nhs_numbers,
    phones,
    postcodes,
    spoken,
)
from app.moderation.screening.detection.digits import runs
from app.moderation.screening.detection.finding import Finding, resolved
from app.moderation.screening.detection.published import Published
from app.moderation.screening.detection.reading import read


def screen(text: str, published: Iterable[str] = ()) -> list[Finding]:
    """What in a text could tell who somebody is, in the order of the text; no two findings overlap.

    `published` are telephone numbers, email addresses and postcodes that anybody may know, for instance those of the
    support directory; they are not reported, in whatever way they are written. Offsets are indices into `text`.
    """
    reading = read(text)
    known = Published.of(published)
    numbers = runs(reading.plain)
    found = [
        *nhs_numbers.find(reading, numbers),
        *phones.find(reading, numbers, known),
        *emails.find(reading, known),
        *national_insurance.find(reading),
        *postcodes.find(reading, known),
        *births.find(reading),
        *spoken.find(reading),
        *bedside.find(reading),
        *names.find(reading),
    ]
    return [
        Finding(kind, confidence, *reading.origin(start, end))
        for kind, confidence, start, end in resolved(found, reading.plain)
    ]
