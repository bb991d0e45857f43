"""Numbers and hours as people write them: one a line. To and from values; a ValueError says what to change."""

import re
from collections.abc import Sequence
from uuid import uuid4

from app.core.wall_clock import clock_words
from app.signposting.kinds import PhoneKind
from app.signposting.openreferral.hours import days_in
from app.signposting.openreferral.listing import NAME, NUMBER, Hours, Phone
from app.signposting.openreferral.values import read_clock
from app.signposting.telephones import complaint

KINDS = {"call": PhoneKind.VOICE, "text": PhoneKind.TEXT, "relay": PhoneKind.RELAY, "textphone": PhoneKind.TEXTPHONE}
WORDS = {kind: word for word, kind in KINDS.items()}
NUMBER_LINE = re.compile(
    r"(?:(?P<kind>call|text|relay|textphone)\s+)?(?P<number>[^:]+?)\s*(?::\s*(?P<label>.*))?", re.IGNORECASE
)
HOURS_LINE = re.compile(r"(?P<days>.+?)\s*:?\s+(?P<opens>\d\S*)\s*(?:to|-|–)\s*(?P<closes>\d\S*)", re.IGNORECASE)
MIDNIGHT = {"midnight": "00:00", "midday": "12:00"}


def phones_in(text: str, known: Sequence[Phone] = ()) -> tuple[Phone, ...]:
    """Numbers from lines such as "call 116 123" or "text 85258: Text SHOUT to 85258"; known ones keep their ids."""
    ids = {(phone.number, phone.kind): phone for phone in known}
    found = []
    for row in filter(None, map(str.strip, text.splitlines())):
        parts = NUMBER_LINE.fullmatch(row)
        number = parts["number"].strip() if parts else row
        if not parts or len(number) > NUMBER or (wrong := complaint(number)):
            raise ValueError(f"“{row[:60]}” {wrong if parts and len(number) <= NUMBER else 'is no number'}")
        kind = KINDS[(parts["kind"] or "call").lower()]
        old = ids.get((number, kind))
        label = (parts["label"] or "").strip()[:NAME]
        extension = old.extension if old else ""
        uuid = old.uuid if old else str(uuid4())
        found.append(Phone(uuid=uuid, number=number, kind=kind, label=label, extension=extension))
    return tuple(found)


def phone_lines(phones: Sequence[Phone]) -> str:
    """The same numbers as lines."""
    return "\n".join(
        f"{WORDS[phone.kind]} {phone.number}" + (f": {phone.label}" if phone.label else "") for phone in phones
    )


def hours_in(text: str, known: Sequence[Hours] = ()) -> tuple[Hours, ...]:
    """Hours from lines such as "Monday to Friday 9am to 5pm"; hours that say more than that stay as they are."""
    plain = {(each.byday, each.opens_at, each.closes_at): each for each in known if _is_plain(each)}
    found = [each for each in known if not _is_plain(each)]
    for row in filter(None, map(str.strip, text.splitlines())):
        parts = HOURS_LINE.fullmatch(_clocks(row))
        days = ",".join(days_in(parts["days"])) if parts else ""
        opens, closes = (read_clock(parts[name]) for name in ("opens", "closes")) if parts else (None, None)
        if not days or opens is None or closes is None:
            raise ValueError(f"Write “{row[:60]}” like “Monday to Friday 9am to 5pm”")
        old = plain.get((days, opens, closes))
        found.append(old or Hours(uuid=str(uuid4()), byday=days, opens_at=opens, closes_at=closes))
    return tuple(sorted(found, key=lambda each: each.uuid))


def hours_lines(hours: Sequence[Hours]) -> str:
    """The plain ones of these hours as lines."""
    return "\n".join(
        f"{each.byday} {clock_words(each.opens_at)} to {clock_words(each.closes_at)}".replace(
            "midnight", "00:00"
        ).replace("midday", "12:00")
        for each in hours
        if _is_plain(each) and each.opens_at is not None and each.closes_at is not None
    )


def _clocks(row: str) -> str:
    for word, shown in MIDNIGHT.items():
        row = re.sub(rf"\b{word}\b", shown, row, flags=re.IGNORECASE)
    return row


def _is_plain(hours: Hours) -> bool:
    """Whether a line says all there is to say."""
    more = (hours.bymonthday, hours.valid_from, hours.valid_to, hours.description, hours.place, hours.extra)
    return hours.freq == "WEEKLY" and hours.interval == 1 and bool(hours.byday and hours.opens_at) and not any(more)
