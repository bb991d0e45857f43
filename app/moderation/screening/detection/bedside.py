"""Ward, date and age in one neighbourhood: none of them tells who somebody is, and the three together often do."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from app.moderation.screening.detection.dates import dates, days_of_a_year
from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.reading import Reading

WIDEST = 200  # characters from the first of the three to the last
PLACE = re.compile(
    r"\b(?:ward|bay|bed(?:\s?space)?|cubicle|side\s?-?room|cot)s?\s{0,2}(?:no\.?\s?|number\s|#)?(?:\d{1,3}[a-z]?|[a-z]\d{1,2}|[A-H])\b"
    r"|\b(?!(?:this|that|the|your|our|my|her|his|their|each|every|another|same|any|which|other|new|a|on|per|to|of|and|busy)\s)"
    r"[a-z]{3,20}\s(?:ward|bay)\b"
    r"|(?<![^\W_])(?:AMU|MAU|SAU|ITU|ICU|HDU|CCU|NICU|SCBU|EAU|CDU|SDEC|ED|A&E|resus)(?![^\W_])",
    re.IGNORECASE,
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
ONES = "one|two|three|four|five|six|seven|eight|nine"
AGE = re.compile(
    r"(?<![\w.£])(?:\d{1,3})\s?-?\s?(?:years?|yrs?|months?|weeks?|days?)\s?-?\s?olds?\b"
    r"(?!\s(?:or|and)\s(?:over|above|older|under)|\s(?:building|hospital|policy|organisation|charity|trust|programme|law))"
    rf"|\b(?:{TENS})(?:[\s-](?:{ONES}))?[\s-]years?[\s-]olds?\b"
    r"|(?<![\w.£/])\d{1,3}\s?y\s?[/.]?\s?o\b|(?<![\w.£])\d{2,3}\s?y(?:r|rs)?\s(?:male|female|man|woman|lady|gent\w*|patient)\b"
    r"|\(\s?\d{1,3}\s?(?:years?|yrs?|y)\s?\)"
    r"|\baged?\s(?:of\s)?\d{1,3}\b(?!\s?(?:and|or|to|-)\s?(?:over|above|under|\d))"
    r"|(?<![\w.])\d{2}\s?[MF]\b(?!\w)"
    r"|\bin\s(?:his|her|their)\s(?:early\s|mid\s?-?\s?|late\s)?(?:\d0'?s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b"
    r"|\b(?:Mr|Mrs|Ms|Miss)\s[A-Z][\w'-]{1,20},\s\d{2},",
    re.IGNORECASE,
)
NEARBY_DAY = re.compile(
    r"\b(?:yesterday|today|tonight|last\snight|this\s(?:morning|afternoon|evening)"
    r"|(?:last\s|on\s|this\s)(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)

Span = tuple[int, int]


def find(reading: Reading) -> Iterator[Finding]:
    """The neighbourhoods of a text in which a ward or bed, an age and a day stand together."""
    start = 0
    for paragraph in re.split(r"(\n[ \t]*\n)", reading.plain):
        yield from (
            Finding(Kind.BEDSIDE, Confidence.ASK, start + first, start + last)
            for first, last in _neighbourhoods(paragraph)
        )
        start += len(paragraph)


def _neighbourhoods(paragraph: str) -> list[Span]:
    places = [found.span() for found in PLACE.finditer(paragraph)]
    ages = [found.span() for found in AGE.finditer(paragraph)] if places else []
    if not ages:
        return []
    days = sorted(
        [
            *((dated.start, dated.end) for dated in (*dates(paragraph), *days_of_a_year(paragraph))),
            *(found.span() for found in NEARBY_DAY.finditer(paragraph)),
        ]
    )
    merged: list[Span] = []
    for age in ages:
        three = [age, *filter(None, (_nearest(places, age), _nearest(days, age)))]
        span = min(start for start, _ in three), max(end for _, end in three)
        if len(three) < 3 or span[1] - span[0] > WIDEST:  # noqa: PLR2004 - ward, age and day
            continue
        if merged and span[0] < merged[-1][1]:
            merged[-1] = min(merged[-1][0], span[0]), max(merged[-1][1], span[1])
        else:
            merged.append(span)
    return merged


def _nearest(spans: Sequence[Span], age: Span) -> Span | None:
    """The one of the spans (in their order) that is nearest to an age."""
    at = bisect_left(spans, age)
    around = spans[max(0, at - 1) : at + 1]
    return min(around, key=lambda span: max(span[0] - age[1], age[0] - span[1]), default=None)
