"""A visitor reads what the programme is, and everybody finds their way on after signing in."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import WIDE, assert_accessible, assert_fits, sign_in

PUBLIC = [
    "/", "/programme", "/role", "/eligibility", "/commitments", "/benefits", "/dates", "/apply", "/resources",
    "/contact", "/accessibility", "/privacy", "/cookies", "/support", "/programmes", "/programmes/northfolk/",
    "/programme-video-transcript",
]  # fmt: skip
OF_MEMBERS = ["/home", "/home/dates", "/", "/programme", "/support"]
OF_LEADS = [
    "/home", "/lead", "/lead/pages", "/lead/pages/role", "/lead/pages/role/history", "/lead/pages/role/history/1",
    "/lead/programme", "/lead/cohorts", "/lead/cohorts/new", "/lead/cohorts/next", "/lead/cohorts/next/remove",
    "/lead/cohorts/next/dates/new",
]  # fmt: skip


def test_every_public_page_is_accessible(page):
    for address in PUBLIC:
        assert page.goto(address).status == 200, address
        assert_accessible(page)


@pytest.mark.parametrize("who", ["participant", "facilitator", "sponsor"])
def test_first_pages_are_accessible(page, who):
    sign_in(page, who)
    for address in OF_MEMBERS:
        page.goto(address)
        assert_accessible(page)


def test_pages_of_leads_are_accessible(page):
    sign_in(page, "lead")
    for address in OF_LEADS:
        assert page.goto(address).status == 200, address
        assert_accessible(page)


def test_a_visitor_finds_out_whether_and_when_without_scripts(without_javascript):
    page = without_javascript
    page.goto("/")
    page.get_by_role("link", name="See if you can apply").click()
    page.trouble.expected.append("422")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert").get_by_text("Choose where you work")).to_be_visible()
    page.get_by_label("A charity").check()
    page.get_by_label("In Leicester, Leicestershire and Rutland").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="Yes, you can apply")).to_be_visible()
    assert_fits(page)
    page.locator("#answer").get_by_role("link", name="Dates and places").click()
    expect(page.get_by_text("Open for interest")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Add all workshops to your calendar").first.click()
    assert download.value.suggested_filename.endswith(".ics")
    page.goto("/programme")
    page.get_by_role("link", name="Read the words of this film").click()
    expect(page.get_by_role("heading", name=re.compile("Transcript"))).to_be_visible()
    assert_fits(page)


def test_support_dials_and_leaves_without_scripts(without_javascript):
    page = without_javascript
    page.goto("/support")
    assert page.title() == "Information and contacts"
    assert page.get_by_role("link", name="116 123").get_attribute("href") == "tel:116123"
    assert page.get_by_role("link", name="Text SHOUT to 85258").first.get_attribute("href") == "sms:85258"
    leave = page.get_by_role("link", name="Leave this page")
    assert leave.get_attribute("href").startswith("https://")
    assert_fits(page)


def test_a_lead_writes_a_page_and_moves_a_date(open_page):
    page = open_page(WIDE)
    sign_in(page, "northfolk.lead")
    page.get_by_role("link", name="Look after the programme").click()
    page.get_by_role("link", name="Public pages").click()
    page.get_by_role("link", name="The upstander role").click()
    text = page.get_by_label("Text")
    text.fill("Notice. {{ targets.sets }} times **over**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_label("Preview").get_by_text("Notice. 4 times over.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("The page was saved and is public now.")).to_be_visible()
    page.goto("/programmes/northfolk/role")
    expect(page.get_by_text("Notice. 4 times over.")).to_be_visible()

    page.goto("/lead/cohorts/new")
    page.get_by_label("Name").fill("Summer group")
    page.get_by_label("Open for interest").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Workshop one").check()
    for part, value in (("Day", "30"), ("Month", "March"), ("Year", "2031")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Starts at").fill("1:30am")
    page.get_by_label("Ends at").fill("4pm")
    page.trouble.expected.append("422")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").get_by_text("The clocks go forward in that hour")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Starts at").fill("8:45am")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Sunday 30 March 2031, 8:45am to 4pm")).to_be_visible()
    page.goto("/lead/cohorts/summer-group/remove")
    page.get_by_role("button", name="Remove this cohort").click()
    expect(page.get_by_text("The cohort was removed.")).to_be_visible()


def test_two_leads_at_once_lose_nothing(page, open_page):
    other = open_page(WIDE)
    for each in (page, other):
        sign_in(each, "northfolk.lead")
        each.goto("/lead/pages/contact")
    other.get_by_label("Text").fill("The first words.")
    other.get_by_role("button", name="Save and publish").click()
    expect(other.get_by_text("The page was saved and is public now.")).to_be_visible()
    page.get_by_label("Text").fill("The second words.")
    page.trouble.expected.append("409")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("heading", name="Somebody saved this page before you")).to_be_visible()
    expect(page.get_by_role("region", name="Their text")).to_have_text("The first words.")
    expect(page.get_by_label("Text", exact=True)).to_have_value("The second words.")
    assert_accessible(page)
    page.get_by_role("button", name="Save mine in place of theirs").click()
    expect(page.get_by_text("The page was saved and is public now.")).to_be_visible()
