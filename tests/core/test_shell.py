"""The page around every page: landmarks, navigation, messages, branding, mail."""

import re

import pytest
from flask import Blueprint, render_template, render_template_string
from jinja2 import DictLoader

from app.core import shell, web
from app.core.shell import Branding
from tests.core.page import read
from tests.core.tiny_app import PAGE, EveryField, make

MAIL = "{% extends 'mail/_layout.SUFFIX' %}{% block content %}{{ words }}{% endblock %}"


@pytest.fixture(scope="module")
def tiny():
    app = make(
        lambda: Branding(
            service_name="Speak & act",
            organisation="Leicester ICB <test>",
            contact_email="help@demo.example",
            exit_url="https://weather.example/",
            demo=True,
        )
    )
    app.jinja_env.loader.loaders.append(
        DictLoader({f"sample.{suffix}": MAIL.replace("SUFFIX", suffix) for suffix in ("txt", "html")})
    )
    return app


@pytest.fixture
def visitor(tiny):
    return tiny.test_client()


@pytest.fixture
def member(tiny):
    client = tiny.test_client()
    client.get("/enter")
    return client


def page_of(client, address):
    return read(client.get(address).text)


def test_a_page_has_its_landmarks_once_and_a_way_to_skip_to_the_words(visitor):
    page = page_of(visitor, "/")
    assert page.one("html")["lang"] == "en"
    (first_link, *_others) = page.all("a")
    assert first_link["href"] == "#" + page.one("main")["id"]
    assert page.one("header", role="banner")
    assert page.one("footer", role="contentinfo")
    names = [nav["aria-label"] for nav in page.all("nav")]
    assert sorted(names) == sorted(set(names))
    assert page.one("h1").words == "A page"


def test_nothing_is_inline_but_the_script_whose_digest_the_policy_holds(visitor):
    page = page_of(visitor, "/form")
    assert not page.all("style")
    everything = page.all()
    assert not [e for e in everything if "style" in e.attributes or any(name.startswith("on") for name in e.attributes)]
    inline = [script for script in page.all("script") if "src" not in script.attributes]
    assert len(inline) == 1


def test_nothing_is_asked_of_another_host(visitor):
    page = page_of(visitor, "/form")
    addresses = [e.get("src") for e in page.all() if "src" in e.attributes] + [e["href"] for e in page.all("link")]
    assert addresses
    assert all(address.startswith("/static/v-") for address in addresses)


