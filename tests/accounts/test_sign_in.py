"""Signing in and out: who gets in, what a stranger learns, and what stays behind."""

import re
import sqlite3
import threading
import time
from urllib.parse import urljoin, urlsplit

import pytest

from app.accounts.models import Member
from app.core import clock, live
from app.core.db import db
from tests.clients import PASSWORD, TOKEN
from tests.people import hashed

NOT_RIGHT = "The email address or the password is not right"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,hello",
    "\t//evil.example/",
    " //evil.example",
    "%09//evil.example/",
    "/%0d%0aLocation:%20//evil.example",
    "http://localhost@evil.example/",
    "http://localhost\\@evil.example/",
]


def try_to_sign_in(browser, email, password=PASSWORD, **more):
    return browser.submit("/login", {"email": email, "password": password, **more})


def is_signed_in(browser):
    return browser.get("/me").status_code == 200


class TestWhoGetsIn:
    def test_a_member_comes_to_their_first_page(self, people, anonymous):
        answer = try_to_sign_in(anonymous, people.owner.email)
        assert (answer.status_code, answer.location) == (302, "/home")
        assert is_signed_in(anonymous)

    @pytest.mark.parametrize("typed", [" OLU@here.example ", "olu@HERE.example", "ｏｌｕ@here.example"])
    def test_however_they_spell_their_address(self, people, anonymous, typed):
        assert try_to_sign_in(anonymous, typed).status_code == 302

    def test_a_closed_account_does_not(self, people, anonymous):
        answer = try_to_sign_in(anonymous, people.inactive.email)
        assert NOT_RIGHT in answer.text
        assert not is_signed_in(anonymous)

    def test_a_suspended_member_does_but_only_to_what_suspension_never_closes(self, app, people, anonymous):
        assert try_to_sign_in(anonymous, people.suspended.email).status_code == 302
        assert is_signed_in(anonymous)
        assert anonymous.get("/support").status_code == 200
        refused = anonymous.get("/home")
        assert refused.status_code == 403
        with app.app_context():
            until = clock.datetime_words(people.suspended.member.suspended_until)
        assert f"Your account is suspended until {until}" in refused.text
        assert "team@here.example" in refused.text

    def test_a_form_without_our_token_is_refused(self, people, anonymous):
        answer = anonymous.post("/login", data={"email": people.owner.email, "password": PASSWORD})
        assert answer.status_code == 400
        assert not is_signed_in(anonymous)

    def test_a_password_that_nobody_has_is_refused_before_it_costs_anything(self, people, anonymous):
        assert try_to_sign_in(anonymous, people.owner.email, "x" * 100_000).status_code == 413


class TestWhatAStrangerLearns:
    def test_the_page_is_the_same_whether_or_not_there_is_an_account(self, people, anonymous):
        pages = {
            TOKEN.sub("", try_to_sign_in(anonymous, email, "not the password").text).replace(email, "EMAIL")
            for email in (people.owner.email, people.inactive.email, "nobody@here.example")
        }
        assert len(pages) == 1
        assert NOT_RIGHT in pages.pop()

    def test_the_work_is_the_same_whether_or_not_there_is_an_account(self, app, people, anonymous, monkeypatch):
        """Hashing a password is what takes the time; everybody's is hashed once."""
        context = app.extensions["security"].pwd_context
        hashings = []
        for verb in ("hash", "verify"):
            done = getattr(context, verb)
            monkeypatch.setattr(context, verb, lambda *words, done=done: hashings.append(words) or done(*words))
        for email in (people.owner.email, people.inactive.email, "nobody@here.example"):
            hashings.clear()
            try_to_sign_in(anonymous, email, "not the password")
            assert len(hashings) == 1, email

    def test_nothing_answers_in_a_language_for_machines(self, people, anonymous):
        """In JSON the library gives out tokens that outlive signing out."""
        page = anonymous.get("/login").text
        headers = {"X-CSRFToken": TOKEN.search(page)[1], "Accept": "application/json"}
        posted = {"email": people.owner.email, "password": PASSWORD}
        assert anonymous.post("/login?include_auth_token", json=posted, headers=headers).status_code == 400
        answer = anonymous.post("/login?include_auth_token", data=posted, headers=headers)
        assert answer.status_code == 302
        assert "token" not in answer.text

    def test_a_token_of_the_library_opens_nothing(self, app, people, anonymous):
        with app.app_context():
            token = people.owner.member.get_auth_token()
        for way in ({"headers": {"Authentication-Token": token}}, {"query_string": {"auth_token": token}}):
            assert anonymous.get("/me", **way).status_code == 302


class TestWhereTheyGoNext:
    @pytest.mark.parametrize("wanted", ["/me", "/scenarios?page=2", "/lead/people"])
    def test_back_to_the_page_that_asked_them_to_sign_in(self, people, anonymous, wanted):
        asked = anonymous.get(wanted)
        assert asked.status_code == 302
        page = anonymous.get(asked.location).text
        form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        answer = anonymous.post("/login", data={**form, "email": people.owner.email, "password": PASSWORD})
        assert answer.location == wanted

    def test_never_to_another_site(self, app, people):
        for number, elsewhere in enumerate(ELSEWHERE):
            browser = app.test_client()
            browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
            page = browser.get("/login", query_string={"next": elsewhere}).text
            posted = {"email": people.owner.email, "password": PASSWORD, "csrf_token": TOKEN.search(page)[1]}
            answer = browser.post("/login", query_string={"next": elsewhere}, data={**posted, "next": elsewhere})
            assert answer.status_code in {200, 302}
            location = answer.headers.get("Location", "/")
            # What a browser makes of it: it drops control characters and takes backslashes for slashes.
            seen = re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")
            assert urlsplit(urljoin("http://localhost/login", seen))[:2] == ("http", "localhost"), elsewhere


