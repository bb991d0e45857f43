"""A whole case in the browser: a post is held, refused, appealed against and published; a member, two moderators."""

import re

import pytest

from tests.journeys.browser import NARROW, assert_accessible, assert_fits, sign_in
from tests.processes import until

TITLE = "Stock that ran out"
BOARD = "/forums/staff-room"
DESK = ("", "/rota", "/replies/new", "/people", "/spam", "/independent", "/actions", "/concern", "/support", "/mine")


@pytest.fixture
def person(open_page):
    """`person("moderator")`: a browser of their own in which they have signed in."""

    def signed_in(who, **options):
        page = open_page(**options)
        sign_in(page, who)
        return page

    return signed_in


def write_what_is_held(page):
    """Post something that screening asks about, and send it to a moderator."""
    page.goto(f"{BOARD}/new")
    page.get_by_label("Title").fill(TITLE)
    page.locator("#body").fill("The stock number was 9434765919, and nobody wanted to say so.")
    page.get_by_role("button", name="Post it").click()
    page.get_by_label("Why is it all right").fill("It is the number of a box.")
    page.get_by_role("button", name="Keep it, and let a moderator look first").click()
    page.wait_for_url(lambda url: "/new" not in url)


def open_case(page, lane, words):
    """Find the case among those of a lane and show what was said."""
    page.goto(f"/moderation?lane={lane}")
    addresses = page.locator(".app-cases__what a").evaluate_all("links => links.map(link => link.href)")
    for address in addresses:
        page.goto(address)
        if words in page.locator(".app-reveal__text").text_content():
            return address
    raise AssertionError(f"no case in {lane} is about {words!r}")


def hears(page, text):
    """Look into the inbox until a decision leads to a page with these words."""

    def is_there():
        page.goto("/moderation/mine")
        links = page.locator(".app-cases__what a")
        return links.count() and text in links.first.text_content()

    until(is_there, patience=30, what=text)
    page.locator(".app-cases__what a").first.click()


def test_held_refused_undone_refused_appealed_and_published(person):
    """Twice it takes the ten seconds before anybody is told; the desk is looked at meanwhile."""
    author, moderator = person("participant", width=NARROW), person("moderator")
    write_what_is_held(author)

    case = open_case(moderator, "holds", TITLE)
    assert not moderator.locator(".app-reveal__text").is_visible(), "nothing is shown before it is asked for"
    moderator.keyboard.press("v")
    moderator.locator("mark", has_text="9434765919").wait_for()
    assert_accessible(moderator)
    moderator.keyboard.press("r")
    moderator.locator(".app-undo").wait_for()
    assert_accessible(moderator)
    moderator.keyboard.press("u")
    moderator.get_by_text("The decision is undone. Nobody was told.").wait_for()
    assert moderator.url == case
    moderator.keyboard.press("r")
    moderator.locator(".app-undo").wait_for()
    for path in DESK[:4]:
        moderator.goto(f"/moderation{path}")
        assert_accessible(moderator)

    hears(author, "What you wrote was removed")
    assert_accessible(author)
    author.get_by_label("Why should somebody look again?").fill("It is a box, not a patient.")
    author.get_by_role("button", name="Ask for another look").click()
    author.get_by_text("Somebody who had no part in the decision looks at it again").wait_for()
    decision = author.url
    assert_accessible(author)

    other = person("moderator2")
    address = open_case(other, "appeals", TITLE)
    moderator.trouble.expected.append("404")
    moderator.goto(address)
    moderator.get_by_role("heading", name="Page not found").wait_for()
    assert_accessible(other)
    other.keyboard.press("r")
    other.locator(".app-undo").wait_for()

    def is_reversed():
        author.goto(decision)
        return author.get_by_text("This decision was reversed").count()

    until(is_reversed, patience=30, what="the reversal")
    assert_accessible(author)
    author.goto(BOARD)
    author.get_by_role("link", name=TITLE).first.wait_for()


def test_the_desk_is_accessible_on_a_phone(open_page):
    page = open_page(width=NARROW)
    sign_in(page, "lead")
    for path in DESK:
        page.goto(f"/moderation{path}")
        assert_accessible(page)


def test_a_member_who_worries_sees_who_is_there_and_works_without_scripts(without_javascript, person):
    page = without_javascript
    sign_in(page, "outsider")
    page.goto(BOARD)
    page.locator("a", has_text=re.compile("Welcome")).first.click()
    page.get_by_role("link", name=re.compile("Report")).last.click()
    page.get_by_label("I am worried about the person").check()
    assert_fits(page)
    page.get_by_role("button", name="Send to the moderators").click()
    page.get_by_role("heading", name="Thank you for telling us").wait_for()
    assert page.get_by_role("link", name="999").first.is_visible()
    assert_fits(page)
    moderator = person("moderator2", javascript=False)
    moderator.goto("/moderation?lane=wellbeing&held=free")
    moderator.locator(".app-cases__what a").first.click()
    moderator.get_by_role("heading", name="Why it is here").wait_for()
    assert_fits(moderator)
    moderator.get_by_role("button", name="Offer support").click()
    moderator.get_by_role("button", name="Undo").wait_for()
