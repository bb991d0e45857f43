"""Moderators watch words and assess risks; somebody without an account complains."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.journeys.browser import assert_accessible, assert_fits, sign_in


def test_a_moderator_tries_a_word_watches_it_and_lets_it_go(page):
    word = f"nonsense{uuid4().hex[:8]}"
    sign_in(page, "moderator")
    page.goto("/moderation/words")
    expect(page.get_by_role("heading", name="Watched words", level=1)).to_be_visible()
    assert_accessible(page)
    assert_fits(page)

    page.get_by_label("Word or phrase", exact=True).fill(word)
    page.get_by_role("radio", name="Suggest").check()
    page.get_by_role("button", name="Watch it").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what you suggest instead")
    assert_accessible(page)

    page.get_by_label("What do you suggest instead?").fill("sense")
    page.get_by_role("button", name="Try it on recent posts").click()
    expect(page.get_by_role("heading", name=f"“{word}” in recent posts")).to_be_visible()
    page.get_by_role("button", name="Watch it").click()
    page.get_by_role("link", name=word).click()
    expect(page.get_by_role("radio", name="Suggest")).to_be_checked()
    assert_accessible(page)
    page.get_by_role("button", name="Watch it no longer").click()
    expect(page.get_by_role("link", name=word)).to_have_count(0)


def test_an_assessment_is_read_changed_and_printed(page):
    sign_in(page, "moderator")
    page.goto("/moderation/risks")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Fraud and spam").click()
    assert_accessible(page)
    page.get_by_role("link", name="Assessment of risks", exact=True).first.click()
    page.get_by_role("link", name="Version 1,").click()
    expect(page.get_by_role("heading", name="Assessment of risks, version 1")).to_be_visible()
    assert_accessible(page)


def test_somebody_without_an_account_complains(page):
    page.goto("/rules")
    assert_accessible(page)
    page.get_by_role("link", name="complain to us").click()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Send the complaint").click()
    expect(page.get_by_role("alert")).to_contain_text("Tell us what is wrong")
    page.get_by_label("What is wrong?").fill("Somebody wrote about my mother.")
    page.get_by_role("button", name="Send the complaint").click()
    expect(page.get_by_text("The number of your complaint is C")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="a page that only you have the address of").click()
    expect(page.get_by_text("Somebody is looking at it.")).to_be_visible()


def test_a_complaint_needs_no_script(without_javascript):
    page = without_javascript
    page.goto("/complaints")
    page.get_by_label("What is wrong?").fill("Somebody wrote about my father.")
    page.get_by_role("button", name="Send the complaint").click()
    expect(page.get_by_role("heading", name="We have received it")).to_be_visible()
