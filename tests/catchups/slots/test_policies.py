"""Policies and queries say the same, for everybody and every slot."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from app.accounts.not_with.operations import wish_apart
from app.accounts.rules import Role
from app.catchups.slots import policies
from app.catchups.slots.models import SignUp, Slot
from app.catchups.slots.queries import lists
from app.catchups.slots.queries.lines import live_sign_ups
from app.catchups.slots.queries.trust import able_to_come
from app.catchups.slots.rules import Reader, SignUpState, SlotKind
from app.core import clock
from app.core.db import db, transaction
from app.core.pages import SIZE
from app.programme.models import Programme
from tests.catchups.slots.line import a_slot
from tests.people import a_person

EVERYBODY = (
    *("owner", "peer", "outsider", "suspended", "inactive", "facilitator", "moderator", "lead"),
    *("author", "reviewer", "sponsor", "stranger", "other_lead"),
)


@pytest.fixture
def everybody(app, people):
    """All of tests.people, and somebody who has no cohort yet, as (id, programme) of whom they are."""
    with app.app_context(), transaction():
        newcomer = a_person("Nia New", db.session.get_one(Programme, people.programme_id), Role.PARTICIPANT)
    return [getattr(people, name) for name in EVERYBODY] + [newcomer]


@pytest.fixture
def slots(app, people):
    """Slots of several hosts, for everybody and for one cohort, with sign-ups in each state and wishes not to meet."""
    with app.app_context():
        hosts = [people.owner, people.facilitator, people.lead]
        made = [
            a_slot(host, people.programme_id, cohort_id=cohort_id, ahead=timedelta(days=1 + n), capacity=7)[0]
            for n, (host, cohort_id) in enumerate(product(hosts, (None, people.cohort_id, people.other_cohort_id)))
        ]
        made += a_slot(people.other_lead, people.other_programme_id, ahead=timedelta(days=3))
        with transaction():
            wish_apart(people.peer.id, people.facilitator.id)
            wish_apart(people.owner.id, people.outsider.id)
            wish_apart(people.lead.id, people.moderator.id)
            for n, slot_id in enumerate(made[:9]):
                for person, state in zip(
                    (people.peer, people.outsider, people.moderator), list(SignUpState)[n % 7 :] * 2, strict=False
                ):
                    a_sign_up(people.programme_id, slot_id, person.id, state)
        return made


def a_sign_up(programme_id, slot_id, member_id, state):
    """A row in any state, and the count of places that goes with it."""
    expires_at = clock.now() + timedelta(hours=1) if state is SignUpState.OFFERED else None
    db.session.add(
        SignUp(
            programme_id=programme_id,
            slot_id=slot_id,
            member_id=member_id,
            state=state,
            joined_at=clock.now(),
            offer_expires_at=expires_at,
        )
    )
    db.session.get_one(Slot, slot_id).taken += state in {SignUpState.BOOKED, SignUpState.OFFERED}
    db.session.flush()


def readers(everybody, people):
    return [
        lists.reader(person.id, programme_id)
        for person in everybody
        for programme_id in (people.programme_id, people.other_programme_id)
    ]


def stands(reader, slot):
    return db.session.scalar(
        select(SignUp.state).where(SignUp.slot_id == slot.id, SignUp.member_id == reader.member_id)
    )


def test_what_is_listed_is_what_may_be_seen(app, people, everybody, slots):
    with app.app_context():
        assert len(slots) < SIZE
        every = db.session.scalars(select(Slot)).all()
        for reader in readers(everybody, people):
            listed = {shown.slot.id for shown in lists.coming_up(reader, lists.Wanted(), 1).rows}
            assert listed == {slot.id for slot in every if policies.can_see(reader, slot, stands(reader, slot))}
            assert listed == {slot.id for slot in every if lists.seen(reader, slot.id)}


def test_what_is_open_now_can_be_signed_up_for(app, people, everybody, slots):
    with app.app_context():
        for reader in readers(everybody, people):
            for shown in lists.coming_up(reader, lists.Wanted(open_now=True), 1).rows:
                assert policies.can_sign_up(reader, shown.slot, shown.mine)
                assert not shown.looks_full


def test_those_who_can_come_are_those_who_could_see_it_without_wishes(app, people, everybody, slots):
    """What SQL says of a whole line, the policy says of each in it."""
    with app.app_context():
        with transaction():
            for person in everybody:
                if not db.session.scalar(select(SignUp.id).where(SignUp.member_id == person.id)):
                    for slot_id in slots[:9]:
                        a_sign_up(people.programme_id, slot_id, person.id, SignUpState.WAITING)
        for slot_id in slots[:9]:
            slot = db.session.get_one(Slot, slot_id)
            line = {sign_up.member_id for sign_up in live_sign_ups(slot_id)} - {slot.host_id}
            able = {member_id for member_id in line if policies.can_see(anybody(member_id, slot), slot, None)}
            assert able_to_come(slot_id) - {slot.host_id} == able


def anybody(member_id, slot):
    """A reader whom no wish keeps from anybody."""
    read = lists.reader(member_id, slot.programme_id)
    return Reader(
        member_id=read.member_id,
        programme_id=read.programme_id,
        roles=read.roles,
        cohort_ids=read.cohort_ids,
        shut_out=read.shut_out,
    )


def may_offer(app, person, programme_id, **what):
    with app.app_context():
        return policies.can_offer(lists.reader(person.id, programme_id), **what)


@pytest.mark.parametrize(
    ("name", "everybody", "own", "other", "event"),
    [
        ("owner", True, True, False, False),
        ("outsider", True, False, True, False),
        ("facilitator", True, True, True, False),
        ("moderator", True, True, True, False),
        ("lead", True, True, True, True),
        ("sponsor", False, False, False, False),
        ("suspended", False, False, False, False),
        ("inactive", False, False, False, False),
        ("stranger", False, False, False, False),
        ("other_lead", False, False, False, False),
    ],
)
def test_who_may_offer_what_to_whom(app, people, name, everybody, own, other, event):
    person, here = getattr(people, name), people.programme_id
    catch_up = SlotKind.CATCH_UP
    assert may_offer(app, person, here, kind=catch_up, cohort_id=None) is everybody
    assert may_offer(app, person, here, kind=catch_up, cohort_id=people.cohort_id) is own
    assert may_offer(app, person, here, kind=catch_up, cohort_id=people.other_cohort_id) is other
    assert may_offer(app, person, here, kind=SlotKind.CELEBRATION, cohort_id=None) is event
