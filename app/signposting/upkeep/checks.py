"""What can be seen to be wrong with an entry without asking anybody: numbers, addresses, hours, dates, links, twins."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.signposting.kinds import PhoneKind, Way
from app.signposting.openreferral.hours import DAYS
from app.signposting.openreferral.listing import Hours, Listing
from app.signposting.openreferral.places import BRITISH_POSTCODE
from app.signposting.openreferral.values import EMAIL, web_address
from app.signposting.telephones import complaint, same_number
from app.signposting.upkeep.rules import Due, due


class Severity(StrEnum):
    """How bad a fault is: errors mislead whoever follows the entry, warnings are for the team."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it is checked; `shown` says whether people see it.

    A `general` one is a template: it says what organisations have, and each fills in how to reach its own.
    """

    slug: str
    listing: Listing
    next_check_on: date | None
    shown: bool = True
    general: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: with which entry, where in it, and what."""

    slug: str
    name: str
    severity: Severity
    where: str
    what: str


def faults(entries: Sequence[Kept], today: date) -> list[Fault]:
    """All that is wrong with these entries, in their order; what two of them share is told with the later one."""
    found = [fault for entry in entries for fault in _of_one(entry, today)]
    return found + list(_twins(entries))


def _of_one(entry: Kept, today: date) -> Iterator[Fault]:
    for severity, where, what in _noticed(entry, today):
        yield Fault(entry.slug, entry.listing.name, severity, where, what)


Noticed = Iterator[tuple[Severity, str, str]]


def _noticed(entry: Kept, today: date) -> Noticed:
    yield from _numbers_noticed(entry.listing)
    yield from _addresses(entry.listing)
    yield from _opening(entry.listing, today)
    if not entry.general:
        yield from _reachable(entry.listing)
    yield from _dates(entry, today)


def _numbers_noticed(listing: Listing) -> Noticed:
    for phone in listing.phones:
        where = f"number “{phone.number}”"
        if wrong := complaint(phone.number):
            yield Severity.ERROR, where, f"It {wrong}."


def _addresses(listing: Listing) -> Noticed:
    for where, address in (("link", listing.url), ("chat", listing.chat_url), *_links(listing)):
        if address and web_address(address) != address:
            yield Severity.ERROR, where, f"“{address}” is no web address that can be followed."
    if listing.email and not EMAIL.fullmatch(listing.email):
        yield Severity.ERROR, "email", f"“{listing.email}” is no email address."
    for place in listing.places:
        if place.postcode and not BRITISH_POSTCODE.fullmatch(place.postcode):
            yield Severity.ERROR, f"place “{place.name}”", f"“{place.postcode}” is no postcode."


def _opening(listing: Listing, today: date) -> Noticed:
    for hours in listing.hours:
        if wrong := wrong_hours(hours, today):
            yield Severity.ERROR, "hours", wrong
    if listing.always_open and listing.hours:
        yield Severity.WARNING, "hours", "It is always open, so it needs no hours."


def _links(listing: Listing) -> Iterator[tuple[str, str]]:
    for source in listing.sources:
        yield f"source “{source.title}”", source.url
    if listing.provider:
        yield "provider's link", listing.provider.url


def _reachable(listing: Listing) -> Noticed:
    ways = (listing.phones, listing.url, listing.chat_url, listing.email, listing.places)
    if not any(ways):
        yield Severity.ERROR, "ways", "Nothing says how to reach it: no number, link, address or place."
    kinds = {phone.kind for phone in listing.phones}
    if Way.CALL in listing.ways and not kinds & {PhoneKind.VOICE, PhoneKind.RELAY}:
        yield Severity.WARNING, "ways", "It says that one can call, but there is no number to call."
    if Way.TEXT in listing.ways and PhoneKind.TEXT not in kinds:
        yield Severity.WARNING, "ways", "It says that one can text, but there is no number to text."
    if not listing.summary:
        yield Severity.WARNING, "summary", "Nothing says in a sentence what it is."


def _dates(entry: Kept, today: date) -> Noticed:
    if entry.listing.checked_on and entry.listing.checked_on > today:
        yield Severity.ERROR, "last check", f"{entry.listing.checked_on} lies in the future."
    if entry.shown and due(entry.next_check_on, today) is not Due.FINE:
        since = f"since {entry.next_check_on}" if entry.next_check_on else "because it was never checked"
        yield Severity.WARNING, "next check", f"It is overdue {since}."


def wrong_hours(hours: Hours, today: date) -> str:
    """What is wrong with hours, as a sentence; "" when nothing is."""
    days = [day for day in hours.byday.split(",") if day]
    if any(day[-2:] not in DAYS for day in days):
        return f"“{hours.byday}” are no days."
    if (hours.opens_at is None) != (hours.closes_at is None):
        return "They begin and never end, or end and never begin."
    if hours.opens_at and hours.opens_at == hours.closes_at:
        return f"They end when they begin, at {hours.opens_at:%H:%M}."
    if hours.opens_at and not days and hours.freq == "WEEKLY":
        return "They have times but no days."
    if hours.valid_to and hours.valid_to < today:
        return f"They ended on {hours.valid_to}."
    return ""


def _twins(entries: Iterable[Kept]) -> Iterator[Fault]:
    """Entries with one name, or with one number to speak to somebody: most likely the same service twice."""
    known: dict[tuple[str, str], list[Kept]] = defaultdict(list)
    for entry in entries:
        for key in {("name", " ".join(entry.listing.name.lower().split())), *_numbers(entry.listing)}:
            known[key].append(entry)
    told: set[tuple[str, str]] = set()
    for (kind, said), twins in known.items():
        for twin in twins[1:]:
            if (pair := (twins[0].slug, twin.slug)) not in told:
                told.add(pair)
                what = f"The same {kind}, {said}, as “{twins[0].listing.name}” ({twins[0].slug})."
                yield Fault(twin.slug, twin.listing.name, Severity.WARNING, "duplicate", what)


def _numbers(listing: Listing) -> Iterator[tuple[str, str]]:
    for phone in listing.phones:
        if phone.kind is PhoneKind.VOICE:
            yield "number", same_number(phone.number)
