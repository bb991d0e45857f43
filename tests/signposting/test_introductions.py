"""Coaching and mentoring: both say yes, the line keeps its order, and nobody else hears of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import Member
from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.notifications.models import Notification
from app.signposting.introductions import jobs, operations, policies, queries
from app.signposting.introductions.models import CoachProfile, Introduction
from app.signposting.introductions.operations import NotPossibleError, TooFewPlacesError
from app.signposting.introductions.rules import HOLDS_A_PLACE, LIVE, Part, Reader, State, Verb, step, verbs_for

NOTE = "I would like to speak up to my consultant."


class Pair:
    """A coach with places, and what people do; each step in a transaction of its own."""

    def __init__(self, app, people, capacity=1):
        self.app, self.people = app, people
        with app.app_context(), transaction():
            profile = operations.offer(self.reader(people.peer), "I listen.", "", capacity, coaches=True, mentors=False)
            self.profile_id = profile.id

    def reader(self, person, **more):
        return Reader(person.id, self.people.programme_id, **more)

    def ask(self, person):
        with self.app.app_context(), transaction():
            return operations.ask(self.reader(person), self.profile_id, NOTE).id

    def act(self, person, introduction_id, verb, **more):
        with self.app.app_context(), transaction():
            reader = self.reader(person, **more)
            seen = policies.seen(reader, queries.introduction(reader, introduction_id))
            return operations.act(reader, seen.introduction, verb, seen.part)

    def state(self, introduction_id):
        with self.app.app_context():
            return db.session.get(Introduction, introduction_id).state

    def taken(self):
        with self.app.app_context():
            return db.session.get(CoachProfile, self.profile_id).taken

    def sound(self):
        with self.app.app_context():
            states = db.session.scalars(select(Introduction.state)).all()
            profile = db.session.get(CoachProfile, self.profile_id)
            return profile.taken == sum(state in HOLDS_A_PLACE for state in states) <= profile.capacity


@pytest.fixture
def pair(app, people):
    return Pair(app, people)


def test_both_say_yes_and_only_then_are_they_introduced(pair, people):
    asked = pair.ask(people.owner)
    assert pair.state(asked) is State.ASKED
    assert pair.act(people.peer, asked, Verb.ACCEPT) is State.AGREED
    assert pair.act(people.owner, asked, Verb.END) is State.ENDED
    assert pair.taken() == 0


def test_asking_twice_is_asking_once(pair, people):
    assert pair.ask(people.owner) == pair.ask(people.owner)
    assert pair.sound()


def test_the_line_keeps_its_order_and_is_asked_again(pair, people):
    first, second, third = (pair.ask(person) for person in (people.owner, people.outsider, people.facilitator))
    assert [pair.state(each) for each in (first, second, third)] == [State.ASKED, State.WAITING, State.WAITING]
    pair.act(people.peer, first, Verb.DECLINE)
    assert pair.state(second) is State.OFFERED
    assert pair.state(third) is State.WAITING
    pair.act(people.outsider, second, Verb.WITHDRAW)
    assert pair.state(third) is State.OFFERED
    assert pair.act(people.facilitator, third, Verb.CONFIRM) is State.ASKED
    assert pair.sound()


def test_nobody_passes_the_line(pair, people):
    first = pair.ask(people.owner)
    second = pair.ask(people.outsider)
    pair.act(people.owner, first, Verb.WITHDRAW)
    late = pair.ask(people.facilitator)
    assert (pair.state(second), pair.state(late)) == (State.OFFERED, State.WAITING)


def test_what_nobody_answers_lapses_and_goes_to_the_next(pair, people):
    first, second = pair.ask(people.owner), pair.ask(people.outsider)
    with pair.app.app_context(), clock.frozen(clock.now() + timedelta(days=15)):
        jobs.settle_introductions()
    assert (pair.state(first), pair.state(second)) == (State.LAPSED, State.OFFERED)
    assert pair.sound()


def test_what_was_written_for_the_talk_goes_with_it(pair, people):
    asked = pair.ask(people.owner)
    pair.act(people.peer, asked, Verb.DECLINE)
    with pair.app.app_context():
        assert db.session.get(Introduction, asked).note == ""


def test_notes_are_closed_in_the_database(pair, people):
    pair.ask(people.owner)
    with pair.app.app_context():
        assert "consultant" not in str(db.session.execute(db.text("SELECT note FROM introduction")).all())


def test_fewer_places_than_people_are_refused(pair, people):
    with pair.app.app_context(), transaction():
        operations.offer(pair.reader(people.peer), "I listen.", "", 3, coaches=True, mentors=True)
    for person in (people.owner, people.outsider):
        pair.ask(person)
    with pair.app.app_context(), pytest.raises(TooFewPlacesError), transaction():
        operations.offer(pair.reader(people.peer), "I listen.", "", 1, coaches=True, mentors=True)


def test_a_paused_offer_takes_nobody_new(pair, people):
    with pair.app.app_context(), transaction():
        operations.pause(pair.reader(people.peer))
    with pytest.raises(NotPossibleError):
        pair.ask(people.owner)


def test_who_leaves_frees_their_place(pair, people):
    first, second = pair.ask(people.owner), pair.ask(people.outsider)
    with pair.app.app_context(), transaction():
        operations.release(people.owner.id)
    assert (pair.state(first), pair.state(second)) == (State.WITHDRAWN, State.OFFERED)
    with pair.app.app_context(), transaction():
        operations.release(people.peer.id)
    assert pair.state(second) is State.WITHDRAWN
    assert pair.sound()


def test_the_policy_and_the_queries_agree(app, people, pair):
    first, second = pair.ask(people.owner), pair.ask(people.outsider)
    pair.act(people.peer, first, Verb.ACCEPT)
    with app.app_context():
        everybody = db.session.scalars(select(Member)).all()
        for member in everybody:
            for programme_id in (people.programme_id, people.other_programme_id):
                for coordinates in (False, True):
                    reader = Reader(member.id, programme_id, coordinates)
                    for each in (first, second):
                        row = db.session.get(Introduction, each)
                        part = policies.part_in(reader, row)
                        found = queries.introduction(reader, each)
                        assert (found is not None) == (part is not None)
                        listed = row in queries.introductions(reader)
                        assert listed == (part in {Part.ASKER, Part.COACH})
                        assert (row in queries.coordinated(reader)) == (coordinates and part is not None)
                    profile = db.session.get(CoachProfile, pair.profile_id)
                    shown = queries.profile(reader, profile.id) is not None
                    assert shown == policies.can_see_profile(reader, profile)


def test_people_who_are_not_to_meet_do_not_find_each_other(pair, people):
    reader = pair.reader(people.owner, apart_from=frozenset({people.peer.id}))
    with pair.app.app_context():
        assert queries.profiles(reader) == []
        assert queries.profile(reader, pair.profile_id) is None


def test_what_is_told_names_nobody(pair, people):
    asked = pair.ask(people.owner)
    pair.act(people.peer, asked, Verb.ACCEPT)
    with pair.app.app_context():
        told = db.session.scalars(select(Notification)).all()
        assert {notice.member_id for notice in told} == {people.owner.id, people.peer.id}
        for notice in told:
            said = f"{notice.subject} {notice.body}"
            assert "Olu" not in said
            assert "Petra" not in said
            assert not any(word in notice.subject.lower() for word in ("coach", "mentor", "support"))


def test_what_a_coordinator_does_is_in_the_audit_log(pair, people):
    asked = pair.ask(people.owner)
    pair.act(people.peer, asked, Verb.ACCEPT)
    pair.act(people.lead, asked, Verb.END, coordinates=True)
    with pair.app.app_context():
        event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "introduction_ended")).one()
        assert (event.actor_id, event.subject_id) == (people.lead.id, asked)


@given(state=st.sampled_from(State), verb=st.sampled_from(Verb), part=st.sampled_from(Part))
def test_what_is_over_stays_over_and_nobody_answers_for_another(state, verb, part):
    target = step(state, verb, part)
    assert (target is not None) == (verb in verbs_for(state, part))
    if state not in LIVE:
        assert target is None
    if target is State.AGREED:
        assert (state, part) == (State.ASKED, Part.COACH)
    if part is Part.COORDINATOR:
        assert target in {None, State.ENDED}


@pytest.mark.both_databases
def test_whoever_presses_at_once_places_are_given_once(app, people):
    pair = Pair(app, people, capacity=2)
    crowd = [people.owner, people.outsider, people.facilitator, people.moderator, people.author, people.reviewer]
    gate = Barrier(len(crowd))

    def come_and_go(person):
        gate.wait(timeout=60)
        asked = pair.ask(person)
        if person is people.owner:
            pair.act(person, asked, Verb.WITHDRAW)
        return asked

    with ThreadPoolExecutor(len(crowd)) as pool:
        list(pool.map(come_and_go, crowd))
    assert pair.sound()
    assert pair.taken() == 2


def test_the_pages_from_asking_to_looking_back(app, people, client_for, pair):
    owner, coach, outsider = (client_for(person.email) for person in (people.owner, people.peer, people.outsider))
    page = f"/support/coaching/{pair.profile_id}"
    assert "Petra Peer" in owner.get("/support/coaching").text
    refused = owner.submit(page, {"note": NOTE})
    assert refused.status_code == 422
    assert owner.submit(page, {"note": NOTE, "agrees": "y"}).status_code == 303
    asked = "/support/coaching/introductions/1"
    assert "petra@" not in owner.get("/support/coaching/mine").text
    assert NOTE in coach.get("/support/coaching/mine").text
    assert "olu@" not in coach.get("/support/coaching/mine").text
    assert outsider.submit(f"{asked}/accept", page="/support/coaching/profile").status_code == 404
    assert "Olu" not in outsider.get("/support/coaching/mine").text
    assert coach.submit(f"{asked}/accept", page="/support/coaching/mine").status_code == 303
    assert "petra@here.example" in owner.get("/support/coaching/mine").text
    assert "olu@here.example" in coach.get("/support/coaching/mine").text
    assert owner.get(f"{asked}/feedback").status_code == 404
    assert owner.submit(f"{asked}/end", page="/support/coaching/mine").status_code == 303
    assert owner.submit(f"{asked}/feedback", {"feedback": "It helped."}).status_code == 303
    assert coach.get(f"{asked}/feedback").status_code == 404
    assert "It helped." not in coach.get("/support/coaching/mine").text
    lead = client_for(people.lead.email).get("/support/coaching/all").text
    assert "Olu Owner with Petra Peer" in lead
    assert "It helped." in lead
    stranger = client_for(people.stranger.email)
    assert stranger.get(page).status_code == 404
    assert "Petra" not in stranger.get("/support/coaching").text


@pytest.mark.parametrize(("who", "status"), [("owner", 403), ("moderator", 403), ("lead", 200), ("suspended", 403)])
def test_only_leads_see_every_introduction(people, client_for, who, status):
    assert client_for(getattr(people, who).email).get("/support/coaching/all").status_code == status


def test_members_only(people, anonymous, client_for):
    for address in ("/support/coaching", "/support/coaching/mine", "/support/coaching/profile"):
        assert anonymous.get(address).location.startswith("/login")
    assert client_for(people.suspended.email).get("/support/coaching").status_code == 403


def test_an_offer_is_made_paused_and_taken_up_again(people, client_for):
    owner = client_for(people.owner.email)
    offer = {"coaches": "y", "about": "I ask.", "capacity": "2"}
    assert owner.submit("/support/coaching/profile", {"about": "I ask.", "capacity": "2"}).status_code == 422
    assert owner.submit("/support/coaching/profile", offer).status_code == 303
    assert "Olu Owner" in client_for(people.outsider.email).get("/support/coaching").text
    assert owner.submit("/support/coaching/profile/pause", page="/support/coaching/profile").status_code == 303
    assert "Your offer is paused" in owner.get("/support/coaching/profile").text
