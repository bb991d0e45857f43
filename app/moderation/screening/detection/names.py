"""Names, as far as a pattern can tell: a title or a role followed by words with a capital.

Names defeat patterns, so this only makes people think of it. It would be no use if it spoke up at every "Nurse
Education Team": words of organisations, of the trade and of titles that are no person's are left alone.
"""

import re
from collections.abc import Iterator
from itertools import chain

from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.not_names import NOT_NAMES
from app.moderation.screening.detection.reading import Reading
from app.moderation.screening.detection.vocabulary import words

CAPITALISED = r"[^\W\d_a-z][a-zà-öø-ÿ]+"
WORD = rf"(?:(?:Mc|Mac|O'|D'|De|Di|Le|La|St)?{CAPITALISED}(?:['-]{CAPITALISED})*|[^\W\d_a-z]{{2,20}}(?=[\s,.;:!?)]|$))"
PARTICLE = r"(?:(?:van|von|de|der|den|da|dos|al|el|bin|ibn|le|la|du|di|st)\s){0,2}"
INITIAL = r"(?:[A-Z](?:\.\s?|\s)){0,3}"
SPACE = r"(?: {1,2}|\t|\n)"
FULL = rf"({INITIAL}{PARTICLE}{WORD}(?:[ ]{PARTICLE}{WORD}){{0,2}})"
COURTESY = re.compile(
    rf"(?<![^\W_])(?:(?i:mr|mrs|miss|mx|dr|doctor|prof(?:essor)?|dame|rev(?:erend)?)|Ms)\b\.?{SPACE}{FULL}"
)
TYPED_SMALL = re.compile(r"(?<![^\W_])(?:mr|mrs)\.?\s([a-z]{3,20})(?![^\W_])")
ROLE = re.compile(
    r"(?<![^\W_])(?i:patients?|pt|nurse|sister|matron|consultant|midwife|registrar|hca|carer|resident|client|paramedic"
    r"|colleague|manager|receptionist|porter|therapist|surgeon|volunteer|daughter|son|wife|husband|mum|dad)"
    rf"(?:{SPACE}|[,:]\s)(?:(?:was\s|is\s)?(?:called|named)\s)?{FULL}"
)
CALLED = re.compile(
    r"(?<![^\W_])(?i:man|woman|lady|gentleman|boy|girl|person|somebody|someone|friend|member|guy|lad|student|doctor"
    rf"|name\sis|name\swas)(?:,?\s(?i:(?:who\s)?(?:was|is)\s)?(?i:called|named))?\s{FULL}"
)
SAYS_CALLED = re.compile(r"(?:called|named|name\s(?:is|was))\s\Z", re.IGNORECASE)
TITLES_OF_NOBODY = frozenset(
    {"foster", "google", "who", "men", "martens", "saigon", "world", "universe", "bean", "and", "or"}
)
SMALL_WORDS = words(
    """
    also and are asked but came can could did for from got had has her his just not out said says should teams that
    the then told was went were who will with would
    """
)
OF_A_THING = re.compile(r"(?:[st]ion|ment|ology|ability|ware|centred|based|led)s?\Z")
PLURAL = 8  # letters from which on a word with an s is rather several of something than Jones or Banks
ACRONYM = 5  # letters up to which a word in capitals is rather an abbreviation than a surname, after a role


def find(reading: Reading) -> Iterator[Finding]:
    """What reads like the name of a person."""
    text = reading.plain
    for found in COURTESY.finditer(text):
        if found[1].split()[0].lower() not in TITLES_OF_NOBODY:
            yield Finding(Kind.NAME, Confidence.NUDGE, found.start(), found.start(1) + _length(found[1]))
    for found in TYPED_SMALL.finditer(text):
        if found[1] not in SMALL_WORDS:
            yield Finding(Kind.NAME, Confidence.NUDGE, *found.span())
    for found in chain(ROLE.finditer(text), CALLED.finditer(text)):
        length = _length(found[1], role=True)
        if length and (found.re is ROLE or SAYS_CALLED.search(text, found.start(), found.start(1))):
            yield Finding(Kind.NAME, Confidence.NUDGE, found.start(1), found.start(1) + length)


def _length(named: str, *, role: bool = False) -> int:
    """How much of the words with a capital is a name; 0 when it is a job or a team."""
    kept: list[str] = []
    for word in named.split(" "):
        plain = word.lower().removesuffix("'s")
        several = plain.removesuffix("s") if len(plain) >= PLURAL else plain
        if (
            plain in NOT_NAMES
            or several in NOT_NAMES
            or (role and (OF_A_THING.search(plain) or (word.isupper() and len(word) <= ACRONYM)))
        ):
            if role:
                return 0  # "Nurse Jones Award": nobody is named who could be harmed by it
            break
        kept.append(word)
    return len(" ".join(kept)) if kept or role else len(named)
