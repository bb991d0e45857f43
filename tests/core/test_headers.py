"""Security headers: on every kind of answer, strict, and matching the pages that are really sent."""

from base64 import b64encode
from hashlib import sha256

import pytest
from flask_login import login_user

from app.core import web
from tests.core.page import read
from tests.core.tiny_app import Person, make


@pytest.fixture(scope="module")
def tiny():
    return make()


@pytest.fixture
def visitor(tiny):
    return tiny.test_client()


@pytest.fixture
def member(tiny):
    client = tiny.test_client()
    client.get("/enter")
    return client


def policy_of(answer):
    rules = (rule.split() for rule in answer.headers["Content-Security-Policy"].split("; "))
    return {name: sources for name, *sources in rules}


def sign_out(client):
    token = read(client.get("/").text).one("form", action="/logout").one("input", name="csrf_token")["value"]
    return client.post("/logout", data={"csrf_token": token})


ANSWERS = ["/", "/form", "/nowhere", "/fail/403", "/fail/429", "/crash", "/members"]


class TestPolicy:
    def test_it_names_the_digest_of_the_script_in_the_page(self, visitor):
        answer = visitor.get("/form")
        (script,) = [one for one in read(answer.text).all("script") if "src" not in one.attributes]
        digest = b64encode(sha256("".join(script.inside).encode()).digest()).decode()
        assert policy_of(answer)["script-src"] == ["'self'", f"'sha256-{digest}'"]

    def test_it_allows_this_site_and_nothing_else(self, visitor):
        policy = policy_of(visitor.get("/"))
        del policy["script-src"]
        assert policy == {
            "default-src": ["'self'"],
            "worker-src": ["'self'"],
            "style-src": ["'self'"],
            "connect-src": ["'self'"],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
            "frame-ancestors": ["'none'"],
        }

    def test_it_is_the_same_on_every_answer(self, visitor):
        assert len({visitor.get(address).headers["Content-Security-Policy"] for address in ANSWERS}) == 1


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_has_them(visitor, address):
    headers = visitor.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_only_a_secure_answer_insists_on_security(visitor):
    assert "Strict-Transport-Security" not in visitor.get("/").headers
    assert "max-age=63072000" in visitor.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]


class TestCaching:
    @pytest.mark.parametrize("address", ANSWERS)
    def test_nothing_a_member_sees_is_kept(self, member, address):
        assert member.get(address).headers["Cache-Control"] == "no-store"

    def test_a_page_for_everybody_may_be_kept(self, visitor):
        assert "Cache-Control" not in visitor.get("/").headers

    def test_the_answer_to_signing_in_is_not_kept(self, visitor):
        assert visitor.get("/enter").headers["Cache-Control"] == "no-store"

    def test_a_view_cannot_forget_it(self):
        app = make()
        app.add_url_rule("/cached", "cached", web.access(web.public)(lambda: ("x", {"Cache-Control": "max-age=60"})))
        client = app.test_client()
        assert client.get("/cached").headers["Cache-Control"] == "max-age=60"
        client.get("/enter")
        assert client.get("/cached").headers["Cache-Control"] == "no-store"

    def test_a_member_without_a_session_counts_too(self):
        app = make()
        app.login_manager.request_loader(lambda request: Person() if request.headers.get("X-Token") == "7" else None)
        client = app.test_client()
        assert client.get("/members", headers={"X-Token": "7"}).headers["Cache-Control"] == "no-store"

    def test_nobody_is_looked_up_for_it(self):
        looked_up = []
        app = make(load_member=lambda member_id: looked_up.append(member_id) or Person())
        app.add_url_rule("/plain", "plain", web.access(web.public)(lambda: "plain"))
        client = app.test_client()
        client.get("/enter")
        looked_up.clear()
        assert client.get("/plain").headers["Cache-Control"] == "no-store"
        assert client.get("/static/core/app.css", buffered=True).status_code == 200
        assert looked_up == []


class TestSignOut:
    def test_the_browser_forgets_what_it_kept_but_not_its_cookies(self, member):
        answer = sign_out(member)
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert answer.headers["Cache-Control"] == "no-store"

    def test_other_answers_clear_nothing(self, member):
        assert "Clear-Site-Data" not in member.get("/").headers
        sign_out(member)
        assert "Clear-Site-Data" not in member.get("/").headers

    def test_the_next_person_is_a_visitor(self, member):
        sign_out(member)
        assert "Cache-Control" not in member.get("/").headers

    def test_it_is_heard_of_this_app_only(self):
        first, second = make(), make()
        second.add_url_rule("/both", "both", web.access(web.public)(lambda: login_user(Person()) and "both"))
        member = first.test_client()
        member.get("/enter")
        sign_out(member)
        assert "Clear-Site-Data" not in second.test_client().get("/both").headers
