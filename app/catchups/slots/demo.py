"""Slots of the demonstration, in the weeks to come."""

from datetime import date, time, timedelta

from sqlalchemy import exists, select

from app.catchups.slots.models import Slot
from app.catchups.slots.operations.offering import Offer, SlotDraft, offer
from app.catchups.slots.operations.places import sign_up
from app.catchups.slots.queries.lists import reader
from app.catchups.slots.rules import SlotKind, Way
from app.catchups.slots.timing import Cadence, Hours, days
from app.core import clock
from app.core.db import db

LUNCH, NIGHT, AFTERNOON = Hours(time(12, 30), time(13)), Hours(time(23, 30), time(0)), Hours(time(14), time(16))
COFFEE_POINT = "Coffee point in the main entrance, Soar Valley Hospital"


def load(programme_id: int, *, lead_id: int, host_id: int, guest_id: int) -> int:
    """Offer some slots in a programme that has none; gives their number."""
    if db.session.scalar(select(exists().where(Slot.programme_id == programme_id))):
        return 0
    first = _next_tuesday(clock.london(clock.now()).date())
    coffee = _draft("A coffee with somebody from another organisation", 3, accessibility="Step-free, seats with backs")
    night = _draft("Ten minutes with other night staff", 5, Way.ONLINE, "https://meet.example/night")
    quarterly = _draft("What the programme has learnt this quarter", 120, place="Voluntary Action Leicestershire")
    weekly = Offer(kind=SlotKind.CATCH_UP, cohort_id=None, cadence=Cadence.WEEKLY)
    coffees = _offer(programme_id, host_id, weekly, coffee, days(first, Cadence.WEEKLY, 3), LUNCH)
    once = Offer(kind=SlotKind.CATCH_UP, cohort_id=None)
    nights = _offer(programme_id, host_id, once, night, [first + timedelta(days=2)], NIGHT)
    event = Offer(kind=SlotKind.QUARTERLY, cohort_id=None)
    events = _offer(programme_id, lead_id, event, quarterly, [first + timedelta(days=23)], AFTERNOON)
    sign_up(reader(guest_id, programme_id), coffees[0])
    return len(coffees + nights + events)


def _offer(
    programme_id: int, host_id: int, what: Offer, draft: SlotDraft, when: list[date], hours: Hours
) -> list[Slot]:
    return offer(reader(host_id, programme_id), what, draft, [hours.on(day) for day in when])


def _draft(
    topic: str, capacity: int, way: Way = Way.IN_PERSON, link: str = "", *, place: str = COFFEE_POINT, accessibility: str = ""
) -> SlotDraft:
    return SlotDraft(
        topic=topic,
        way=way,
        place=place if way is Way.IN_PERSON else "",
        link=link,
        accessibility=accessibility,
        agenda="Welcome\nWhat we heard\nTime to talk" if capacity > 30 else "",
        capacity=capacity,
    )


def _next_tuesday(today: date) -> date:
    return today + timedelta(days=(1 - today.weekday()) % 7 or 7)