def test_every_id_is_there_once_and_every_reference_leads_somewhere(member):
    page = page_of(member, "/form")
    ids = [element["id"] for element in page.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        referred = {name for element in page.all() for name in (element.get(attribute) or "").split()}
        assert referred <= set(ids), attribute


class TestTitle:
    def test_it_names_the_page_and_the_service(self, visitor):
        assert page_of(visitor, "/").one("title").words == "PLAIN – Speak & act"

    def test_it_begins_with_error_when_the_form_was_refused(self, tiny):
        client = tiny.test_client()
        token = page_of(client, "/form").one("form", action="/form", enctype="multipart/form-data")
        token = token.one("input", name="csrf_token")["value"]
        answer = client.post("/form", data={"csrf_token": token, "name": "Ada"})
        page = read(answer.text)
        assert answer.status_code == 422
        assert page.one("title").words == "Error: Every field – Speak & act"
        inside = page.one("main").all()
        summary = page.one("div", data_module="nhsuk-error-summary")
        assert inside.index(summary) < inside.index(page.one("h1"))

    def test_it_may_be_neutral(self, tiny):
        with tiny.test_request_context("/"):
            page = read(render_template_string(PAGE.replace("%}", "%}{% set neutral_title = true %}", 1)))
        assert page.one("title").words == "PLAIN"

    def test_forms_of_any_name_may_be_refused(self, tiny):
        with tiny.test_request_context("/"):
            source = PAGE.replace("%}", "%}{% set forms = [first, second] %}", 1)
            second = EveryField(meta={"csrf": False})
            second.name.errors = ["Enter your name"]
            page = read(render_template_string(source, first=EveryField(meta={"csrf": False}), second=second))
        assert page.one("title").words.startswith("Error: ")
        assert page.one("div", data_module="nhsuk-error-summary").one("a")["href"] == "#name"


class TestNavigation:
    def labels(self, page):
        return [link.words for link in page.one("nav", aria_label="Menu").all("a")]

    def test_a_visitor_sees_what_is_public_and_a_way_to_sign_in(self, visitor):
        page = page_of(visitor, "/")
        assert self.labels(page) == ["First page", "Apply"]
        assert page.one("nav", aria_label="Account").one("a").words == "Sign in"

    def test_a_member_sees_what_they_may_open(self, member):
        assert self.labels(page_of(member, "/")) == ["First page", "Members"]

    def test_signing_out_is_a_form_with_a_token(self, member):
        page = page_of(member, "/")
        form = page.one("nav", aria_label="Account").one("form")
        assert (form["method"], form["action"]) == ("post", "/logout")
        token = form.one("input", name="csrf_token")["value"]
        assert member.post("/logout").status_code == 400
        assert member.post("/logout", data={"csrf_token": token}).text == "out"

    def test_the_page_at_hand_is_marked(self, member):
        marked = page_of(member, "/members").all("a", aria_current="page")
        assert [link.words for link in marked] == ["Members"]

    def test_no_page_at_hand_no_mark(self, member):
        assert not page_of(member, "/nowhere").all(aria_current="page")

    def test_the_section_is_marked_on_the_pages_below_it(self):
        app = make()
        section = Blueprint("boards", __name__, url_prefix="/boards")
        section.add_url_rule("/", "index", web.access(web.public)(lambda: render_template_string(PAGE)))
        section.add_url_rule("/one", "one", web.access(web.public)(lambda: render_template_string(PAGE)))
        app.register_blueprint(section)
        shell.nav(app, "Forums", "boards.index")
        below = page_of(app.test_client(), "/boards/one")
        assert [link.words for link in below.all("a", aria_current="true")] == ["Forums"]
        assert page_of(app.test_client(), "/boards/").one("a", aria_current="page").words == "Forums"


class TestMessages:
    @pytest.mark.parametrize(
        ("category", "role", "title"),
        [
            ("success", "alert", "Done"),
            ("error", "alert", "There is a problem"),
            ("info", "region", "Please note"),
            ("message", "region", "Please note"),
        ],
    )
    def test_a_message_is_announced_and_escaped(self, visitor, category, role, title):
        page = page_of(visitor, f"/say/{category}")
        banner = page.one("div", data_module="nhsuk-notification-banner")
        assert banner["role"] == role
        assert page.one(id=banner["aria-labelledby"]).words == title
        assert "<b>Saved</b>" in banner.words

    def test_it_is_said_once(self, visitor):
        visitor.get("/say/success")
        assert not page_of(visitor, "/").all("div", data_module="nhsuk-notification-banner")


class TestBranding:
    def test_names_stand_in_the_header_escaped(self, visitor):
        header = page_of(visitor, "/").one("header")
        assert header.all("a", href="/")[0].words == "Speak & act"
        assert "Leicester ICB <test>" in header.words
        assert not header.all("svg")
        assert not header.all("img")

    def test_the_footer_leads_to_what_was_registered_and_to_a_person(self, visitor):
        footer = page_of(visitor, "/").one("footer")
        assert [link["href"] for link in footer.all("a")] == ["/", "mailto:help@demo.example"]
        assert "NHS England" not in footer.words

    def test_a_demonstration_says_so_on_every_page(self, visitor):
        for address in ("/", "/form", "/nowhere"):
            assert "do not enter real people’s details" in page_of(visitor, address).words

    def test_a_page_about_a_breakdown_uses_what_needs_no_looking_up(self):
        broken = make(branding=lambda: 1 / 0, plain=Branding(service_name="Speak up", demo=True)).test_client()
        page = page_of(broken, "/fail/503")
        assert page.one("title").words.endswith("– Speak up")
        assert "do not enter real people’s details" in page.words

    def test_without_branding_nothing_is_claimed(self):
        page = page_of(make().test_client(), "/")
        assert page.one("title").words == "PLAIN – Active bystanders"
        assert "Demonstration" not in page.words

    def test_a_logo_is_a_file_of_ours(self):
        page = page_of(make(lambda: Branding(logo="core/favicon.svg")).test_client(), "/")
        assert re.fullmatch(r"/static/v-\w{12}/core/favicon\.svg", page.one("header").one("img")["src"])


def test_the_quick_exit_is_a_plain_link_that_tells_nobody_where_it_came_from(visitor):
    link = page_of(visitor, "/form").one(data_module="app-exit").one("a")
    assert link["href"] == "https://weather.example/"
    assert set(link["rel"].split()) == {"nofollow", "noreferrer"}
    assert "Leave this page" in link.words


def test_a_button_of_its_own_carries_what_it_sends(visitor):
    (form,) = [form for form in page_of(visitor, "/form").all("form") if form.words == "Give up my place"]
    sent = {box["name"]: box["value"] for box in form.all("input")}
    assert sent.pop("csrf_token")
    assert sent == {"slot": "3"}


class TestMail:
    def mail(self, tiny, suffix, words):
        with tiny.test_request_context("/"):
            return render_template(f"sample.{suffix}", words=words, name="Ada")

    def test_plain_text_is_not_escaped(self, tiny):
        text = self.mail(tiny, "txt", "Tea & cake at 3 < 4")
        assert text.startswith("Hello Ada,\n\nTea & cake at 3 < 4\n")
        assert "Speak & act, Leicester ICB <test>" in text
        assert "\n\n\n" not in text

    def test_html_is_escaped_and_fetches_nothing(self, tiny):
        page = read(self.mail(tiny, "html", "<script>alert(1)</script>"))
        assert "<script>alert(1)</script>" in page.one("main").words
        fetching = {"img", "link", "script", "table", "iframe"}
        assert not [element for element in page.all() if element.name in fetching or "src" in element.attributes]
        assert "url(" not in page.one("style").words
