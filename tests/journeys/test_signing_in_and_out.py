"""A member signs in on a shared computer, and out again."""

import re

from playwright.sync_api import expect

from tests.journeys.browser import assert_accessible, assert_fits, sign_in


def test_a_visitor_reads_what_the_programme_is(page):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)


def test_a_member_signs_in_and_out(page):
    page.goto("/login")
    assert_accessible(page)
    sign_in(page, "participant")
    assert_accessible(page)
    signed_in_at = page.url
    page.get_by_role("button", name=re.compile("Sign out")).first.click()
    page.wait_for_load_state()
    page.goto(signed_in_at)
    expect(page).to_have_url(re.compile("/login"))


def test_all_of_it_works_without_scripts(without_javascript):
    page = without_javascript
    sign_in(page, "participant")
    assert_fits(page)
    page.get_by_role("button", name=re.compile("Sign out")).first.click()
    page.wait_for_load_state()
    assert_fits(page)
