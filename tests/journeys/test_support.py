"""Finding support: in three clicks, without scripts, without a network, and on a slow line."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import NARROW, WIDE, assert_accessible, assert_fits, sign_in

CRISIS_PAGE, OTHER_PAGES = 60_000, 150_000  # bytes that come over the line, everything in it
PAGES = ["/support", "/support/now", "/support/card", "/support/samaritans", "/support/freedom-to-speak-up-guardian"]


def test_from_home_to_dialling_in_three_clicks(page):
    page.goto("/")
    page.locator("main").get_by_role("link", name="See where you can turn").click()
    assert page.get_by_role("link", name="116 123").first.get_attribute("href") == "tel:116123"
    page.get_by_role("button", name="I worry about money").click()
    expect(page).to_have_url(re.compile("/support/find$"))
    expect(page).to_have_title("Information and contacts")
    expect(page.get_by_role("heading", name="If you need help now")).to_be_visible()
    third = page.get_by_role("link", name="0800 138 1111")
    expect(third).to_be_visible()
    assert third.get_attribute("href") == "tel:08001381111"
    assert_accessible(page)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_accessible(page, address):
    page.goto(address)
    assert_accessible(page)


def test_search_filter_and_read_without_scripts(without_javascript):
    page = without_javascript
    page.goto("/support")
    page.get_by_label("Search").fill("insomna")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Every Mind Matters", exact=True)).to_be_visible()
    page.get_by_text("Narrow it down").click()
    page.get_by_label("Without a referral from anybody").check()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Every Mind Matters", exact=True)).to_have_count(0)
    assert_fits(page)
    page.get_by_role("link", name="NHS talking therapies", exact=True).click()
    expect(page.get_by_text("What will happen when you get in touch")).to_be_visible()
    assert_fits(page)
    page.goto("/support/card")
    expect(page.get_by_text("Useful numbers")).to_be_visible()


def test_a_member_keeps_a_list_and_finds_their_own_organisation(open_page):
    page = open_page(NARROW)
    sign_in(page, "participant")
    page.goto("/support")
    at_work = page.get_by_role("region", name="Where you work, or outside it")
    expect(at_work.get_by_role("link", name="Freedom to Speak Up Guardian of Soar Valley Hospitals")).to_be_visible()
    expect(at_work.get_by_role("link", name="Acas", exact=True)).to_be_visible()
    page.goto("/support/acas")
    page.get_by_role("button", name="Keep on my list").click()
    page.get_by_role("link", name="Your list").click()
    assert_accessible(page)
    page.goto("/support/card")
    expect(page.get_by_text("0300 123 1100")).to_be_visible()
    page.goto("/support/saved")
    page.get_by_role("button", name="Take off my list Acas").click()
    expect(page.get_by_text("There is nothing on it yet")).to_be_visible()


def test_the_crisis_page_is_there_without_a_network(page):
    page.goto("/")
    assert page.evaluate("() => navigator.serviceWorker.ready.then((worker) => Boolean(worker.active))")
    page.trouble.expected += ["ERR_INTERNET_DISCONNECTED", "Failed to load resource"]
    page.context.set_offline(True)
    page.goto("/scenarios")
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    expect(page.get_by_text("There is no network at the moment")).to_be_visible()
    assert page.get_by_role("link", name="116 123").get_attribute("href") == "tel:116123"
    expect(page.get_by_role("link", name="Leave this page")).to_be_visible()
    border = page.locator(".app-service--urgent").first.evaluate("one => getComputedStyle(one).borderLeftWidth")
    assert border == "8px", "its styles are kept as well"
    assert_accessible(page)
    page.context.set_offline(False)
    page.goto("/support/now")
    expect(page.get_by_text("There is no network at the moment")).to_be_hidden()


@pytest.mark.parametrize(
    ("address", "most"), [*((address, OTHER_PAGES) for address in PAGES), ("/support/now", CRISIS_PAGE)]
)
def test_pages_are_light(open_page, address, most):
    page, loaded = open_page(WIDE), []
    page.on("requestfinished", lambda request: loaded.append(request))  # noqa: PLW0108 - it takes no built-in
    page.goto(address, wait_until="networkidle")
    weights = {each.url: each.sizes()["responseBodySize"] for each in loaded}
    assert any(url.endswith(".css") for url in weights)
    assert sum(weights.values()) < most, weights


def test_a_member_is_introduced_to_a_coach(open_page):
    member, coach = open_page(NARROW), open_page(WIDE)
    sign_in(coach, "facilitator")
    coach.goto("/support/coaching/mine")
    assert_accessible(coach)
    coach.get_by_role("button", name="Yes, introduce us").click()
    expect(coach.get_by_text("You both said yes.")).to_be_visible()
    sign_in(member, "participant")
    member.goto("/support")
    member.get_by_role("link", name="Coaching and mentoring", exact=True).click()
    assert_accessible(member)
    member.locator("main article a").last.click()
    assert_accessible(member)
    member.trouble.expected.append("422")
    member.get_by_role("button", name="Ask for an introduction").click()
    expect(member.get_by_role("alert").get_by_text("Tick the box if you agree")).to_be_visible()
    member.get_by_label("I agree that this person sees my name").check()
    member.get_by_role("button", name="Ask for an introduction").click()
    expect(member.get_by_text("They are asked.")).to_be_visible()
    expect(member.get_by_role("link", name="facilitator@demo.example")).to_be_visible()
    assert_accessible(member)
