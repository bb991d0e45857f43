"""Each role's first page, and that of leads."""

from datetime import timedelta

import pytest

from app.accounts.models import Invitation, RoleGrant
from app.accounts.rules import Role
from app.core import clock
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage
from app.programme.models import Cohort
from app.programme.operations import DateDraft, add_date
from app.programme.rules import EventKind
from app.scenarios.operations import load_folder
from tests.architecture.sources import ROOT
from tests.people import grant

EVERYBODY = ["owner", "outsider", "facilitator", "moderator", "lead", "author", "reviewer", "sponsor", "stranger"]
NOON = clock.in_london(2031, 3, 3, 12)


@pytest.fixture
def dated(app, people):
    """The cohort of the owner has a workshop behind it and a set ahead; so has that of the other programme."""
    with app.app_context(), transaction():
        for cohort_id in (people.cohort_id, people.other_cohort_id):
            cohort = db.session.get_one(Cohort, cohort_id)
            for kind, days in ((EventKind.WORKSHOP_ONE, -7), (EventKind.LEARNING_SET, 7)):
                starts_at = NOON + timedelta(days=days)
                title = f"{kind.words} of {cohort.slug}"
                ends_at = starts_at + timedelta(minutes=90)
                add_date(
                    cohort, DateDraft(kind=kind, title=title, starts_at=starts_at, ends_at=ends_at, venue=""), by=None
                )
    return people


@pytest.fixture
def at_noon():
    with clock.frozen(NOON):
        yield


def home(client_for, person):
    answer = client_for(person.email).get("/home")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


# -- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_has_a_first_page_with_ways_on(people, client_for, who):
    person = getattr(people, who)
    shown = home(client_for, person)
    assert f"Hello, {person.name}" in shown
    assert 'href="/support"' in shown
    assert ("Look after the programme" in shown) == (who == "lead")
    assert ("Your part as a sponsor" in shown) == (who == "sponsor")


@pytest.mark.parametrize("address", ["/home", "/home/dates", "/home/dates.ics", "/home/programme/role", "/lead"])
def test_visitors_are_sent_to_sign_in_and_suspended_members_told(people, anonymous, client_for, address):
    assert "/login" in anonymous.get(address).location
    told = client_for(people.suspended.email).get(address)
    assert told.status_code == 403
    assert 'href="/support"' in told.text


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "lead"])
def test_the_page_of_leads_is_for_leads(people, client_for, who):
    assert client_for(getattr(people, who).email).get("/lead").status_code == 403


def test_somebody_without_any_part_is_told_whom_to_ask(app, people, client_for):
    with app.app_context(), transaction():
        db.session.execute(db.delete(RoleGrant).filter_by(member_id=people.outsider.id))
    shown = home(client_for, people.outsider)
    assert "You have no part in a programme at the moment" in shown
    assert 'href="/support"' in shown


# -- dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("at_noon")
def test_a_participant_sees_the_next_dates_of_their_own_cohort(dated, client_for):
    shown = home(client_for, dated.owner)
    assert "Action learning set of spring" in shown
    assert "Monday 10 March 2031, midday to 1:30pm" in shown
    assert "Workshop one of spring" not in shown
    assert "of autumn" not in shown


@pytest.mark.usefixtures("at_noon")
def test_staff_without_a_cohort_see_what_comes_next_in_the_programme(dated, client_for):
    shown = home(client_for, dated.facilitator)
    assert "Next dates of the programme" in shown
    assert "Action learning set of spring" in shown
    assert "Action learning set of autumn" in shown
    assert "of spring" not in home(client_for, dated.other_lead)


def test_alumni_and_people_without_a_cohort_have_a_way_on(dated, client_for):
    with clock.frozen(NOON + timedelta(days=400)):
        assert "Your dates are behind you" in home(client_for, dated.owner)
    shown = home(client_for, dated.sponsor)
    assert "You are not in a cohort" in shown
    assert 'href="/dates"' in shown


