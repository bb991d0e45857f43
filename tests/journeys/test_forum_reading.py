"""A member finds a talk, reads on where they stopped, moves about with keys, searches, and makes a promise."""

import re

from playwright.sync_api import expect

from tests.journeys.browser import assert_accessible, assert_fits, sign_in
from tests.processes import until


def test_reading_on_where_one_stopped(page):
    sign_in(page, "outsider")
    page.goto("/forums")
    expect(page.get_by_role("heading", name="Forums", level=1)).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="The staff room", exact=True).click()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Small wins this month").click()
    expect(page.locator(".app-post").first).to_be_visible()
    assert_accessible(page)
    assert_fits(page)

    page.goto(page.url.partition("?")[0] + "?page=2")
    expect(page.locator("#post-21")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator("#post-21")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#post-22")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#post-21")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Turn the keys off").click()
    page.keyboard.press("j")
    expect(page.locator("#post-22")).not_to_be_focused()
    page.get_by_role("button", name="Keys for this page (off)").click()
    page.get_by_role("button", name="Turn the keys on").click()

    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="The staff room", level=1)).to_be_visible()


def test_searching_and_promising(page):
    sign_in(page, "outsider")
    page.goto("/forums/search")
    page.get_by_label("Words to look for").fill("kettle")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark", has_text="kettle").first).to_be_visible()
    assert_accessible(page)
    assert_fits(page)

    page.goto("/forums/in-confidence")
    agree = page.get_by_role("button", name="I agree: show me the board")
    if agree.is_visible():
        assert_accessible(page)
        assert_fits(page)
        agree.click()
    expect(page.get_by_role("heading", name="In confidence", level=1)).to_be_visible()
    page.get_by_role("link", name="I was the one who was unkind").click()
    expect(page.get_by_role("heading", name=re.compile("^Lantern")).first).to_be_visible()
    assert_accessible(page)


def test_without_scripts_all_of_it_can_be_read(without_javascript):
    page = without_javascript
    sign_in(page, "participant")
    page.goto("/forums/staff-room")
    page.get_by_role("link", name="Small wins this month").click()
    page.get_by_role("link", name="Next").first.click()
    expect(page.locator("#post-21")).to_be_visible()
    page.get_by_role("button", name="I have read up to here").click()
    expect(page.get_by_role("heading", name="The staff room", level=1)).to_be_visible()


def test_what_was_read_to_its_end_is_known_as_read(open_page):
    """The page says so by itself, soon after its reader got there."""
    page = open_page()
    sign_in(page, "facilitator")
    page.goto("/forums/staff-room")
    page.get_by_role("link", name="Welcome: start here").click()
    newest = page.locator("[data-number]").last.get_attribute("data-number")
    assert page.locator("#posts").get_attribute("data-read") == "0"
    page.keyboard.press("End")
    known = re.compile(rf'data-read="{newest}"')
    until(lambda: known.search(page.request.get(page.url).text()), patience=10, what="the reading position")
