"""A member's own page."""

import pytest

from app.accounts.operations import roles
from app.accounts.rules import Role
from app.core.db import transaction


def test_it_shows_who_one_is_here(people, client_for):
    page = client_for(people.owner.email).get("/me").text
    for words in (people.owner.name, people.owner.email, "Programme here", "Participant"):
        assert words in page
    assert "Look at another programme" not in page


def test_it_is_for_members(anonymous):
    for path in ("/me", "/me/name", "/me/password"):
        assert anonymous.get(path).location == f"/login?next={path}"


def test_a_member_without_a_role_sees_that(app, people, client_for):
    with app.app_context(), transaction():
        roles.revoke(people.owner.member, Role.PARTICIPANT, people.programme_id, by_id=None)
    assert "no role in any programme" in client_for(people.owner.email).get("/me").text


def test_suspension_is_shown_and_closes_nothing_of_ones_own(people, client_for):
    browser = client_for(people.suspended.email)
    assert "Your account is suspended until" in browser.get("/me").text
    assert browser.submit("/me/name", {"name": "Sam Still"}).status_code == 302


class TestTheName:
    def test_it_can_be_changed(self, people, client_for):
        browser = client_for(people.owner.email)
        answer = browser.submit("/me/name", {"name": "  Olúwaṣeun   Owner\u200b "})
        assert answer.location == "/me"
        assert "Olúwaṣeun Owner" in browser.get("/me").text

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [("", "Enter a name"), ("   ", "Enter a name"), ("\u200b", "Enter a name"), ("x" * 121, "120 characters")],
    )
    def test_mistakes_get_a_sentence(self, people, client_for, typed, sentence):
        answer = client_for(people.owner.email).submit("/me/name", {"name": typed})
        assert answer.status_code == 422
        assert sentence in answer.text

    def test_markup_stays_text(self, people, client_for):
        browser = client_for(people.owner.email)
        browser.submit("/me/name", {"name": "<img src=x onerror=alert(1)>"})
        assert "<img src=x" not in browser.get("/me").text


class TestTheProgramme:
    @pytest.fixture
    def browser(self, app, people, client_for):
        """Of a member who leads the other programme."""
        with app.app_context(), transaction():
            roles.grant(people.owner.member, Role.LEAD, people.other_programme_id, by_id=None)
        return client_for(people.owner.email)

    def test_the_first_is_looked_at_until_another_is_chosen(self, browser, people):
        assert browser.get("/lead/people").status_code == 403
        answer = browser.submit("/me/programme", {"programme": people.other_programme_id}, page="/me")
        assert answer.location == "/me"
        assert "looking at Programme elsewhere" in browser.get("/me").text
        page = browser.get("/lead/people").text
        assert people.stranger.email in page
        assert people.peer.email not in page

    def test_only_ones_own_can_be_chosen(self, people, client_for):
        browser = client_for(people.peer.email)
        for wanted in (people.other_programme_id, 999, "x", ""):
            assert browser.submit("/me/programme", {"programme": wanted}, page="/me").status_code == 422
        with browser.session_transaction() as kept:
            assert "programme" not in kept

    def test_a_choice_ends_with_the_role(self, app, browser, people):
        browser.submit("/me/programme", {"programme": people.other_programme_id}, page="/me")
        with app.app_context(), transaction():
            roles.revoke(people.owner.member, Role.LEAD, people.other_programme_id, by_id=None)
        assert browser.get("/lead/people").status_code == 403
        assert "Programme elsewhere" not in browser.get("/me").text
