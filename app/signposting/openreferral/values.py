"""Single values of a feed, read from text: addresses, ids, days, times, numbers. Pure, and nothing here raises."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from ipaddress import ip_address
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import UUID

from app.signposting.openreferral import plain

Json = object  # whatever json.loads gives

LONGEST_ADDRESS = 300
LONGEST_QUOTED = 60
LARGEST_NUMBER = 10**12
SAFE_IN_ADDRESS = "/:?#[]@!$&'()*+,;=%~"

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE)
NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
BRITISH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2})(?:\.\d+)?)?\s*(am|pm|a\.m\.|p\.m\.)?(?:z|[+-]\d{2}:?\d{2})?")


def web_address(raw: str) -> str:
    """A web address in one spelling; "" for what is none. Addresses with a password in them are none."""
    text = raw.strip()
    if text.lower().startswith("www."):
        text = f"https://{text}"
    try:
        place = urlsplit(text)
        host, port = place.hostname or "", place.port
    except ValueError:
        return ""
    if place.scheme.lower() not in {"http", "https"} or "@" in place.netloc or any(sign.isspace() for sign in text):
        return ""
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return ""
    if not HOST.fullmatch(host) or _is_ip(host):
        return ""
    netloc = f"{host.lower()}:{port}" if port else host.lower()
    parts = (quote(part, safe=SAFE_IN_ADDRESS) for part in (place.path, place.query, place.fragment))
    address = urlunsplit((place.scheme.lower(), netloc, *parts))
    return address if len(address) <= LONGEST_ADDRESS else ""


def read_uuid(text: str) -> str:
    """A UUID in its usual spelling; "" for what is none."""
    try:
        return str(UUID(text)) if len(text) in {32, 36} else ""
    except ValueError:
        return ""


def read_day(text: str) -> date | None:
    """A date: 2026-02-01 with or without a time after it, or 1/2/2026, day first."""
    for pattern, order in ((ISO_DATE, (1, 2, 3)), (BRITISH_DATE, (3, 2, 1))):
        found = pattern.match(text.strip())
        if found:
            try:
                return date(*(int(found[part]) for part in order))
            except ValueError:
                return None
    return None


def read_clock(text: str) -> time | None:
    """A time: 10:00, 10:00:00, 9.30am, 9pm; 24:00 is midnight."""
    found = CLOCK.fullmatch(text.strip().lower())
    if not found or (found[2] is None and found[4] is None):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[4]:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - the hours of a clock's face
            return None
        hour = hour % 12 + (12 if found[4].startswith("p") else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    try:
        return time(hour, minute)
    except ValueError:
        return None


def short(text: str) -> str:
    """A few words of a text, to stand in a sentence."""
    text = plain.line(text[: LONGEST_QUOTED * 4])
    return text if len(text) <= LONGEST_QUOTED else f"{text[:LONGEST_QUOTED]}…"


def cut(text: str, longest: int, *, one_line: bool) -> str:
    """The beginning of a text, up to the end of a word where that is near."""
    cut = text[:longest]
    at = cut.rfind(" ")
    cut = cut[:at] if at > longest // 2 else cut
    return plain.line(cut) if one_line else plain.paragraphs(cut)


def read_number(raw: Json) -> float | None:
    """A number, or the only one in a text ("from 18 years"); None otherwise."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return float(raw) if is_usual(raw) else None
    found = NUMBER.findall(raw.replace(",", "")[:100]) if isinstance(raw, str) else []
    return float(found[0]) if len(found) == 1 else None


def is_usual(number: float) -> bool:
    """Whether a number is finite and of a size that means something."""
    return abs(number) <= LARGEST_NUMBER and math.isfinite(number)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def kind(raw: Json) -> str:
    """What kind of JSON value it is, in words."""
    if isinstance(raw, bool):
        return "true or false"
    if isinstance(raw, int | float):
        return "a number"
    if isinstance(raw, str):
        return "a text"
    if isinstance(raw, Mapping):
        return "an object"
    return "a list" if isinstance(raw, Sequence) else "nothing that can be read"
