"""An entry as pages show it: links that dial, hours in words, and how far one may rely on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.signposting.kinds import WITHOUT_SPEAKING, Confidential, PhoneKind, Way
from app.signposting.opening import LONDON, IsHoliday, Opening, Span, in_words, is_open, week_in_words, weekdays
from app.signposting.rules import dialled, is_overdue, texted

if TYPE_CHECKING:
    from app.signposting.models import Schedule, SupportService

OLD_ENOUGH_FOR_ANY = 120  # years; an upper age of this and more says nothing


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a service: the words before it, what is pressed, and its address ("" when there is none to press)."""

    before: str
    words: str
    address: str
    speaks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a list shows of a service. `silent` is another service's way without speaking, where it has none itself."""

    slug: str
    name: str
    summary: str
    alert: str
    urgent: bool
    links: tuple[Link, ...]
    hours: str
    hours_note: str
    open_now: bool | None
    plain: tuple[str, ...]  # free, confidential: in a few words
    checked: str
    needs_checking: bool
    overdue: bool
    silent: Link | None = None
    silent_from: str = ""

    @property
    def speaks(self) -> bool:
        """Whether one of its ways needs a voice."""
        return any(link.speaks for link in self.links)

    @property
    def way_without_speaking(self) -> Link | None:
        """Its first way without a voice that one can press."""
        return next((link for link in self.links if not link.speaks and link.address.startswith("sms:")), None)


def opening_of(service: "SupportService", at_location_id: int | None = None) -> Opening:
    """The opening hours of a service, or those of one of its places."""
    spans = (_span(each) for each in service.schedules if each.at_location_id == at_location_id)
    return Opening(service.always_open, tuple(filter(None, spans)), service.bank_holidays)


def card_of(service: "SupportService", now: datetime, is_holiday: IsHoliday) -> Card:
    """A service as a list shows it at a moment."""
    opening = opening_of(service)
    return Card(
        slug=service.slug,
        name=service.name,
        summary=service.summary,
        alert=service.alert,
        urgent=service.urgent,
        links=tuple(links_of(service)),
        hours=in_words(opening, now, is_holiday),
        hours_note=service.hours_words,
        open_now=is_open(opening, now, is_holiday) if opening.is_known else None,
        plain=tuple(_plain(service)),
        checked=checked_words(service, now.astimezone(LONDON).date()),
        needs_checking=service.needs_checking,
        overdue=is_overdue(service.next_check_on, now.astimezone(LONDON).date()),
    )


def cards_of(services: Iterable["SupportService"], now: datetime, is_holiday: IsHoliday) -> list[Card]:
    """Services as a list shows them."""
    return [card_of(service, now, is_holiday) for service in services]


def with_silent_ways(cards: Sequence[Card]) -> list[Card]:
    """Put a way without speaking beside every crisis line that only has a telephone."""
    other = next((card for card in cards if card.urgent and card.way_without_speaking), None)
    return [
        replace(card, silent=other.way_without_speaking, silent_from=other.name)
        if other and card.urgent and card.speaks and not card.way_without_speaking
        else card
        for card in cards
    ]


def links_of(service: "SupportService") -> list[Link]:
    """The ways to a service that one can press, numbers first."""
    found = [_number(phone.kind, phone.number, phone.extension, phone.label) for phone in service.phones]
    if service.chat_url:
        found.append(Link("", "Chat online", service.chat_url))
    if service.email:
        found.append(Link("Email ", service.email, f"mailto:{service.email}"))
    if service.url:
        found.append(Link("", "Website", service.url))
    return found


def checked_words(service: "SupportService", today: date) -> str:
    """How far one may rely on an entry, in a sentence."""
    if service.needs_checking or service.checked_on is None:
        return "Needs checking by the team: we know this from public pages only, so a number may have changed."
    last = f"Last checked {_day(service.checked_on)}."
    if is_overdue(service.next_check_on, today):
        return f"{last} It was due to be checked again by {_day(service.next_check_on)}: a number may have changed."
    return f"{last} Next check {_day(service.next_check_on)}." if service.next_check_on else last


def ages_words(minimum: float | None, maximum: float | None) -> str:
    """For which ages it is: "From 18", "Up to 25", "From 11 to 25"; "" for everybody."""
    low = f"{minimum:g}" if minimum else ""
    high = f"{maximum:g}" if maximum is not None and maximum < OLD_ENOUGH_FOR_ANY else ""
    if low and high:
        return f"From {low} to {high}"
    return f"From {low}" if low else f"Up to {high}" if high else ""


def ways_words(ways: Iterable[str]) -> list[str]:
    """The ways that links do not show by themselves, in words."""
    known = set(ways)
    return [way.words for way in Way if way.value in known and way not in {Way.CALL, Way.TEXT, Way.CHAT, Way.EMAIL}]


def week_of(service: "SupportService") -> list[str]:
    """The hours of the week, a line for each group of days; hours that are none of a week in their own words."""
    other = [each.description for each in service.schedules if each.description and _span(each) is None]
    words = [service.hours_words] if service.hours_words else []
    return [*week_in_words(opening_of(service)), *other, *words]


def speaks_only(ways: Iterable[str]) -> bool:
    """Whether there is a way by voice and none without."""
    known = set(ways)
    return Way.CALL in known and known.isdisjoint(WITHOUT_SPEAKING)


def _span(schedule: "Schedule") -> Span | None:
    days = weekdays(schedule.byday)
    weekly = schedule.freq == "WEEKLY" and schedule.interval == 1
    if not weekly or not days or schedule.opens_at is None or schedule.closes_at is None:
        return None
    return Span(days, schedule.opens_at, schedule.closes_at, schedule.valid_from, schedule.valid_to)


def _number(kind: PhoneKind, number: str, extension: str, label: str) -> Link:
    if kind is PhoneKind.TEXT:
        return Link("", label or f"Text {number}", texted(label or f"Text {number}") or "")
    shown = f"{number}, extension {extension}" if extension else number
    before = {PhoneKind.RELAY: "With Relay UK ", PhoneKind.TEXTPHONE: "By textphone "}.get(kind, "Call ")
    return Link(f"{label}: " if label else before, shown, dialled(number) or "", speaks=kind is PhoneKind.VOICE)


def _plain(service: "SupportService") -> list[str]:
    free = {True: ["Free"], False: ["Costs money"], None: []}[service.free]
    return free + (["Confidential"] if service.confidential is Confidential.YES else [])


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
