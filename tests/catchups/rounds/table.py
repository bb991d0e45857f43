"""A programme's rounds as tests use them: what people and the worker do, each in a transaction of its own."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.accounts.models import Member
from app.accounts.not_with.operations import wish_apart
from app.accounts.rules import Role
from app.catchups.rounds import jobs
from app.catchups.rounds.models import Round, RoundEntry, RoundGroup, RoundSeat
from app.catchups.rounds.operations import meeting, opening, second, taking_part
from app.catchups.rounds.operations.opening import Plan
from app.catchups.rounds.queries import due, groups, standing
from app.catchups.rounds.rules import Answer
from app.catchups.slots.queries import lists
from app.catchups.slots.timing import Cadence, Span
from app.core import clock
from app.core.db import db, transaction
from app.notifications.models import Notification
from app.programme.models import Cohort, Programme
from tests.people import a_person, an_organisation

MONDAY = clock.in_london(2031, 3, 3, 9)
TO_MEET = 14


@dataclass
class Table:
    """Rounds of the first programme. Verbs take people and need the app, not its context."""

    app: Flask
    programme_id: int
    cohort_id: int
    lead_id: int

    def crowd(self, number, organisations=2):
        """So many more participants, in turn of so many organisations."""
        with self.app.app_context(), transaction():
            programme, cohort = (
                db.session.get_one(Programme, self.programme_id),
                db.session.get_one(Cohort, self.cohort_id),
            )
            employers = [an_organisation(programme, f"employer{n}") for n in range(organisations)]
            return [
                a_person(
                    f"P{n} Person",
                    programme,
                    Role.PARTICIPANT,
                    cohort=cohort,
                    organisation=employers[n % organisations],
                )
                for n in range(number)
            ]

    def open(self, *, days=5, size=2, to_meet=TO_MEET):
        """A round that closes in some days; None while one is open."""
        closes_on = clock.london(clock.now()).date() + timedelta(days=days)
        with self.app.app_context(), transaction():
            opened = opening.open_round(
                self.programme_id, Plan(group_size=size, closes_on=closes_on, days_to_meet=to_meet), by=self.lead_id
            )
            return opened.id if opened else None

    def take_part(self, *people, cadence=Cadence.WEEKLY, prefers=()):
        for person in people:
            self._do(person, lambda reader: taking_part.take_part(reader, cadence, prefers))

    def join(self, *people):
        for person in people:
            self._do(person, taking_part.join)

    def sit_out(self, person):
        self._do(person, taking_part.sit_out)

    def pause(self, person, until):
        self._do(person, lambda reader: taking_part.pause(reader, until))

    def leave(self, person):
        self._do(person, taking_part.leave)

    def keep_apart(self, one, other):
        with self.app.app_context(), transaction():
            wish_apart(one.id, other.id)

    def work(self):
        """What the worker does at its next turn."""
        with self.app.app_context():
            jobs.tend_rounds()

    def paired(self, *people, size=2):
        """A round with these people, from opening to announcing; leaves time as it is."""
        round_id = self.open(size=size)
        self.join(*people)
        self.close(round_id)
        return round_id

    def close(self, round_id):
        """A lead ends sign-up, and the worker does its part."""
        with self.app.app_context():
            with transaction():
                opening.close_now(round_id, by=self.lead_id)
            jobs.tend_round(round_id)

    def round(self, round_id):
        with self.app.app_context():
            return db.session.get_one(Round, round_id)

    def in_round(self, round_id):
        """Who is in a round, as ids."""
        with self.app.app_context():
            found = select(RoundEntry.member_id).where(RoundEntry.round_id == round_id, RoundEntry.state == "in")
            return set(db.session.scalars(found))

    def groups(self, round_id):
        """The groups of a round, each a set of ids."""
        with self.app.app_context():
            rows = db.session.execute(
                select(RoundSeat.group_id, RoundSeat.member_id).where(RoundSeat.round_id == round_id)
            )
            found = {}
            for group_id, member_id in rows:
                found.setdefault(group_id, set()).add(member_id)
            return list(found.values())

    def group_of(self, person, round_id):
        """The newest group of somebody in a round."""
        with self.app.app_context():
            found = select(RoundSeat.group_id).where(RoundSeat.round_id == round_id, RoundSeat.member_id == person.id)
            return db.session.scalars(found.order_by(RoundSeat.group_id.desc())).first()

    def seen(self, person, group_id):
        with self.app.app_context():
            return groups.seen(lists.reader(person.id, self.programme_id), group_id)

    def standing(self, person):
        with self.app.app_context():
            return standing.standing(lists.reader(person.id, self.programme_id))

    def row(self, group_id):
        with self.app.app_context():
            return db.session.get_one(RoundGroup, group_id)

    def offer_time(self, person, group_id, starts_at, place="Canteen", minutes=30):
        with self.app.app_context(), transaction():
            meeting.offer_time(group_id, person.id, Span(starts_at, starts_at + timedelta(minutes=minutes)), place)
            return groups.times(group_id)[-1].id

    def yes(self, person, group_id, time_id):
        with self.app.app_context(), transaction():
            return meeting.say_yes(group_id, time_id, person.id)

    def away(self, person, group_id):
        with self.app.app_context(), transaction():
            meeting.step_out(group_id, person.id)

    def answer(self, person, group_id, answer=Answer.MET):
        with self.app.app_context(), transaction():
            meeting.say_whether(group_id, person.id, answer)

    def look(self, person, round_id):
        with self.app.app_context(), transaction():
            second.look(due.held(round_id), person.id)

    def told(self, person, kind=None):
        """Subjects of the notices about rounds that somebody got."""
        with self.app.app_context():
            found = select(Notification.subject, Notification.kind).where(Notification.member_id == person.id)
            rows = db.session.execute(found.order_by(Notification.id))
            return [row.subject for row in rows if row.kind.startswith("round") and kind in {None, row.kind}]

    def suspend(self, person):
        with self.app.app_context(), transaction():
            member = db.session.get_one(Member, person.id)
            member.suspended_until = clock.now() + timedelta(days=30)
            db.session.flush()
            meeting.release(person.id)

    def _do(self, person, verb):
        with self.app.app_context(), transaction():
            return verb(lists.reader(person.id, self.programme_id))


@contextmanager
def later(**after):
    """So much after MONDAY."""
    with clock.frozen(MONDAY + timedelta(**after)):
        yield
