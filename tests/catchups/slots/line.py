"""A slot and its line: what people do about it, each time in a transaction of its own, and how it stands then."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.accounts.not_with.operations import wish_apart
from app.accounts.rules import Role
from app.catchups.slots.models import SignUp, Slot
from app.catchups.slots.operations import places
from app.catchups.slots.operations.offering import Offer, SlotDraft, offer
from app.catchups.slots.queries import lists
from app.catchups.slots.rules import HOLDS_A_PLACE, SignUpState, SlotKind, Way
from app.catchups.slots.timing import Cadence, Span
from app.core import clock
from app.core.db import db, transaction
from app.programme.models import Cohort, Programme
from tests.people import People, Person, a_person

DRAFT = SlotDraft(
    topic="Coffee by the river",
    way=Way.IN_PERSON,
    place="Main entrance",
    link="",
    accessibility="Step-free",
    agenda="",
    capacity=2,
)
IN_TWO_WEEKS, HALF_AN_HOUR = timedelta(days=14), timedelta(minutes=30)


def a_slot(host: Person, programme_id: int, *, ahead=IN_TWO_WEEKS, lasts=HALF_AN_HOUR, times=1, **changed) -> list[int]:
    """Offer slots, a week apart; in the caller's app context. `changed` are fields of the draft or of the offer."""
    what = {"kind": SlotKind.CATCH_UP, "cohort_id": None, "cadence": Cadence.WEEKLY}
    kept = {name: changed.pop(name, default) for name, default in what.items()}
    draft = SlotDraft(**{name: changed.pop(name, getattr(DRAFT, name)) for name in DRAFT.__slots__})
    assert not changed, f"a slot has no {', '.join(changed)}"
    first = (clock.now() + ahead).replace(second=0, microsecond=0)  # as hosts write times
    spans = [Span(first + n * timedelta(weeks=1), first + n * timedelta(weeks=1) + lasts) for n in range(times)]
    with transaction():
        slots = offer(lists.reader(host.id, programme_id), Offer(**kept), draft, spans)
        return [slot.id for slot in slots]


def a_crowd(people: People, number: int) -> list[Person]:
    """So many more participants of the first cohort, in the caller's app context."""
    with transaction():
        programme = db.session.get_one(Programme, people.programme_id)
        cohort = db.session.get_one(Cohort, people.cohort_id)
        return [a_person(f"Guest{n} Guest", programme, Role.PARTICIPANT, cohort=cohort) for n in range(number)]


@dataclass
class Line:
    """One slot. Verbs take people; they need the app, not its context."""

    app: Flask
    programme_id: int
    slot_id: int

    @classmethod
    def of(cls, app, people, host, **changed):
        """A new slot and its line."""
        return cls(app, people.programme_id, a_slot(host, people.programme_id, **changed)[0])

    def sign_up(self, person):
        return self._do(places.sign_up, person)

    def wait(self, person):
        return self._do(places.wait, person)

    def accept(self, person):
        return self._do(places.accept, person)

    def give_up(self, person):
        return self._do(places.give_up, person)

    def keep_apart(self, one, other):
        with self.app.app_context(), transaction():
            wish_apart(one.id, other.id)

    def state(self, person):
        """Where somebody stands, as a word; None when they never joined."""
        with self.app.app_context():
            return db.session.scalar(
                select(SignUp.state).where(SignUp.slot_id == self.slot_id, SignUp.member_id == person.id)
            )

    def seen_by(self, person):
        """The slot as somebody sees it; None when they do not."""
        with self.app.app_context():
            return lists.seen(lists.reader(person.id, self.programme_id), self.slot_id)

    @property
    def slot(self):
        with self.app.app_context():
            return db.session.get_one(Slot, self.slot_id)

    def sound(self):
        """Whether as many places are taken as people hold, and no more than there are."""
        with self.app.app_context():
            slot = db.session.get_one(Slot, self.slot_id)
            states = db.session.scalars(select(SignUp.state).where(SignUp.slot_id == self.slot_id)).all()
            return slot.taken == sum(state in HOLDS_A_PLACE for state in states) <= slot.capacity

    def _do(self, verb, person):
        with self.app.app_context(), transaction():
            return verb(lists.reader(person.id, self.programme_id), db.session.get_one(Slot, self.slot_id))


def offer_ends(line, person):
    """Until when a place is held for somebody."""
    with line.app.app_context():
        return db.session.scalars(
            select(SignUp.offer_expires_at).where(SignUp.slot_id == line.slot_id, SignUp.member_id == person.id)
        ).one()


BOOKED, OFFERED, WAITING = SignUpState.BOOKED, SignUpState.OFFERED, SignUpState.WAITING
CANCELLED, DECLINED = SignUpState.CANCELLED, SignUpState.DECLINED
EXPIRED, RELEASED = SignUpState.EXPIRED, SignUpState.RELEASED
