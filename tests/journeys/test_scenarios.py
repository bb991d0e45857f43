"""A member practises a scenario from the gallery to the debrief: with scripts, without, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import assert_accessible, assert_fits, sign_in

SCENARIO = "Bed fourteen"
MINE = "Let us hear Anju to the end."
MOST_STEPS = 30


@pytest.fixture
def plain(without_javascript):
    """A browser that runs no script, signed in."""
    sign_in(without_javascript, "participant")
    return without_javascript


def open_scenario(page, *, anew=True):
    """To the pre-brief, and from there to the first passage."""
    page.goto("/scenarios")
    page.get_by_role("link", name=SCENARIO, exact=True).click()
    page.get_by_role("button", name=re.compile("^Start")).click()
    expect(page.locator("#now")).to_be_visible()


def choose(page, words):
    page.get_by_role("button", name=words).click()


def to_the_words(page):
    """As far as the passage that asks for one's own words."""
    choose(page, "Stand beside Anju, where you can see her sheet")
    choose(page, "Take one breath, and ask yourself if it is safe to act")
    choose(page, "I feel steady enough to say one short thing")
    expect(page.get_by_role("heading", level=1)).to_have_text("Finding the words")


def to_an_ending(page):
    """Choose whatever stands last until the story ends."""
    page.wait_for_load_state()
    for _ in range(MOST_STEPS):
        if page.locator(".app-scene--ending").count():
            return
        asked = page.get_by_role("textbox").count()
        way_on = page.get_by_role("button", name="Go on", exact=True) if asked else page.locator(".app-choice").last
        with page.expect_navigation():
            way_on.click()
    raise AssertionError("no ending was reached")


def test_from_the_gallery_to_the_debrief(page):
    sign_in(page, "participant")
    page.goto("/scenarios")
    assert_accessible(page)
    page.get_by_role("link", name=SCENARIO, exact=True).click()
    expect(page.get_by_text("You can stop at any time")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("^Start")).click()
    assert_accessible(page)

    to_the_words(page)
    assert_accessible(page)
    page.get_by_role("textbox").fill(MINE)
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.get_by_text(MINE)).to_be_visible()
    assert_accessible(page)
    choose(page, re.compile("Helen, let's not"))
    expect(page.locator("#what-changed")).to_contain_text("Your own safety went down")
    assert_accessible(page)

    page.get_by_role("button", name="Go back one step").click()
    expect(page.locator("#what-changed")).to_contain_text("You went back")
    page.get_by_role("button", name="Go on", exact=True).click()
    choose(page, re.compile("The words do not come"))
    to_an_ending(page)
    assert_accessible(page)

    page.get_by_role("button", name="Go to the debrief").click()
    expect(page.get_by_role("img", name="Your path as a picture")).to_be_visible()
    for summary in page.locator("summary").all():
        summary.click()
    expect(page.get_by_text(MINE).first).to_be_visible()
    assert_accessible(page)


def test_notes_save_themselves(open_page):
    page = open_page()
    sign_in(page, "participant")
    open_scenario(page)
    page.get_by_role("button", name="Stop here and go to the debrief").click()
    page.get_by_label("What will you try at work?").fill("Ask one question")
    expect(page.get_by_text(re.compile("^Saved at "))).to_be_visible()
    page.reload()
    expect(page.get_by_label("What will you try at work?")).to_have_value("Ask one question")
    page.get_by_label("What stays with you?").fill("Three seconds")
    page.get_by_role("button", name="Save my notes").click()
    expect(page.get_by_text("Your notes are saved.")).to_be_visible()


def test_the_focus_goes_to_each_new_passage(open_page):
    page = open_page()
    sign_in(page, "participant")
    open_scenario(page)
    choose(page, "Stand beside Anju, where you can see her sheet")
    expect(page.locator("#now")).to_be_focused()
    described = page.locator("#now").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("You chose: Stand beside Anju")


def test_all_of_it_works_without_scripts(plain):
    page = plain
    open_scenario(page)
    choose(page, "Stand beside Anju, where you can see her sheet")
    expect(page.locator("#now")).to_be_focused()
    page.get_by_role("button", name="Go back one step").click()
    to_the_words(page)
    page.get_by_role("textbox").fill(MINE)
    page.get_by_role("button", name="Go on", exact=True).click()
    to_an_ending(page)
    page.get_by_role("button", name="Go to the debrief").click()
    expect(page.get_by_text(MINE)).to_be_visible()
    page.locator("summary").first.click()
    page.get_by_label("What stays with you?").fill("Three seconds")
    page.get_by_role("button", name="Save my notes").click()
    expect(page.get_by_label("What stays with you?")).to_have_value("Three seconds")
    assert_fits(page)
    page.get_by_role("link", name="Delete this run").click()
    page.get_by_role("button", name="Delete this run").click()
    expect(page.get_by_text("The run is deleted")).to_be_visible()
    assert_fits(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_practice_without_a_record(open_page, javascript):
    page = open_page(width=320, javascript=javascript)
    sign_in(page, "outsider")
    page.goto("/scenarios")
    page.get_by_role("link", name=SCENARIO, exact=True).click()
    page.get_by_role("button", name="Practise without a record").click()
    expect(page).to_have_title("Practice")
    to_the_words(page)
    page.get_by_role("textbox").fill(MINE)
    page.get_by_role("button", name="Go on", exact=True).click()
    to_an_ending(page)
    page.get_by_role("button", name="Go to the debrief").click()
    expect(page.get_by_text(MINE)).to_be_visible()
    assert "handover" not in page.url
    assert_fits(page)
    page.goto("/scenarios/runs")
    expect(page.get_by_text("Nothing yet.")).to_be_visible()


def test_all_of_it_works_by_keyboard(open_page):
    page = open_page()
    sign_in(page, "participant")
    page.goto("/scenarios")

    def press(name, role="button"):
        """Tab until the control has the focus, as somebody does who has no mouse; then Enter."""
        wanted = page.get_by_role(role, name=name, exact=isinstance(name, str))
        for _ in range(60):
            page.keyboard.press("Tab")
            if wanted.evaluate_all("found => found.includes(document.activeElement)"):
                break
        expect(wanted).to_be_focused()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    press(SCENARIO, "link")
    press(re.compile("^Start"))
    press("Stand beside Anju, where you can see her sheet")
    press("Take one breath, and ask yourself if it is safe to act")
    press("Not in front of everyone. I will find Anju afterwards")
    expect(page.get_by_role("heading", level=1)).to_have_text("The linen room")
    press("Go back one step")
    press("Stop here and go to the debrief")
    expect(page.get_by_role("heading", level=1)).to_have_text("Debrief")
    press(re.compile("^Try another way from here .moment 1"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Seven forty")


def test_two_tabs_of_one_run(open_page):
    page = open_page()
    page.trouble.expected.append("409")
    sign_in(page, "participant")
    open_scenario(page)
    other = page.context.new_page()
    other.goto(page.url)
    choose(page, "Stand beside Anju, where you can see her sheet")
    choose(other, re.compile("Stay near the door"))
    expect(other.get_by_role("heading", level=1)).to_have_text("You have moved on in another tab")
    assert_accessible(other)
    other.get_by_role("button", name="Go to where you are now").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("The remark")


def test_the_way_out_is_on_every_page_of_playing(open_page):
    page = open_page()
    sign_in(page, "participant")
    open_scenario(page)
    page.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="Weather"))
    page.get_by_role("link", name=re.compile("Leave this page")).click()
    expect(page).to_have_url(re.compile("bbc.co.uk/weather"))
