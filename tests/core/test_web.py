"""The gate before every view: what says nothing is closed."""

from urllib.parse import parse_qs

import pytest
from flask import abort

from app.accounts.current import has_role
from app.accounts.operations import roles
from app.accounts.rules import Role
from app.core.db import DatabaseBusy, transaction
from app.core.web import access, even_suspended, public, signed_in

RULES = {
    "public": public,
    "signed_in": signed_in,
    "even_suspended": even_suspended,
    "lead": has_role(Role.LEAD),
    "staff": has_role(Role.LEAD, Role.MODERATOR),
}


@pytest.fixture
def app(app):
    """The product with one page for each rule, and one that forgot to say who may come in."""
    for name, rule in RULES.items():
        app.add_url_rule(f"/test/{name}", f"test_{name}", access(rule)(lambda: "let in"), methods=["GET", "POST"])
    app.add_url_rule("/test/forgotten", "test_forgotten", lambda: "let in")
    return app


def let_in(browser):
    """The rules that let somebody in."""
    answers = {name: browser.get(f"/test/{name}") for name in RULES}
    return {name for name, answer in answers.items() if answer.status_code == 200 and answer.text == "let in"}


def test_each_rule_lets_in_whom_it_names(app, people, client_for):
    members = {"public", "signed_in", "even_suspended"}
    assert let_in(app.test_client()) == {"public"}
    assert let_in(client_for(people.suspended.email)) == {"public", "even_suspended"}
    for person in (people.owner, people.facilitator, people.sponsor, people.stranger):
        assert let_in(client_for(person.email)) == members
    assert let_in(client_for(people.moderator.email)) == members | {"staff"}
    for person in (people.lead, people.other_lead):
        assert let_in(client_for(person.email)) == members | {"lead", "staff"}


def test_a_view_that_says_nothing_is_closed_to_everybody(people, anonymous, client_for):
    for browser in (anonymous, client_for(people.owner.email), client_for(people.lead.email)):
        assert browser.get("/test/forgotten").status_code == 403


def test_visitors_are_sent_to_sign_in_and_back(anonymous):
    asked = anonymous.get("/test/signed_in?a=1&b=ü")
    sign_in, _, query = asked.location.partition("?")
    assert sign_in == "/login"
    assert parse_qs(query) == {"next": ["/test/signed_in?a=1&b=ü"]}


def test_the_answer_to_a_form_is_no_place_to_come_back_to(app, people, anonymous):
    page = anonymous.get("/login").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = anonymous.post("/test/signed_in", data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (302, "/login")


def test_nobody_is_looked_up_for_what_everybody_may_see(app, people, client_for, monkeypatch):
    browser = client_for(people.owner.email)
    monkeypatch.setattr(app.extensions["security"].datastore, "find_user", lambda **_: abort(500))
    assert browser.get("/test/public").status_code == 200
    assert browser.get("/test/signed_in").status_code == 500


def test_a_role_in_another_programme_opens_nothing_here(app, people, client_for):

    with app.app_context(), transaction():
        roles.grant(people.owner.member, Role.LEAD, people.other_programme_id, by_id=None)
    browser = client_for(people.owner.email)
    assert "lead" not in let_in(browser), "they look at the programme in which they are a participant"
    browser.submit("/me/programme", {"programme": people.other_programme_id}, page="/me")
    assert "lead" in let_in(browser)


def test_a_database_that_is_taken_gets_a_page_that_says_what_to_do(app, anonymous):
    def taken():
        raise DatabaseBusy("The database is busy. Please try again in a moment.")

    app.add_url_rule("/test/taken", "test_taken", access(public)(taken))
    answer = anonymous.get("/test/taken")
    assert answer.status_code == 503
    assert "Please try again in a moment" in answer.text


def test_addresses_that_do_not_exist_are_not_found_for_anybody(people, anonymous, client_for):
    for browser in (anonymous, client_for(people.suspended.email)):
        assert browser.get("/test/nowhere/at/all").status_code == 404
