"""Whole postcodes, which stand for a few doors of a street; not the outward half alone ("LE1"), which is a district.

A postcode of a hospital, a hall or whatever else is named before it as a place to go to is nobody's home.
"""

import re
from collections.abc import Iterator

from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.published import Published, compact
from app.moderation.screening.detection.reading import Reading
from app.moderation.screening.detection.vocabulary import words

AREAS = words(
    """
    AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
    FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP
    NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA
    WC WD WF WN WR WS WV YO ZE
    """
)
SHAPE = re.compile(
    r"(?<![^\W_])(?<![£$€#.])([A-Za-z]{1,2})(\d(?:\d|[A-HJKMNPR-Ya-hjkmnpr-y])?)"
    r"([ \t.\-]{0,3}\n?)(\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![^\W_])"
)
UNITS = words("st nd rd th hr yr ft gb tb lb ug wt pt px")  # "the M1 2nd junction", "S3 5gb"
PLACE = re.compile(
    r"\b(?:venue|hospital|infirmary|surgery|clinic|cent(?:re|er)|hall|library|university|college|church|mosque|temple"
    r"|gurdwara|school|campus|office|offices|headquarters|hq|council|hotel|station|stadium|theatre|museum|cathedral"
    r"|community|building|house\s+hotel|held\s+at|meet(?:ing)?\s+at|workshop|training|parking|car\s+park|sat\s?nav"
    r"|trust|pharmacy|practice|hospice|pub|caf[eé]|postal\s+address)\b",
    re.IGNORECASE,
)
HOME = re.compile(
    r"\b(?:lives?|lived|living|home|flat|her|his|their|my|patients?|pt|residents?|discharged?|moved|address|visit(?:ed)?"
    r"|visits|carers?|daughter|son|wife|husband|mother|father|mum|dad|neighbours?|client|she|he)\b",
    re.IGNORECASE,
)
CARE_HOME = re.compile(r"\b(?:care|nursing|residential)\s+home\b", re.IGNORECASE)
SAYS_SO = re.compile(r"\b(?:post\s?code|address|lives?)\b", re.IGNORECASE)
REACH, NEIGHBOURHOOD = 24, 70


def find(reading: Reading, known: Published) -> Iterator[Finding]:
    """The postcodes of a text that may be somebody's."""
    for shape in SHAPE.finditer(reading.plain):
        if _can_be_one(reading, shape) and compact(shape[0]) not in known.postcodes and not _of_a_place(reading, shape):
            yield Finding(Kind.POSTCODE, Confidence.ASK, shape.start(), shape.end())


def _can_be_one(reading: Reading, shape: re.Match[str]) -> bool:
    area, gap, inward = shape[1].upper(), shape[3], shape[4]
    if area not in AREAS or inward[1:] in UNITS:
        return False
    plain = (gap.strip(" ") == "" and shape[0].upper() == shape[0]) or gap == " "
    return plain or bool(SAYS_SO.search(reading.before(shape.start(), REACH)))


def _of_a_place(reading: Reading, shape: re.Match[str]) -> bool:
    before = reading.before(shape.start(), NEIGHBOURHOOD).rpartition("\n\n")[2]
    sentence = re.split(r"[.!?]\s", before)[-1]
    return bool(PLACE.search(sentence)) and not HOME.search(CARE_HOME.sub("", sentence))
