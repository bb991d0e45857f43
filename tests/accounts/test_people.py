"""Who holds which role, for leads; what suspension and removal do."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Member, RoleGrant
from app.accounts.operations import roles, standing
from app.accounts.operations.roles import LastLeadError
from app.accounts.rules import Role
from app.core import audit, clock, live
from app.core.db import db, transaction
from app.programme.models import Programme
from tests.people import a_person


@pytest.fixture
def lead(people, client_for):
    return client_for(people.lead.email)


def set_roles(browser, person, *wanted):
    return browser.submit(f"/lead/people/{person.id}", {"roles": [role.value for role in wanted]})


def events():
    assert audit.verify().sound
    return [
        (event.action, event.subject_id, event.actor_id, event.detail.get("role"))
        for event in db.session.scalars(select(audit.AuditEvent).order_by(audit.AuditEvent.id))
    ]


class TestFinding:
    def test_the_list_holds_everybody_of_the_programme_and_nobody_else(self, lead, people):
        page = lead.get("/lead/people").text
        for person in (people.owner, people.suspended, people.inactive, people.sponsor, people.lead):
            assert person.email in page
        assert "(suspended)" in page
        assert "(account closed)" in page
        assert people.stranger.email not in page

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("olu", {"Olu Owner"}),
            ("OWNER", {"Olu Owner"}),
            ("petra@here", {"Petra Peer"}),
            ("o owner", {"Olu Owner"}),
            ("stan", set()),
            ("%", set()),
            ("_", set()),
            ("\x00", {"Olu Owner", "Petra Peer"}),
            ("<script>", set()),
        ],
    )
    @pytest.mark.both_databases
    def test_people_are_found_by_name_and_address(self, lead, words, found):
        answer = lead.get("/lead/people", query_string={"q": words})
        assert answer.status_code == 200
        assert {name for name in ("Olu Owner", "Petra Peer") if f">{name}</a>" in answer.text} == found
        assert "<script>alert" not in answer.text
        if not found:
            assert "Nobody fits" in answer.text

    def test_many_come_in_pages_and_the_search_goes_with_them(self, lead, app, people):
        with app.app_context(), transaction():
            programme = db.session.get_one(Programme, people.programme_id)
            for number in range(30):
                a_person(f"Zed{number:02} Many", programme, Role.PARTICIPANT)
        first = lead.get("/lead/people?q=many").text
        assert "Zed00 Many" in first
        assert "Zed29 Many" not in first
        assert "/lead/people?page=2&amp;q=many" in first
        second = lead.get("/lead/people?q=many&page=2").text
        assert "Zed29 Many" in second
        assert "/lead/people?page=1&amp;q=many" in second


class TestRoles:
    def test_a_lead_grants_and_revokes(self, lead, app, people):
        page = lead.get(f"/lead/people/{people.owner.id}").text
        assert "Olu Owner" in page
        set_roles(lead, people.owner, Role.MODERATOR, Role.AUTHOR)
        with app.app_context():
            assert people.owner.member.roles_in(people.programme_id) == {Role.MODERATOR, Role.AUTHOR}
            by = people.lead.id
            assert events() == [
                ("revoke_role", people.owner.id, by, "participant"),
                ("grant_role", people.owner.id, by, "author"),
                ("grant_role", people.owner.id, by, "moderator"),
            ]

    def test_roles_in_other_programmes_are_left_alone(self, lead, app, people):
        with app.app_context(), transaction():
            roles.grant(people.stranger.member, Role.AUTHOR, people.programme_id, by_id=None)
        set_roles(lead, people.stranger)
        with app.app_context():
            assert people.stranger.member.roles_in(people.programme_id) == frozenset()
            assert people.stranger.member.roles_in(people.other_programme_id) == {Role.PARTICIPANT}
        assert people.stranger.email not in lead.get("/lead/people").text

    def test_the_last_lead_stays(self, lead, app, people):
        answer = set_roles(lead, people.lead, Role.MODERATOR)
        assert answer.status_code == 422
        assert "Somebody has to lead the programme" in answer.text
        with app.app_context():
            assert people.lead.member.roles_in(people.programme_id) == {Role.LEAD}
            assert events() == []

    def test_a_closed_account_is_no_other_lead(self, lead, app, people):
        set_roles(lead, people.inactive, Role.LEAD)
        assert set_roles(lead, people.lead, Role.MODERATOR).status_code == 422
        set_roles(lead, people.peer, Role.LEAD)
        answer = set_roles(lead, people.lead, Role.MODERATOR)
        assert (answer.status_code, answer.location) == (302, "/me")
        assert lead.get("/lead/people").status_code == 403

    @pytest.mark.both_databases
    def test_two_leads_who_dismiss_each_other_at_once_leave_one(self, app, people):
        with app.app_context(), transaction():
            roles.grant(people.peer.member, Role.LEAD, people.programme_id, by_id=None)
        pair = (people.lead, people.peer)
        together = threading.Barrier(2, timeout=20)
        outcomes = []

        def dismiss(who, by) -> None:
            with app.app_context():
                together.wait()
                try:
                    with transaction():
                        roles.revoke(who.member, Role.LEAD, people.programme_id, by_id=by.id)
                    outcomes.append("dismissed")
                except LastLeadError:
                    outcomes.append("refused")

        both = [threading.Thread(target=dismiss, args=each) for each in (pair, pair[::-1])]
        for each in both:
            each.start()
        for each in both:
            each.join(30)
        assert sorted(outcomes) == ["dismissed", "refused"]
        with app.app_context():
            left = select(RoleGrant).where(RoleGrant.programme_id == people.programme_id, RoleGrant.role == Role.LEAD)
            assert len(db.session.scalars(left).all()) == 1
            assert audit.verify().sound

    def test_bad_input_gets_a_sentence(self, lead, app, people):
        answer = lead.submit(f"/lead/people/{people.owner.id}", {"roles": ["emperor"]})
        assert answer.status_code == 422
        assert "emperor" in answer.text
        with app.app_context():
            assert people.owner.member.roles_in(people.programme_id) == {Role.PARTICIPANT}

    def test_only_leads_of_the_programme_get_there(self, app, people, client_for):
        path = f"/lead/people/{people.owner.id}"
        for person in (people.owner, people.moderator, people.facilitator, people.sponsor, people.suspended):
            browser = client_for(person.email)
            assert {browser.get(each).status_code for each in ("/lead/people", path)} == {403}, person.name
            assert browser.submit(path, {"roles": ["programme_lead"]}, page="/me").status_code == 403
        assert app.test_client().get(path).status_code == 302
        other = client_for(people.other_lead.email)
        assert other.get(path).status_code == 404
        assert other.submit(path, {"roles": ["moderator"]}, page="/lead/invitations/new").status_code == 404
        assert other.get("/lead/people/99999999999").status_code == 404


class TestStanding:
    @pytest.fixture
    def evicted(self, monkeypatch):
        told = []
        monkeypatch.setattr(live, "evict", lambda member_id, reason: told.append((member_id, reason)))
        return told

    def test_a_suspension_lasts_until_its_moment_or_until_it_is_lifted(self, app, people, evicted):
        until = clock.now() + timedelta(days=3)
        with app.app_context():
            with transaction() as after:
                about = {"by_id": people.moderator.id, "programme_id": people.programme_id}
                standing.suspend(people.owner.member, until, **about, after=after)
                assert evicted == [], "not before the commit"
            assert evicted == [(people.owner.id, "suspended")]
            assert people.owner.member.suspended
            with clock.frozen(until):
                assert not people.owner.member.suspended
            with transaction():
                standing.lift_suspension(people.owner.member, **about)
            assert not people.owner.member.suspended
            assert [event[:3] for event in events()] == [
                ("suspend", people.owner.id, people.moderator.id),
                ("lift_suspension", people.owner.id, people.moderator.id),
            ]

    def test_a_suspended_member_is_refused_at_once_in_a_session_that_was_open(self, app, people, client_for):
        browser = client_for(people.owner.email)
        assert browser.get("/scenarios").status_code == 200
        with app.app_context(), transaction() as after:
            until = clock.now() + timedelta(days=3)
            standing.suspend(people.owner.member, until, by_id=None, programme_id=None, after=after)
        assert browser.get("/scenarios").status_code == 403
        assert "suspended until" in browser.get("/me").text

    def test_removal_ends_every_session_and_keeps_the_row(self, app, people, client_for, evicted):
        browser = client_for(people.owner.email)
        with app.app_context(), transaction() as after:
            standing.deactivate(people.owner.member, by_id=people.lead.id, programme_id=None, after=after)
        assert evicted == [(people.owner.id, "removed")]
        assert browser.get("/me").status_code == 302
        assert (
            "is not right"
            in browser.submit("/login", {"email": people.owner.email, "password": "a long walk by the canal"}).text
        )
        with app.app_context():
            assert db.session.get(Member, people.owner.id) is not None
