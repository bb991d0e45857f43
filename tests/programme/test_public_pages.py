"""What visitors read, and what members see instead."""

from html.parser import HTMLParser

import pytest

from app.core.clock import in_london
from app.core.db import db, transaction
from app.programme import operations
from app.programme.models import Page, PageVersion, Programme
from app.programme.rules import CohortState, EventKind
from tests.programme.site import PAGES, a_date, a_page

HOSTILE = """
<script>alert(1)</script> <img src=x onerror=alert(1)> [click](javascript:alert(1)) ![x](https://abp.example/x.png)
[data](data:text/html;base64,PHN2Zz4=) <svg onload=alert(1)> `<b>` **bold**

{{ programme.name }}
"""


pytestmark = pytest.mark.usefixtures("site")


def see(browser, address, status=200):
    answer = browser.get(address)
    assert answer.status_code == status, answer.text[-2000:]
    return answer.text


@pytest.mark.parametrize("slug", [slug for slug in PAGES if slug != "welcome"])
def test_each_page_shows_its_row_with_the_facts_filled_in(anonymous, slug):
    shown = see(anonymous, f"/{slug}")
    title, summary, _ = PAGES[slug]
    assert f"<h1>{title}</h1>" in shown
    assert f"<title>{title} – Programme here</title>" in " ".join(shown.split())
    assert summary in shown
    assert "{{" not in shown


def test_facts_are_those_of_the_programme(anonymous):
    assert "There are 100 places." in see(anonymous, "/programme")
    assert "mailto:team@here.example" in see(anonymous, "/apply")


def test_a_page_without_a_row_is_not_there(anonymous):
    for address in ("/benefits", "/no-such-page", "/programmes/elsewhere/benefits", "/programmes/nowhere/role"):
        assert "Page not found" in see(anonymous, address, 404)


@pytest.mark.parametrize("address", ["/Role", "/role.php", "/.env", "/role/", "/-", "/" + "x" * 200])
def test_what_cannot_be_a_page_asks_nothing_of_the_database_about_pages(anonymous, asked, address):
    with asked() as statements:
        see(anonymous, address, 404)
    assert not [statement for statement in statements if "page.html" in statement]


def test_the_first_page_says_what_this_is_and_leads_on(anonymous):
    shown = see(anonymous, "/")
    assert "Be ready" in shown
    assert "The first page of Programme here." in shown
    for address in ("/programme", "/eligibility", "/login", "/support"):
        assert f'href="{address}"' in shown
    assert "Thursday 6 March 2031, 8:45am to 4:45pm" in shown


def test_the_words_of_the_first_page_have_no_second_address(anonymous):
    answer = anonymous.get("/welcome")
    assert (answer.status_code, answer.location) == (301, "/")


def test_the_first_page_stays_public_and_leads_members_home(site, client_for):
    shown = see(client_for(site.owner.email), "/")
    assert "Be ready" in shown
    assert 'href="/home"' in shown


def test_hostile_markdown_comes_out_harmless(site, app, anonymous):
    with app.app_context(), transaction():
        here = db.session.get_one(Programme, site.programme_id)
        a_page(here, "hostile", "<script>x</script>", "<b>x</b>", HOSTILE)
    seen = Seen()
    seen.feed(see(anonymous, "/hostile"))
    assert "strong" in seen.tags
    assert "<script>x</script>" in seen.words  # the title, as it was written
    assert seen.tags.isdisjoint({"img", "svg", "b"})
    assert len(seen.scripts) == 2  # the shell's own
    assert not [name for name in seen.attributes if name.startswith("on")]
    assert all(address.startswith(("/", "#", "mailto:", "https://")) for address in seen.addresses)