@pytest.mark.usefixtures("at_noon")
def test_all_own_dates_are_on_a_page_and_in_a_calendar_file(dated, client_for):
    browser = client_for(dated.owner.email)
    listed = browser.get("/home/dates").text
    assert listed.index("Ahead of you") < listed.index("Action learning set of spring")
    assert listed.index("Behind you") < listed.index("Workshop one of spring")
    file = browser.get("/home/dates.ics")
    assert file.headers["Content-Type"].startswith("text/calendar")
    assert file.headers["Cache-Control"] == "no-store"
    assert file.text.count("BEGIN:VEVENT") == 2
    assert "ATTENDEE" not in file.text


def test_dates_of_others_are_not_there(dated, app, client_for):
    with app.app_context():
        spring = db.session.get_one(Cohort, dated.cohort_id).events[0].id
    assert client_for(dated.owner.email).get(f"/home/dates/{spring}.ics").status_code == 200
    for person in (dated.outsider, dated.lead, dated.stranger):
        assert client_for(person.email).get(f"/home/dates/{spring}.ics").status_code == 404
    assert client_for(dated.lead.email).get("/home/dates.ics").status_code == 404
    assert "You are not in a cohort" in client_for(dated.lead.email).get("/home/dates").text


# -- offers ------------------------------------------------------------------------------------------------------------


def test_scenarios_are_offered_and_the_one_under_way_first(app, people, client_for):
    with app.app_context(), transaction():
        load_folder(ROOT / "scenarios")
    browser = client_for(people.owner.email)
    assert "Practise a scenario" in browser.get("/home").text
    browser.submit(
        "/scenarios/ward-handover/start",
        {"key": "5b0c7a52-6e1c-4c0b-9b1b-2f0a6c2d9e10"},
        page="/scenarios/ward-handover",
    )
    shown = browser.get("/home").text
    assert "Go on with" in shown
    assert 'href="/scenarios/ward-handover"' in shown


def test_the_way_to_the_programme_leads_to_ones_own(people, client_for):
    assert client_for(people.owner.email).get("/home/programme/role").location == "/role"
    stranger = client_for(people.stranger.email).get("/home/programme/role")
    assert stranger.location == "/programmes/elsewhere/role"


def test_who_is_in_two_programmes_can_change(app, people, client_for):
    with app.app_context(), transaction():
        grant(people.owner.id, people.other_programme_id, Role.FACILITATOR)
    assert "Change to another programme" in home(client_for, people.owner)
    assert "Change to another programme" not in home(client_for, people.peer)


# -- leads -------------------------------------------------------------------------------------------------------------


def waiting_for(app, programme_id, *, invitations, dead):
    with app.app_context(), transaction():
        now = clock.now()
        for number, expires_at in enumerate(invitations):
            about = {"email": f"new{number}@p{programme_id}.example", "name": "New", "role": Role.PARTICIPANT}
            db.session.add(Invitation(programme_id=programme_id, created_at=now, expires_at=expires_at, **about))
        for number in range(dead):
            key = f"{programme_id}/{number}"
            about = {"kind": "mail", "key": key, "payload": {}, "created_at": now, "due_at": now, "dead_at": now}
            db.session.add(OutboxMessage(programme_id=programme_id, **about))


def test_leads_see_what_waits_for_them_and_for_nobody_else(app, people, client_for):
    now = clock.now()
    ends = [now - timedelta(days=1), now + timedelta(days=1), now + timedelta(days=2), now + timedelta(days=10)]
    waiting_for(app, people.programme_id, invitations=ends, dead=2)
    shown = client_for(people.lead.email).get("/lead").text
    assert "2 end soon, 1 ended" in shown
    assert "2 to look at" in shown
    assert "5 waiting" in home(client_for, people.lead)
    elsewhere = client_for(people.other_lead.email)
    assert "Nothing waits for you" in elsewhere.get("/lead").text
    assert "waiting</strong>" not in elsewhere.get("/home").text


def test_every_way_of_a_lead_leads_somewhere(people, client_for):
    browser = client_for(people.lead.email)
    shown = browser.get("/lead").text
    for address in (
        "/lead/invitations",
        "/lead/people",
        "/lead/messages",
        "/lead/pages",
        "/lead/cohorts",
        "/lead/programme",
    ):
        assert f'href="{address}"' in shown
        assert browser.get(address).status_code == 200
