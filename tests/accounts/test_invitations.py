"""Invitations: what leads do, and what follows when somebody opens the link and presses the button."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import Invitation, Member
from app.accounts.rules import INVITATION_LIFE, Role
from app.core import audit, clock
from app.core.db import db
from app.programme.models import CohortMembership
from tests.clients import PASSWORD, TOKEN
from tests.mailbox import html_of, text_of

NEW = "nia@ward.example"
CHOSEN = "three otters on a tram"


def invite(browser, email=NEW, name="Nia New", role=Role.PARTICIPANT, **more):
    form = {"email": email, "name": name, "role": role.value, "cohort": 0, "organisation": 0, **more}
    return browser.submit("/lead/invitations/new", form)


def accept(browser, link, name="Nia New", password=CHOSEN):
    return browser.submit(link, {"name": name, "password": password})


@pytest.fixture
def lead(people, client_for):
    return client_for(people.lead.email)


@pytest.fixture
def link(lead, mailbox):
    """The path of a fresh invitation."""
    invite(lead)
    return mailbox.path_in_newest(NEW)


def the_invitation():
    return db.session.scalars(select(Invitation).order_by(Invitation.id.desc()).limit(1)).one()


def actions():
    """What the audit log says, oldest first."""
    assert audit.verify().sound
    return list(db.session.scalars(select(audit.AuditEvent.action).order_by(audit.AuditEvent.id)))


class TestInviting:
    def test_a_lead_invites_and_the_person_gets_mail(self, lead, app, people, mailbox):
        answer = invite(lead, email=" Nia@Ward.Example ", role=Role.AUTHOR)
        assert (answer.status_code, answer.location) == (302, "/lead/invitations")
        assert f"on its way to {NEW}" in lead.get("/lead/invitations").text
        mail = mailbox.newest(NEW)
        for words in (text_of(mail), html_of(mail)):
            assert "Leila Lead has invited you to join Programme here as an author" in words
            assert "http://localhost/invitations/" in words
        with app.app_context():
            assert the_invitation().programme_id == people.programme_id
            assert actions() == ["invite"]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"name": ""}, "Enter a name"),
            ({"name": "x" * 121}, "Keep the name to 120 characters"),
            ({"email": ""}, "Enter an email address"),
            ({"email": "nia@"}, "Enter an email address in the correct format"),
            ({"email": "nia@ward.example\r\nBcc: all@ward.example"}, "in the correct format"),
            ({"email": f"{'x' * 250}@ward.example"}, "in the correct format"),
            ({"role": "emperor"}, "Not a valid choice"),
            ({"cohort": "999"}, "Not a valid choice"),
            ({"organisation": "no"}, "Invalid Choice"),
        ],
    )
    def test_bad_input_gets_a_sentence(self, lead, app, wrong, sentence):
        form = {"email": NEW, "name": "Nia New", "role": "participant", "cohort": 0, "organisation": 0}
        answer = lead.submit("/lead/invitations/new", {**form, **wrong})
        assert answer.status_code == 422
        assert sentence in answer.text
        with app.app_context():
            assert db.session.scalar(select(func.count(Invitation.id))) == 0

    def test_only_cohorts_and_organisations_of_the_programme_are_offered(self, lead, people, client_for):
        page = lead.get("/lead/invitations/new").text
        assert "Cohort spring" in page
        assert "Organisation trust" in page
        assert "Cohort far" not in page
        far = client_for(people.other_lead.email).get("/lead/invitations/new").text
        assert "Cohort far" in far
        assert "Cohort spring" not in far
        assert invite(lead, cohort=3).status_code == 422, "the far cohort"

    def test_an_address_that_has_an_account_shows_no_difference(self, lead, people, mailbox):
        pages = []
        for email in (NEW, people.stranger.email):
            invite(lead, email=email)
            pages.append(lead.get("/lead/invitations").text.replace(email, "EMAIL"))
        assert pages[0].count("EMAIL") == 2
        assert len(mailbox.collect()) == 2


class TestTheList:
    def test_it_shows_what_became_of_each(self, lead, app, mailbox):
        for name, email in (("Ana", "ana@ward.example"), ("Ben", "ben@ward.example"), ("Cal", "cal@ward.example")):
            invite(lead, email=email, name=name)
        mailbox.collect()
        accept(app.test_client(), mailbox.path_in_newest("ana@ward.example"), name="Ana")
        with app.app_context():
            ben = db.session.scalar(select(Invitation.id).where(Invitation.name == "Ben"))
        lead.submit(f"/lead/invitations/{ben}/withdraw")
        page = lead.get("/lead/invitations").text
        for state in ("Accepted", "Withdrawn", "Sent"):
            assert state in page
        with clock.frozen(clock.now() + timedelta(hours=1)):
            assert "Expired" not in lead.get("/lead/invitations").text

    def test_it_comes_in_pages(self, lead, app, people):
        with app.app_context():
            now = clock.now()
            db.session.add_all(
                Invitation(
                    programme_id=people.programme_id,
                    email=f"number{number}@ward.example",
                    name=f"Number {number}",
                    role=Role.PARTICIPANT,
                    created_at=now,
                    expires_at=now + timedelta(days=1),
                )
                for number in range(30)
            )
            db.session.commit()
        first, second = lead.get("/lead/invitations").text, lead.get("/lead/invitations?page=2").text
        assert "number29@" in first
        assert "page=2" in first
        assert "number4@" not in first
        assert "number4@" in second
        for odd in ("0", "-3", "99999999999999999999", "x", ""):
            assert lead.get(f"/lead/invitations?page={odd}").status_code == 200

    def test_nobody_has_been_invited_yet(self, lead):
        assert "Nobody has been invited yet" in lead.get("/lead/invitations").text


class TestChangingOne:
    def test_sending_again_makes_a_new_link_and_older_ones_die(self, lead, app, link, mailbox):
        with app.app_context():
            number = the_invitation().id
        lead.submit(f"/lead/invitations/{number}/send-again", page="/lead/invitations")
        newer = mailbox.path_in_newest(NEW)
        assert newer != link
        old = app.test_client().get(link)
        assert old.status_code == 410
        assert "A newer link was sent" in old.text
        assert accept(app.test_client(), newer).status_code == 302
        with app.app_context():
            assert actions()[:2] == ["invite", "send_invitation_again"]

    def test_sending_again_wakes_one_that_has_expired(self, lead, app, link, mailbox):
        with app.app_context():
            number = the_invitation().id
        with clock.frozen(clock.now() + INVITATION_LIFE):
            assert app.test_client().get(link).status_code == 410
        with app.app_context():
            the_invitation().expires_at = clock.now()
            db.session.commit()
        lead.submit(f"/lead/invitations/{number}/send-again", page="/lead/invitations")
        assert app.test_client().get(mailbox.path_in_newest(NEW)).status_code == 200

    def test_withdrawing_asks_first(self, lead, app, link):
        with app.app_context():
            number = the_invitation().id
        asked = lead.get(f"/lead/invitations/{number}/withdraw").text
        assert "Withdraw the invitation of Nia New?" in asked
        assert app.test_client().get(link).status_code == 200
        lead.submit(f"/lead/invitations/{number}/withdraw")
        gone = app.test_client().get(link)
        assert gone.status_code == 410
        assert "This invitation was withdrawn" in gone.text
        with app.app_context():
            assert actions() == ["invite", "withdraw_invitation"]

    def test_a_mail_that_was_not_sent_yet_is_taken_back(self, lead, app, mailbox):
        invite(lead)
        with app.app_context():
            number = the_invitation().id
        lead.submit(f"/lead/invitations/{number}/send-again", page="/lead/invitations")
        assert len(mailbox.collect()) == 1, "only the one whose link works"
        lead.submit(f"/lead/invitations/{number}/send-again", page="/lead/invitations")
        lead.submit(f"/lead/invitations/{number}/withdraw")
        assert len(mailbox.collect()) == 1

    @pytest.mark.parametrize("verb", ["send-again", "withdraw"])
    def test_what_is_settled_stays_settled(self, lead, app, link, verb):
        with app.app_context():
            number = the_invitation().id
        accept(app.test_client(), link)
        answer = lead.submit(f"/lead/invitations/{number}/{verb}", page="/lead/invitations/new")
        assert answer.status_code == 409
        assert "accepted in the meantime" in answer.text

    def test_only_leads_of_the_programme_get_there(self, app, people, client_for, link):
        with app.app_context():
            number = the_invitation().id
        paths = ["/lead/invitations", "/lead/invitations/new", f"/lead/invitations/{number}/withdraw"]
        for person in (people.owner, people.moderator, people.facilitator, people.suspended):
            browser = client_for(person.email)
            assert {browser.get(path).status_code for path in paths} == {403}, person.name
            assert browser.submit(paths[2], page="/me").status_code == 403
        assert {app.test_client().get(path).status_code for path in paths} == {302}
        other = client_for(people.other_lead.email)
        assert NEW not in other.get("/lead/invitations").text
        for verb in ("withdraw", "send-again"):
            answer = other.submit(f"/lead/invitations/{number}/{verb}", page="/lead/invitations/new")
            assert answer.status_code == 404
        assert app.test_client().get(link).status_code == 200


class TestAccepting:
    def test_opening_the_link_spends_nothing_and_the_button_does_all(self, app, people, lead, mailbox):
        invite(lead, role=Role.FACILITATOR, cohort=people.cohort_id, organisation=people.organisation_id)
        link = mailbox.path_in_newest(NEW)
        for _ in range(3):
            page = app.test_client().get(link)
            assert page.status_code == 200
            assert "Leila Lead has invited you to join Programme here as a facilitator" in page.text
            assert NEW in page.text
            assert page.headers["Cache-Control"] == "no-store"
        browser = app.test_client()
        answer = accept(browser, link, name="  Nia   Newton ")
        assert (answer.status_code, answer.location) == (302, "/home")
        assert "Nia Newton" in browser.get("/me").text
        with app.app_context():
            member = db.session.scalars(select(Member).where(Member.email == NEW)).one()
            assert member.roles_in(people.programme_id) == {Role.FACILITATOR}
            assert member.roles_in(people.other_programme_id) == frozenset()
            assert member.organisation_id == people.organisation_id
            assert db.session.scalars(
                select(CohortMembership.cohort_id).where(CohortMembership.member_id == member.id)
            ).all() == [people.cohort_id]
            assert the_invitation().member_id == member.id
            assert actions() == ["invite", "grant_role", "accept_invitation"]
        app.test_client().sign_in(NEW, CHOSEN)

    def test_used_once_it_says_so_and_leads_on(self, app, link):
        accept(app.test_client(), link)
        again = app.test_client().get(link)
        assert again.status_code == 410
        assert "This invitation has been used" in again.text
        assert 'href="/login"' in again.text

    def test_too_late_it_says_until_when_it_worked(self, app, link):
        with app.app_context():
            ends = the_invitation().expires_at
        with clock.frozen(ends - timedelta(seconds=1)):
            assert app.test_client().get(link).status_code == 200
        with clock.frozen(ends):
            late = app.test_client().get(link)
            assert late.status_code == 410
            assert f"until {clock.date_words(ends)}" in late.text
            assert "team@here.example" in late.text

    def test_while_the_form_was_open_it_was_withdrawn(self, app, link, lead):
        browser = app.test_client()
        token = TOKEN.search(browser.get(link).text)[1]
        with app.app_context():
            number = the_invitation().id
        lead.submit(f"/lead/invitations/{number}/withdraw")
        answer = browser.post(link, data={"csrf_token": token, "name": "Nia", "password": CHOSEN})
        assert answer.status_code == 410
        with app.app_context():
            assert db.session.scalar(select(Member).where(Member.email == NEW)) is None

    def test_what_we_did_not_sign_opens_nothing(self, app, link):
        for forged in (link[:-2], f"{link}x", "/invitations/x"):
            answer = app.test_client().get(forged)
            assert answer.status_code == 404
            assert "This link does not work" in answer.text

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"name": ""}, "Enter a name"),
            ({"password": ""}, "Enter a password"),
            ({"password": "short"}, "at least 10 characters"),
            ({"password": "Nia New nia@ward"}, "easy to guess"),
            ({"password": "Zebedee Nia", "name": "Zebedee Nia"}, "easy to guess"),
        ],
    )
    def test_mistakes_get_a_sentence_and_spend_nothing(self, app, link, wrong, sentence):
        answer = accept(app.test_client(), link, **wrong)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert app.test_client().get(link).status_code == 200

    @pytest.mark.both_databases
    def test_two_clicks_at_once_make_one_member(self, app, people, link):
        browsers = [app.test_client() for _ in range(4)]
        tokens = [TOKEN.search(browser.get(link).text)[1] for browser in browsers]
        together = threading.Barrier(len(browsers), timeout=20)
        answers = []

        def click(number: int) -> None:
            together.wait()
            form = {"csrf_token": tokens[number], "name": f"Nia {number}", "password": CHOSEN}
            answers.append(browsers[number].post(link, data=form).status_code)

        clicks = [threading.Thread(target=click, args=[number]) for number in range(len(browsers))]
        for each in clicks:
            each.start()
        for each in clicks:
            each.join(30)
        assert sorted(answers) == [302, 410, 410, 410]
        with app.app_context():
            member = db.session.scalars(select(Member).where(Member.email == NEW)).one()
            assert member.roles_in(people.programme_id) == {Role.PARTICIPANT}

    @pytest.mark.both_databases
    def test_two_programmes_at_once_make_one_member_too(self, app, people, lead, client_for, link, mailbox):
        invite(client_for(people.other_lead.email))
        links = [link, mailbox.path_in_newest(NEW)]
        browsers = [app.test_client() for _ in links]
        tokens = [TOKEN.search(browser.get(path).text)[1] for browser, path in zip(browsers, links, strict=True)]
        together = threading.Barrier(2, timeout=20)
        answers = []

        def click(number: int) -> None:
            together.wait()
            form = {"csrf_token": tokens[number], "name": "Nia", "password": CHOSEN}
            answers.append(browsers[number].post(links[number], data=form))

        clicks = [threading.Thread(target=click, args=[number]) for number in range(2)]
        for each in clicks:
            each.start()
        for each in clicks:
            each.join(30)
        assert "/home" in {answer.location for answer in answers}
        slower = next(answer for answer in answers if answer.location != "/home")
        assert slower.location in {None, *links}, "the slower one is shown the page again, which now asks to sign in"


class TestMembersWhoAreInvited:
    @pytest.fixture
    def link(self, lead, people, mailbox):
        invite(lead, email=people.stranger.email, role=Role.REVIEWER, cohort=people.cohort_id)
        return mailbox.path_in_newest(people.stranger.email)

    def test_they_sign_in_and_accept(self, app, people, link):
        browser = app.test_client()
        page = browser.get(link).text
        assert "There is an account for" in page
        assert f"/login?next={link}" in page
        browser.sign_in(people.stranger.email)
        assert "Accept the invitation" in browser.get(link).text
        answer = browser.submit(link)
        assert answer.location == "/home"
        with app.app_context():
            member = people.stranger.member
            assert member.roles_in(people.programme_id) == {Role.REVIEWER}
            assert member.roles_in(people.other_programme_id) == {Role.PARTICIPANT}
        with browser.session_transaction() as kept:
            assert kept["programme"] == people.programme_id

    def test_nobody_takes_their_account_by_posting_a_password(self, app, people, link):
        browser = app.test_client()
        token = TOKEN.search(browser.get("/login").text)[1]
        browser.post(link, data={"csrf_token": token, "name": "Eve", "password": CHOSEN})
        app.test_client().sign_in(people.stranger.email, PASSWORD)
        with app.app_context():
            assert people.stranger.member.roles_in(people.programme_id) == frozenset()

    def test_somebody_else_who_is_signed_in_there_accepts_nothing(self, app, people, client_for, link):
        browser = client_for(people.owner.email)
        page = browser.get(link)
        assert "This invitation is for somebody else" in page.text
        assert people.stranger.email not in page.text
        browser.submit(link)
        with app.app_context():
            assert the_invitation().accepted_at is None
            assert people.owner.member.roles_in(people.programme_id) == {Role.PARTICIPANT}

    def test_a_role_they_hold_already_is_no_mistake(self, app, people, lead, client_for, mailbox):
        invite(lead, email=people.peer.email, cohort=people.cohort_id)
        browser = client_for(people.peer.email)
        assert browser.submit(mailbox.path_in_newest(people.peer.email)).location == "/home"
        with app.app_context():
            assert people.peer.member.roles_in(people.programme_id) == {Role.PARTICIPANT}
            assert the_invitation().accepted_at is not None