class TestSessions:
    def test_nothing_of_the_session_before_is_kept(self, people, anonymous):
        """Else whoever sat at the computer before could have prepared it."""
        with anonymous.session_transaction() as planted:
            planted["programme"] = people.other_programme_id
            planted["anything"] = "else"
        anonymous.get("/login")
        with anonymous.session_transaction() as before:
            token = before["csrf_token"]
        anonymous.sign_in(people.owner.email)
        anonymous.get("/me")
        with anonymous.session_transaction() as after:
            assert "anything" not in after
            assert "programme" not in after
            assert after["csrf_token"] != token
            assert after[live.BROWSER]

    def test_each_sign_in_is_a_browser_of_its_own(self, people, client_for):
        names = set()
        for browser in (client_for(people.owner.email), client_for(people.owner.email)):
            with browser.session_transaction() as kept:
                names.add(kept[live.BROWSER])
        assert len(names) == 2

    def test_there_is_no_remembering(self, people, anonymous):
        try_to_sign_in(anonymous, people.owner.email, remember="y")
        assert anonymous.get_cookie("remember_token") is None
        assert anonymous.get_cookie("session").expires is None

    def test_cookies_stay_with_the_browser_that_got_them(self, people, anonymous):
        anonymous.sign_in(people.owner.email)
        cookie = anonymous.get_cookie("session")
        assert cookie.http_only
        assert cookie.same_site == "Lax"

    def test_an_account_that_is_closed_meanwhile_ends_the_session(self, app, people, client_for):
        browser = client_for(people.owner.email)
        with app.app_context():
            people.owner.member.active = False
            db.session.commit()
        assert not is_signed_in(browser)


class TestSigningOut:
    def test_it_leaves_nothing_behind(self, people, client_for):
        browser = client_for(people.owner.email)
        answer = browser.submit("/logout", page="/me")
        assert answer.status_code == 302
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert not is_signed_in(browser)
        assert "You have signed out" in browser.get(answer.location).text
        with browser.session_transaction() as kept:
            assert set(kept) <= {"_fresh"}, "Flask-Login notes that nobody has just signed in"

    def test_a_link_or_a_form_of_another_site_signs_nobody_out(self, people, client_for):
        browser = client_for(people.owner.email)
        assert browser.get("/logout").status_code in {404, 405}
        assert browser.post("/logout").status_code == 400
        assert is_signed_in(browser)

    def test_signing_out_twice_is_no_mistake(self, people, client_for):
        browser = client_for(people.owner.email)
        page = browser.get("/me").text
        browser.submit("/logout", page="/me")
        again = browser.post("/logout", data={"csrf_token": TOKEN.search(page)[1]})
        assert again.status_code in {302, 400}


class TestProvingItOnceMore:
    """For what needs to be sure that it is still the member who sits there."""

    def test_the_right_password_leads_on(self, people, client_for):
        browser = client_for(people.owner.email)
        answer = browser.submit("/verify", {"password": PASSWORD, "next": "/me"})
        assert (answer.status_code, answer.location) == (302, "/me")

    def test_a_wrong_one_gets_a_sentence(self, people, client_for):
        answer = client_for(people.owner.email).submit("/verify", {"password": "not this one"})
        assert "The password is not right" in answer.text

    def test_it_is_for_members(self, anonymous):
        assert anonymous.get("/verify").location == "/login?next=/verify"


class TestHashesThatAreOutOfDate:
    """The library renews them while somebody signs in, which is a write after a read."""

    @pytest.fixture
    def settings_of_hashing(self, app):
        """What people have was made with less work than the app now asks for."""
        with app.app_context():
            context = app.extensions["security"].pwd_context
            old = hashed(PASSWORD)
            context.update(argon2__rounds=2, argon2__memory_cost=16)
            assert context.needs_update(old)

    def hash_of(self, app, person):
        with app.app_context():
            return db.session.get(Member, person.id).password

    @pytest.mark.both_databases
    def test_they_are_renewed(self, app, people, settings_of_hashing, anonymous):
        old = self.hash_of(app, people.owner)
        try_to_sign_in(anonymous, people.owner.email)
        assert self.hash_of(app, people.owner) != old
        assert is_signed_in(anonymous)
        anonymous.submit("/logout", page="/me")
        assert try_to_sign_in(anonymous, people.owner.email).status_code == 302

    def test_though_another_process_is_writing(self, app, people, settings_of_hashing, anonymous, settings):
        old = self.hash_of(app, people.owner)
        path = settings.database_url.removeprefix("sqlite:///")
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        page = anonymous.get("/login").text
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE member SET name = 'Olu Renamed' WHERE id = ?", [people.owner.id])

        def finish() -> None:
            time.sleep(0.3)
            other.execute("COMMIT")

        finishing = threading.Thread(target=finish)
        finishing.start()
        posted = {"email": people.owner.email, "password": PASSWORD, "csrf_token": TOKEN.search(page)[1]}
        answer = anonymous.post("/login", data=posted)
        finishing.join()
        other.close()
        assert answer.status_code == 302
        assert self.hash_of(app, people.owner) != old
        assert "Olu Renamed" in anonymous.get("/me").text
