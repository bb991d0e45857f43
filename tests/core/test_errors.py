"""Error pages: the right status and headers, humane words, nothing leaked, nothing that a person wrote is lost."""

import pytest
from flask import abort
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import TooManyRequests

from app.core import web
from app.core.errors import wait_words, written_words
from tests.core.page import read
from tests.core.tiny_app import make

STORY = "She laughed.\nThen <b>nobody</b> said a word."


@pytest.fixture(scope="module")
def tiny():
    return make()


@pytest.fixture
def visitor(tiny):
    return tiny.test_client()


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 418, 422, 429, 500, 501, 503])
def test_every_error_stands_in_the_shell_and_says_where_support_is(visitor, code):
    answer = visitor.get(f"/fail/{code}")
    page = read(answer.text)
    assert answer.status_code == code
    assert answer.content_type == "text/html; charset=utf-8"
    assert page.one("h1").words == page.one("title").words.removesuffix(" – Active bystanders")
    assert page.one("main").one("a", href="/support")
    assert answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("code", [403, 404, 409, 413, 422, 503])
def test_a_view_may_say_what_happened(visitor, code):
    words = read(visitor.get(f"/fail/{code}?words=Somebody+took+the+<last>+place.").text).one("main").words
    assert "Somebody took the <last> place." in words


def test_an_address_that_is_not_there_keeps_quiet_about_what_was_asked(visitor):
    answer = visitor.get("/nowhere/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert "alert(1)" not in answer.text


def test_a_wrong_method_still_says_which_are_right(tiny):
    tiny.view_functions["home"]  # the route takes GET and POST only
    answer = tiny.test_client().put("/")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_a_redirect_for_a_missing_slash_is_no_error():
    app = make()
    app.add_url_rule("/boards/", "boards", web.access(web.public)(lambda: "boards"))
    answer = app.test_client().get("/boards")
    assert (answer.status_code, answer.headers["Location"]) == (308, "http://localhost/boards/")


def test_an_answer_that_a_view_aborts_with_is_left_alone():
    app = make()
    app.add_url_rule("/json", "json", web.access(web.public)(lambda: abort(app.make_response(({"ok": False}, 409)))))
    answer = app.test_client().get("/json")
    assert (answer.status_code, answer.json) == (409, {"ok": False})


class TestCrash:
    def test_the_page_says_sorry_and_nothing_about_the_machine(self, visitor):
        answer = visitor.get("/crash")
        assert answer.status_code == 500
        assert "It is our mistake, not yours" in answer.text
        assert "10.0.0.7" not in answer.text

    def test_the_page_does_not_need_the_database(self):
        def broken(*_asked):
            raise ConnectionError("no database")

        client = make(branding=broken, load_member=broken).test_client()
        with client.session_transaction() as session:
            session["_user_id"] = "1"
        assert client.get("/members").status_code == 500
        page = read(client.get("/crash").text)
        assert page.one("title").words == "Sorry, something went wrong here – Active bystanders"
        assert not page.all("nav")  # nobody was looked up


class TestTooMany:
    def app_with(self, limit):
        app = make()
        limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
        app.add_url_rule("/often", "often", web.access(web.public)(limiter.limit(limit)(lambda: "fine")))
        return app.test_client()

    def test_it_says_when_to_try_again(self):
        client = self.app_with("1 per 10 minutes")
        assert client.get("/often").text == "fine"
        answer = client.get("/often")
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 600
        assert "Try again in 10 minutes" in answer.text
        assert "1 per" not in answer.text

    def test_a_view_may_say_how_long(self):
        app = make()

        def refuse():
            raise TooManyRequests(retry_after=90)

        app.add_url_rule("/slow", "slow", web.access(web.public)(refuse))
        answer = app.test_client().get("/slow")
        assert answer.headers.getlist("Retry-After") == ["90"]
        assert "Try again in 2 minutes" in answer.text

    def test_without_a_time_it_still_helps(self, visitor):
        assert "Try again in a few minutes" in visitor.get("/fail/429").text

    @pytest.mark.parametrize(
        ("seconds", "words"),
        [
            (0, "a minute"),
            (60, "a minute"),
            (61, "2 minutes"),
            (3600, "60 minutes"),
            (3601, "2 hours"),
            (7201, "3 hours"),
        ],
    )
    def test_waiting_in_words(self, seconds, words):
        assert wait_words(seconds) == words

    @given(st.integers(0, 10**6))
    def test_nobody_is_told_to_come_back_too_early(self, seconds):
        number, unit = wait_words(seconds).replace("an ", "1 ").replace("a ", "1 ").split()
        assert int(number) * {"minute": 60, "hour": 3600}[unit.removesuffix("s")] >= seconds


class TestStaleForm:
    def send(self, client, origin="http://localhost", **form):
        return client.post("/form", data=form, headers={"Referer": f"{origin}/form?step=2"})

    def test_what_was_written_can_be_copied(self, visitor):
        answer = self.send(
            visitor, story=STORY, password="three secret words", region="llr", csrf_token="old and stale"
        )
        page = read(answer.text)
        assert answer.status_code == 400
        assert ["".join(box.inside).removeprefix("\n") for box in page.all("textarea")] == [STORY]
        assert page.one("label", for_=page.one("textarea")["id"]).words == "What you wrote"
        assert "three secret words" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"

    def test_it_leads_back_to_the_form(self, visitor):
        page = read(self.send(visitor, story=STORY).text)
        assert page.one("main").one("a", href="/form?step=2").words == "Open the page again"

    @pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://localhost.elsewhere.example", "null"])
    def test_another_site_cannot_put_words_here(self, visitor, origin):
        page = read(self.send(visitor, origin, story=STORY).text)
        assert not page.all("textarea")
        assert page.one("main").one("a", href="/").words == "Open the page again"

    def test_nothing_written_nothing_shown(self, visitor):
        assert "Here is what you wrote" not in self.send(visitor, region="llr").text

    def test_only_texts_of_several_words_are_worth_copying(self):
        posted = MultiDict([("a", "two words"), ("a", "and more"), ("b", "one"), ("c", ""), ("new_password", "a b")])
        assert written_words(posted) == ["two words", "and more"]
