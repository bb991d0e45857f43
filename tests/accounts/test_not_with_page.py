"""The page "Not with this person": only who made a wish ever sees it, and no address names the other one."""

import pytest
from sqlalchemy import select

from app.accounts.not_with.models import NotWith
from app.accounts.not_with.operations import wish_apart
from app.accounts.not_with.queries import MOST_FOUND
from app.accounts.rules import Role
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage
from app.notifications.models import Notification
from app.programme.models import Programme
from tests.people import a_person

PAGE = "/me/not-with"


@pytest.fixture
def wishes(app):
    def kept():
        with app.app_context():
            return [(row.member_id, row.other_id) for row in db.session.scalars(select(NotWith))]

    return kept


def test_find_confirm_list_and_take_back(app, people, client_for, wishes):
    browser = client_for(people.owner.email)
    assert "Nobody." in browser.get(PAGE).text
    found = browser.submit(f"{PAGE}/find", {"name": "PETRA"}, page=PAGE)
    assert "Petra Peer" in found.text
    confirm = browser.submit(f"{PAGE}/confirm", {"who": people.peer.id}, page=PAGE)
    assert "Not with Petra Peer?" in confirm.text
    assert wishes() == [], "nothing is kept before it is confirmed"
    kept = browser.submit(PAGE, {"who": people.peer.id})
    assert kept.location == PAGE
    shown = browser.get(PAGE).text
    assert "Only you can see it" in shown
    assert "Petra Peer" in shown
    assert wishes() == [(people.owner.id, people.peer.id)]
    assert "named them already" in browser.submit(f"{PAGE}/find", {"name": "petra"}, page=PAGE).text
    browser.submit(f"{PAGE}/take-back", {"who": people.peer.id}, page=PAGE)
    assert wishes() == []


def test_nobody_else_sees_or_hears_of_it(app, people, client_for):
    client_for(people.owner.email).submit(PAGE, {"who": people.peer.id})
    for person in (people.peer, people.lead, people.moderator, people.facilitator):
        shown = client_for(person.email).get(PAGE).text
        assert "Nobody." in shown
        assert "Olu" not in shown
    with app.app_context():
        for table in (AuditEvent, Notification, OutboxMessage):
            assert db.session.scalars(select(table)).all() == []


def test_taking_back_leaves_the_wish_of_the_other_one(app, people, client_for, wishes):
    with app.app_context(), transaction():
        wish_apart(people.peer.id, people.owner.id)
    client_for(people.owner.email).submit(f"{PAGE}/take-back", {"who": people.peer.id}, page=PAGE)
    assert wishes() == [(people.peer.id, people.owner.id)]


@pytest.mark.parametrize("who", ["stranger", "inactive", "owner"])
def test_people_of_other_programmes_closed_accounts_and_oneself_are_not_found(people, client_for, wishes, who):
    other = getattr(people, who)
    browser = client_for(people.owner.email)
    assert "Nobody in your community" in browser.submit(f"{PAGE}/find", {"name": other.name}, page=PAGE).text
    for step in (f"{PAGE}/confirm", PAGE):
        assert browser.submit(step, {"who": other.id}, page=PAGE).status_code == 404
    assert wishes() == []


@pytest.mark.parametrize("name", ["", " ", "P", "x" * 121])
def test_names_that_find_nothing_get_a_sentence(people, client_for, name):
    answer = client_for(people.owner.email).submit(f"{PAGE}/find", {"name": name}, page=PAGE)
    assert answer.status_code == 422
    assert "Enter" in answer.text


def test_signs_in_a_name_are_no_wildcards(people, client_for):
    for name in ("%%", "__", "Pe%ra"):
        assert "Nobody in your" in client_for(people.owner.email).submit(f"{PAGE}/find", {"name": name}, page=PAGE).text


def test_a_long_list_is_not_shown_to_its_end(app, people, client_for):
    with app.app_context(), transaction():
        programme = db.session.get_one(Programme, people.programme_id)
        for number in range(MOST_FOUND + 1):
            a_person(f"Zoe{number} Zimmer", programme, Role.PARTICIPANT)
    shown = client_for(people.owner.email).submit(f"{PAGE}/find", {"name": "zoe zim"}, page=PAGE).text
    assert shown.count(" Zimmer</strong>") == MOST_FOUND
    assert "There are more" in shown


def test_who_is_suspended_sees_their_own_and_takes_it_back_but_finds_nobody(app, people, client_for, wishes):
    with app.app_context(), transaction():
        wish_apart(people.suspended.id, people.peer.id)
    browser = client_for(people.suspended.email)
    shown = browser.get(PAGE).text
    assert "Petra Peer" in shown
    assert "Name somebody" not in shown
    assert browser.submit(f"{PAGE}/find", {"name": "petra"}, page=PAGE).status_code == 403
    browser.submit(f"{PAGE}/take-back", {"who": people.peer.id}, page=PAGE)
    assert wishes() == []


def test_visitors_sign_in(anonymous):
    assert "/login" in anonymous.get(PAGE).location


def test_whoever_comes_back_to_a_step_begins_again(people, client_for):
    for step in ("find", "confirm"):
        assert client_for(people.owner.email).get(f"{PAGE}/{step}").location == PAGE
