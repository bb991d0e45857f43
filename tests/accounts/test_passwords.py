"""Forgotten and changed passwords."""

import threading
from datetime import timedelta

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import event

from app.accounts.links import RESET_LIFE
from app.accounts.operations.profile import RESET_PAUSE
from app.core import clock
from app.core.clock import in_london
from app.core.db import db
from tests.clients import PASSWORD, TOKEN
from tests.mailbox import html_of, text_of

NEW = "three otters on a tram"
NOBODY = "nobody@here.example"


def ask(browser, email):
    return browser.submit("/forgotten-password", {"email": email})


@pytest.fixture
def link(people, anonymous, mailbox):
    """The path of a fresh link for the owner."""
    ask(anonymous, people.owner.email)
    return mailbox.path_in_newest(people.owner.email)


class TestAsking:
    def test_only_a_member_gets_mail_but_nobody_can_tell(self, people, anonymous, mailbox):
        answers = {ask(anonymous, email).text for email in (people.owner.email, NOBODY, people.inactive.email)}
        assert len(answers) == 1
        assert [mail["To"] for mail in mailbox.collect()] == [people.owner.email]

    def test_not_by_the_time_it_takes_either(self, app, people, anonymous):
        """The page does the same work for everybody; the worker alone finds out whether there is an account."""
        said = []
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", lambda *about: said.append(about[2]))
        work = []
        for email in (people.owner.email, NOBODY, people.inactive.email):
            page = anonymous.get("/forgotten-password").text
            said.clear()
            anonymous.post("/forgotten-password", data={"email": email, "csrf_token": TOKEN.search(page)[1]})
            work.append(list(said))
        assert work[0] == work[1] == work[2]
        assert any("INSERT INTO outbox_message" in statement for statement in work[0])

    def test_the_mail_says_what_it_is_in_our_words(self, people, anonymous, mailbox):
        ask(anonymous, people.owner.email)
        mail = mailbox.newest(people.owner.email)
        assert mail["Subject"] == "Choose a new password"
        for words in (text_of(mail), html_of(mail)):
            assert "Hello Olu Owner," in words
            assert "works for 4 hours" in words

    def test_its_link_leads_to_us_whatever_host_the_request_named(self, people, anonymous, mailbox):
        page = anonymous.get("/forgotten-password").text
        form = {"email": people.owner.email, "csrf_token": TOKEN.search(page)[1]}
        for claim in ({"X-Forwarded-Host": "evil.example"}, {"Host": "evil.example"}):
            anonymous.post("/forgotten-password", data=form, headers=claim)
        words = text_of(mailbox.newest(people.owner.email))
        assert "http://localhost/forgotten-password/" in words
        assert "evil" not in words

    def test_a_mailbox_is_not_flooded_from_many_addresses(self, people, app, mailbox):
        def ask_from(number: int, email: str) -> None:
            browser = app.test_client()
            browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
            assert ask(browser, email).status_code == 302

        begin = in_london(2025, 3, 3, 9)
        with clock.frozen(begin):
            for number in range(4):
                ask_from(number, people.owner.email)
                ask_from(number, f" {people.owner.email.upper()}")
            assert len(mailbox.collect()) == 1
        with clock.frozen(begin + RESET_PAUSE):
            ask_from(9, people.owner.email)
            assert len(mailbox.collect()) == 2

    @pytest.mark.parametrize("typed", ["", "olu", "olu@", "olu@here.example\nBcc: all@here.example"])
    def test_what_is_no_address_gets_a_sentence(self, anonymous, people, typed):
        answer = ask(anonymous, typed)
        assert answer.status_code == 422
        assert "Enter an email address" in answer.text


