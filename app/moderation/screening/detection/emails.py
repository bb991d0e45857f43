"""Email addresses of people, also those spelt out so that no program would notice ("sam at trust dot nhs dot uk")."""

import re
from collections.abc import Iterator

from app.moderation.screening.detection.finding import Confidence, Finding, Kind
from app.moderation.screening.detection.published import PROVIDERS, Published, is_a_mailbox
from app.moderation.screening.detection.reading import Reading
from app.moderation.screening.detection.vocabulary import words

AT = re.compile(r"@")
LOCAL_BACKWARDS = re.compile(r"[\w.+%'-]{1,64}")
DOMAIN = re.compile(r"(?:[^\W_][\w-]{0,62}\.){1,6}[^\W\d_]{2,18}(?![\w-])")

DOT = r"(?:\s{0,2}[\[({<]\s?(?:dot|\.)\s?[\])}>]\s{0,2}|\s{1,2}dot\s{1,2}|\.)"
LABEL = r"[a-z0-9][a-z0-9-]{0,40}"
SPELT_AT = re.compile(
    r"\s{0,3}[\[({<]\s?(?:at|@)\s?[\])}>]\s{0,3}|\s{1,3}at\s{1,3}|\s{1,3}@\s{0,3}|@\s{1,3}", re.IGNORECASE
)
SPELT_DOMAIN = re.compile(
    rf"{LABEL}(?:{DOT}{LABEL}){{0,4}}?{DOT}(?:uk|com|net|org|nhs|info|io|eu|co|gov|ac|example)(?:{DOT}(?:uk|com))?(?!\w)",
    re.IGNORECASE,
)
SPELT_LOCAL = re.compile(rf"[a-z0-9][\w+%'-]{{0,40}}(?:{DOT}[\w+%'-]{{1,40}}){{0,3}}\Z", re.IGNORECASE)
SPELT_LONGEST = 100
A_DOT = re.compile(DOT, re.IGNORECASE)
# "Look at the dot com years", "see us at nhs dot uk": words that make it a sentence and no address.
SENTENCES = words(
    """
    a an and are arrive available based be details event find found go going gov her here him hosted is it live look
    looked looking me meet meeting more online or page pages read resources see seen site start starting that the
    them there these this those up us visit was we website went were worked working works you
    """
)


def find(reading: Reading, known: Published) -> Iterator[Finding]:
    """The email addresses of a text, web addresses included."""
    yield from _written(reading, known)
    yield from _spelt(reading, known)


def _written(reading: Reading, known: Published) -> Iterator[Finding]:
    backwards = reading.text[::-1]
    for at in AT.finditer(reading.text):
        local = LOCAL_BACKWARDS.match(backwards, len(backwards) - at.start())
        domain = DOMAIN.match(reading.text, at.end())
        if not local or not domain:
            continue
        name = local[0][::-1].lstrip(".'-+%")
        address = f"{name}@{domain[0]}".lower()
        if name and address not in known.emails and not is_a_mailbox(name, domain[0]):
            yield Finding(Kind.EMAIL, Confidence.ASK, at.start() - len(name), domain.end())


def _spelt(reading: Reading, known: Published) -> Iterator[Finding]:
    for at in SPELT_AT.finditer(reading.plain):
        domain = SPELT_DOMAIN.match(reading.plain, at.end())
        if not domain:
            continue
        local = SPELT_LOCAL.search(reading.before(at.start(), SPELT_LONGEST))
        if not local or not _is_an_address(local[0], at[0], domain[0]):
            continue
        name, host = _joined(local[0]), _joined(domain[0])
        if f"{name}@{host}" not in known.emails and not is_a_mailbox(name, host):
            yield Finding(Kind.EMAIL, Confidence.ASK, at.start() - len(local[0]), domain.end())


def _is_an_address(local: str, at: str, domain: str) -> bool:
    """Whether it is an address rather than a sentence about a place or a website."""
    if any(bracket in at for bracket in "[({<"):
        return True
    labels = _joined(domain).split(".")
    if labels == ["nhs", "uk"] or labels[0] in SENTENCES or _joined(local).split(".")[-1] in SENTENCES:
        return False
    spelt = len(A_DOT.findall(domain)) > domain.count(".")
    telling = (
        labels[0] in PROVIDERS or labels == ["nhs", "net"] or any(sign in _joined(local) for sign in "._0123456789")
    )
    return spelt or telling or at.startswith("@")


def _joined(spelt: str) -> str:
    return A_DOT.sub(".", spelt).lower()
