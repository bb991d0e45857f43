"""Slots of the demonstration, in the weeks to come."""

from collections.abc import Sequence
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

WEEKLY = Offer(kind=SlotKind.CATCH_UP, cohort_id=None, cadence=Cadence.WEEKLY)
ONCE = Offer(kind=SlotKind.CATCH_UP, cohort_id=None)
EVENT = Offer(kind=SlotKind.QUARTERLY, cohort_id=None)

LUNCH, NIGHT, AFTERNOON = Hours(time(12, 30), time(13)), Hours(time(23, 30), time(0)), Hours(time(14), time(16))

COFFEE = SlotDraft(
    topic="A coffee with somebody from another organisation",
    way=Way.IN_PERSON,
    place="Coffee point in the main entrance, Soar Valley Hospital",
    link="",
    accessibility="Step-free from the bus stop, seats with backs",
    agenda="",
    capacity=3,
)
NIGHT_STAFF = SlotDraft(
    topic="Ten minutes with other night staff",
    way=Way.ONLINE,
    place="",
    link="https://meet.example/night",
    accessibility="Captions are on, cameras need not be",
    agenda="",
    capacity=5,
)
QUARTERLY = SlotDraft(
    topic="What the programme has learnt this quarter",
    way=Way.IN_PERSON,
    place="Voluntary Action Leicestershire",
    link="",
    accessibility="Hearing loop, quiet room",
    agenda="Welcome\nWhat participants tell us\nTime to talk, with tea",
    capacity=120,
)


def load(programme_id: int, *, lead_id: int, host_id: int, guest_id: int) -> int:
    """Offer some slots in a programme that has none; gives their number."""
    if db.session.scalar(select(exists().where(Slot.programme_id == programme_id))):
        return 0

    def offered(by_id: int, what: Offer, draft: SlotDraft, when: Sequence[date], hours: Hours) -> list[Slot]:
        return offer(reader(by_id, programme_id), what, draft, [hours.on(day) for day in when])

    tuesday = _next_tuesday(clock.london(clock.now()).date())
    coffees = offered(host_id, WEEKLY, COFFEE, days(tuesday, Cadence.WEEKLY, 3), LUNCH)
    nights = offered(host_id, ONCE, NIGHT_STAFF, [tuesday + timedelta(days=2)], NIGHT)
    events = offered(lead_id, EVENT, QUARTERLY, [tuesday + timedelta(days=23)], AFTERNOON)
    sign_up(reader(guest_id, programme_id), coffees[0])
    return len(coffees + nights + events)


def _next_tuesday(today: date) -> date:
    return today + timedelta(days=(1 - today.weekday()) % 7 or 7)
