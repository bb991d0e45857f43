"""Limits: a guesser is stopped, a hospital behind one address is not locked out."""

import pytest
import redis

from app import create_app
from app.accounts import limits
from app.core.db import db
from tests.clients import PASSWORD, TOKEN, HonestClient
from tests.databases import test_settings
from tests.people import meet

HOSPITAL, ELSEWHERE = "192.0.2.1", "198.51.100.7"
TRIES = int(limits.SIGN_IN.split()[0])


def browser_at(app, address):
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = address
    return browser


def sign_in(browser, email, password=PASSWORD, **headers):
    form = {"email": email, "password": password, "csrf_token": TOKEN.search(browser.get("/login").text)[1]}
    return browser.post("/login", data=form, headers=headers)


def fail_often(app, email, address, times=TRIES):
    for _ in range(times):
        answer = sign_in(browser_at(app, address), email, "not the password")
        assert answer.status_code == 200
    return sign_in(browser_at(app, address), email, "not the password")


class TestSigningIn:
    def test_whoever_guesses_has_to_wait_and_is_told_how_long(self, app, people):
        stopped = fail_often(app, people.owner.email, HOSPITAL)
        assert stopped.status_code == 429
        assert "Try again in 15 minutes" in stopped.text
        assert 0 < int(stopped.headers["Retry-After"]) <= 15 * 60
        assert sign_in(browser_at(app, HOSPITAL), people.owner.email).status_code == 429, "the right one does not help"

    def test_nobody_else_has_to(self, app, people):
        fail_often(app, people.owner.email, HOSPITAL)
        assert sign_in(browser_at(app, HOSPITAL), people.peer.email).status_code == 302, "a colleague next to them"
        assert sign_in(browser_at(app, ELSEWHERE), people.owner.email).status_code == 302, "the member, elsewhere"

    def test_it_is_the_same_for_an_account_that_does_not_exist(self, app, people):
        assert fail_often(app, "nobody@here.example", HOSPITAL).status_code == 429

    def test_another_spelling_is_the_same_account(self, app, people):
        fail_often(app, people.owner.email, HOSPITAL)
        assert sign_in(browser_at(app, HOSPITAL), f" {people.owner.email.upper()} ").status_code == 429

    def test_good_sign_ins_are_not_counted(self, app, people):
        for _ in range(TRIES * 3):
            assert sign_in(browser_at(app, HOSPITAL), people.owner.email).status_code == 302


class TestManyAccountsFromOneAddress:
    HIGH = 8  # in place of hundreds

    @pytest.fixture
    def settings(self, settings, monkeypatch):
        monkeypatch.setattr(limits, "SIGN_INS_FROM_ONE_ADDRESS", f"{self.HIGH} per hour")
        return settings

    def test_it_is_stopped_in_the_end(self, app, people):
        for number in range(self.HIGH):
            assert sign_in(browser_at(app, HOSPITAL), f"number{number}@here.example", "guess").status_code == 200
        assert sign_in(browser_at(app, HOSPITAL), people.owner.email).status_code == 429
        assert sign_in(browser_at(app, ELSEWHERE), people.owner.email).status_code == 302


class TestAddresses:
    """A request may claim any address; only our own proxy is believed."""

    def test_a_claim_is_not_believed(self, app, people):
        for number in range(TRIES):
            sign_in(browser_at(app, HOSPITAL), people.owner.email, "no", **{"X-Forwarded-For": f"203.0.113.{number}"})
        answer = sign_in(browser_at(app, HOSPITAL), people.owner.email, **{"X-Forwarded-For": "203.0.113.99"})
        assert answer.status_code == 429

    def test_what_the_proxy_says_is(self, database, tmp_path):
        app = create_app(test_settings(database, tmp_path, proxies=1))
        app.test_client_class = HonestClient
        with app.app_context():
            owner = meet().owner
        for _ in range(TRIES):
            sign_in(browser_at(app, "127.0.0.1"), owner.email, "no", **{"X-Forwarded-For": f"9.9.9.9, {HOSPITAL}"})
        via_proxy = {"X-Forwarded-For": f"8.8.8.8, {HOSPITAL}"}
        assert sign_in(browser_at(app, "127.0.0.1"), owner.email, **via_proxy).status_code == 429
        via_proxy = {"X-Forwarded-For": ELSEWHERE}
        assert sign_in(browser_at(app, "127.0.0.1"), owner.email, **via_proxy).status_code == 302
        with app.app_context():
            db.engine.dispose()


def test_asking_for_links_is_limited_too(app, people):
    browser = browser_at(app, HOSPITAL)
    for _ in range(int(limits.RESET.split()[0])):
        assert browser.submit("/forgotten-password", {"email": people.owner.email}).status_code == 302
    assert browser.submit("/forgotten-password", {"email": people.owner.email}).status_code == 429
    assert browser.submit("/forgotten-password", {"email": people.peer.email}).status_code == 302


def test_guessing_the_password_of_an_open_session_is_limited(people, client_for):
    browser, colleague = client_for(people.owner.email), client_for(people.peer.email)
    form = {"current": "not this one", "password": "three otters on a tram"}
    for _ in range(TRIES):
        assert browser.submit("/me/password", form).status_code == 422
    assert browser.submit("/me/password", form).status_code == 429
    assert colleague.submit("/me/password", form).status_code == 422


class TestRedis:
    @pytest.fixture
    def settings(self, database, tmp_path, redis_url):
        return test_settings(database, tmp_path, redis_url=redis_url)

    def test_processes_count_together_and_no_address_is_kept(self, app, settings, people, redis_url):
        broker = redis.Redis.from_url(redis_url)
        broker.flushdb()
        other = create_app(settings)
        other.test_client_class = HonestClient
        fail_often(app, people.owner.email, HOSPITAL)
        assert sign_in(browser_at(other, HOSPITAL), people.owner.email).status_code == 429
        kept = b" ".join(broker.keys())
        assert kept
        for secret in (people.owner.email, "olu", HOSPITAL):
            assert secret.encode() not in kept
        broker.close()
        with other.app_context():
            db.engine.dispose()


def test_a_broker_that_is_away_neither_opens_the_door_nor_locks_it(database, tmp_path):
    app = create_app(test_settings(database, tmp_path, redis_url="redis://127.0.0.1:9/0"))
    app.test_client_class = HonestClient
    with app.app_context():
        owner = meet().owner
    assert sign_in(browser_at(app, HOSPITAL), owner.email).status_code == 302
    assert fail_often(app, owner.email, HOSPITAL).status_code == 429
    with app.app_context():
        db.engine.dispose()