class Seen(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.addresses, self.scripts, self.words = set(), set(), [], [], ""

    def handle_starttag(self, tag, attrs):
        about = dict(attrs)
        self.tags.add(tag)
        self.attributes |= about.keys()
        self.addresses += [about["href"]] if tag == "a" else []
        self.scripts += [about] if tag == "script" else []

    def handle_data(self, data):
        self.words += data


def test_a_page_that_was_cooked_by_an_older_kitchen_is_cooked_again(site, app, anonymous):
    with app.app_context(), transaction():
        page = db.session.scalars(db.select(Page).filter_by(slug="role", programme_id=site.programme_id)).one()
        page.html, page.cook_version = "<script>old</script>", 0
    shown = see(anonymous, "/role")
    assert "<script>old" not in shown
    assert "Step in early, when it is safe." in shown


# -- whose pages -------------------------------------------------------------------------------------------------------


def test_another_programme_lives_beside_it_and_keeps_people_in(anonymous):
    shown = see(anonymous, "/programmes/elsewhere/programme")
    assert "Programme elsewhere" in shown
    assert 'href="/programmes/elsewhere/role"' in shown
    assert 'href="/role"' not in shown
    assert "Programme here" not in shown
    assert "team@elsewhere.example" in see(anonymous, "/programmes/elsewhere/apply")


def test_a_host_name_of_its_own_leads_to_a_programme(site, app, anonymous):
    with app.app_context(), transaction():
        db.session.get_one(Programme, site.other_programme_id).host = "elsewhere.example"
    at_home = anonymous.get("/programme", base_url="http://elsewhere.example")
    assert "Programme elsewhere" in at_home.text
    assert 'href="/role"' in at_home.text
    guest = anonymous.get("/programmes/here/programme", base_url="http://elsewhere.example").text
    assert 'href="/programmes/here/role"' in guest


def test_all_programmes_are_listed(anonymous):
    shown = see(anonymous, "/programmes")
    assert 'href="/"' in shown
    assert 'href="/programmes/elsewhere/"' in shown


def test_menus_are_made_of_rows(site, app, anonymous):
    shown = see(anonymous, "/role")
    assert 'href="/privacy"' in shown
    assert "Contact us" not in shown
    with app.app_context(), transaction():
        here = db.session.get_one(Programme, site.programme_id)
        a_page(here, "contact", "Contact us", "How to reach us", "Write.")
        a_page(here, "quiet", "Only by its link", "", "Words.", in_menu="false")
    shown = see(anonymous, "/role")
    assert 'href="/contact"' in shown
    assert "Only by its link" not in shown
    assert "Only by its link" in see(anonymous, "/quiet")


# -- keeping and cost --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/programme", "/dates", "/eligibility", "/support", "/programmes"])
def test_visitors_pages_may_be_kept_and_members_pages_never(site, anonymous, client_for, address):
    first = anonymous.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" in first.headers["Vary"]
    assert "Set-Cookie" not in first.headers
    again = anonymous.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client_for(site.owner.email).get(address).headers["Cache-Control"] == "no-store"


def test_a_change_changes_the_tag(site, app, anonymous):
    first = anonymous.get("/role")
    with app.app_context(), transaction():
        here = db.session.get_one(Programme, site.programme_id)
        here.contact_email = "new@here.example"
    again = anonymous.get("/role", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


def test_somebody_with_a_form_open_gets_pages_that_are_not_shared(anonymous):
    anonymous.get("/login")  # the session holds the token of the form now
    assert "public" not in anonymous.get("/role").headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/", "/programme", "/dates", "/eligibility", "/support"])
def test_what_a_page_costs_does_not_grow(site, app, anonymous, asked, address):
    anonymous.get(address)
    with asked() as before:
        anonymous.get(address)
    with app.app_context(), transaction():
        here = db.session.get_one(Programme, site.programme_id)
        for number in range(20):
            a_page(here, f"more-{number}", f"More {number}", "", "Words.")
            cohort = operations.add_cohort(here.id, f"Group {number}", CohortState.OPEN, (12, 20), by=None)
            a_date(cohort, EventKind.WORKSHOP_ONE, "Workshop one", in_london(2032, 1, 1 + number, 9))
    anonymous.get(address)  # what every page shows of programmes is kept until one changes, as here
    with asked() as after:
        anonymous.get(address)
    assert len(after) == len(before) <= 7


def test_what_the_law_asks_for_is_there_even_where_a_programme_has_no_words_for_it(site, app, anonymous):
    footer = anonymous.get("/programmes/elsewhere/role").text.partition("<footer")[2]
    assert 'href="/programmes/elsewhere/privacy"' in footer
    with app.app_context(), transaction():
        db.session.execute(db.delete(PageVersion))
        db.session.execute(db.delete(Page).filter_by(programme_id=site.other_programme_id, slug="privacy"))
    footer = anonymous.get("/programmes/elsewhere/role").text.partition("<footer")[2]
    assert 'href="/programmes/here/privacy"' in footer
    assert anonymous.get("/programmes/here/privacy").status_code == 200