class TestChoosing:
    def test_opening_the_link_spends_nothing_and_using_it_does(self, people, app, link):
        for _ in range(3):
            opened = app.test_client().get(link)
            assert opened.status_code == 200
            assert opened.headers["Cache-Control"] == "no-store"
        browser = app.test_client()
        answer = browser.submit(link, {"password": NEW})
        assert (answer.status_code, answer.location) == (302, "/login")
        assert "Your password was changed" in browser.get("/login").text
        browser.sign_in(people.owner.email, NEW)
        again = app.test_client().get(link)
        assert again.status_code == 410
        assert "This link no longer works" in again.text
        assert 'href="/forgotten-password"' in again.text

    def test_the_old_password_and_every_session_end(self, people, app, client_for, link):
        before = client_for(people.owner.email)
        app.test_client().submit(link, {"password": NEW})
        assert before.get("/me").status_code == 302
        assert (
            "is not right"
            in app.test_client().submit("/login", {"email": people.owner.email, "password": PASSWORD}).text
        )

    def test_they_are_told_by_mail(self, people, app, link, mailbox):
        app.test_client().submit(link, {"password": NEW})
        mail = mailbox.newest(people.owner.email)
        assert mail["Subject"] == "Your password was changed"
        assert "http://localhost/forgotten-password" in text_of(mail)

    def test_it_works_for_four_hours(self, people, app, link, monkeypatch):
        made = TimestampSigner("").get_timestamp()
        life = int(RESET_LIFE.total_seconds())
        for later, status in ((life - 600, 200), (life + 5, 410)):
            monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _self, later=later: made + later)
            assert app.test_client().get(link).status_code == status

    def test_an_older_link_dies_with_the_change(self, people, app, anonymous, mailbox, link):
        with clock.frozen(clock.now() + timedelta(minutes=6)):
            ask(anonymous, people.owner.email)
            newer = mailbox.path_in_newest(people.owner.email)
        app.test_client().submit(newer, {"password": NEW})
        assert app.test_client().get(link).status_code == 410

    def test_what_we_did_not_sign_opens_nothing(self, app, link):
        for forged in (link[:-2], f"{link}x", "/forgotten-password/x"):
            assert app.test_client().get(forged).status_code == 410

    def test_an_invitation_is_no_link_for_a_password(self, app, people, link):
        assert app.test_client().get(link.replace("forgotten-password", "invitations")).status_code == 404

    def test_a_closed_account_stays_closed(self, app, people, link):
        with app.app_context():
            people.owner.member.active = False
            db.session.commit()
        assert app.test_client().get(link).status_code == 410

    @pytest.mark.parametrize("weak", ["", "short", "password1234", "Olu Owner 2025"])
    def test_a_weak_one_gets_a_sentence_and_spends_nothing(self, app, people, link, weak):
        answer = app.test_client().submit(link, {"password": weak})
        assert answer.status_code == 422
        assert "Error: " in answer.text
        assert weak == "" or weak not in answer.text
        assert app.test_client().get(link).status_code == 200

    @pytest.mark.both_databases
    def test_two_clicks_at_once_change_it_once(self, app, people, link, mailbox):
        browsers = [app.test_client() for _ in range(4)]
        forms = [
            {"csrf_token": TOKEN.search(browser.get(link).text)[1], "password": f"{NEW} {number}"}
            for number, browser in enumerate(browsers)
        ]
        together = threading.Barrier(len(browsers), timeout=20)
        answers = {}

        def click(number: int) -> None:
            together.wait()
            answers[number] = browsers[number].post(link, data=forms[number]).status_code

        clicks = [threading.Thread(target=click, args=[number]) for number in range(len(browsers))]
        for each in clicks:
            each.start()
        for each in clicks:
            each.join(30)
        assert sorted(answers.values()) == [302, 410, 410, 410]
        winner = next(number for number, status in answers.items() if status == 302)
        app.test_client().sign_in(people.owner.email, f"{NEW} {winner}")
        assert sum(mail["Subject"] == "Your password was changed" for mail in mailbox.collect()) == 1


class TestChanging:
    def test_it_keeps_this_browser_and_ends_the_others(self, people, client_for, mailbox, app):
        here, elsewhere = client_for(people.owner.email), client_for(people.owner.email)
        answer = here.submit("/me/password", {"current": PASSWORD, "password": NEW})
        assert (answer.status_code, answer.location) == (302, "/me")
        assert here.get("/me").status_code == 200
        assert elsewhere.get("/me").status_code == 302
        app.test_client().sign_in(people.owner.email, NEW)
        assert mailbox.newest(people.owner.email)["Subject"] == "Your password was changed"

    @pytest.mark.parametrize(
        ("form", "sentence"),
        [
            ({"current": "not this", "password": NEW}, "This is not your password"),
            ({"current": "", "password": NEW}, "Enter the password you have now"),
            ({"current": PASSWORD, "password": "olu owner"}, "at least 10 characters"),
            ({"current": PASSWORD, "password": ""}, "Enter a password"),
        ],
    )
    def test_mistakes_get_a_sentence(self, people, client_for, form, sentence):
        browser = client_for(people.owner.email)
        answer = browser.submit("/me/password", form)
        assert answer.status_code == 422
        assert sentence in answer.text
        browser.submit("/logout", page="/me")
        browser.sign_in(people.owner.email)

    def test_suspension_does_not_close_it(self, people, client_for):
        assert client_for(people.suspended.email).get("/me/password").status_code == 200
