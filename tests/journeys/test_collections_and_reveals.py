"""A post finds its way into a collection and out again; two moderators reveal an alias, and its author is told."""

import re
from itertools import count

import pytest

from tests.journeys.browser import assert_accessible, assert_fits, sign_in

NUMBERS = count(1)


@pytest.fixture
def person(open_page):
    """`person("moderator")`: a browser of their own in which they have signed in."""

    def signed_in(who):
        page = open_page()
        sign_in(page, who)
        return page

    return signed_in


def post_in(page, board, *, alias=False):
    """Begin a topic; gives the number of its first post and words that no other post has."""
    words = f"I asked whether they were all right, time {next(NUMBERS)}."
    page.goto(f"/forums/{board}")
    if page.get_by_role("button", name="I agree").count():
        page.get_by_role("button", name="I agree").click()
    page.goto(f"/forums/{board}/new")
    page.get_by_label("Title").fill(f"One question: {words}")
    page.get_by_label("Your post").fill(words)
    if alias:
        page.get_by_label(re.compile("name", re.IGNORECASE)).check()
    page.get_by_role("button", name="Post it").click()
    page.get_by_text("Your post is there.").wait_for()
    link = page.locator("a[href*='/forums/posts/'][href$='/edit']").last.get_attribute("href")
    return int(re.search(r"/posts/(\d+)/", link)[1]), words


def test_consent_is_given_and_taken_back(page, person):
    sign_in(page, "participant")
    post_id, words = post_in(page, "staff-room")

    moderator = person("moderator")
    moderator.goto(f"/forums/collections/propose/{post_id}")
    assert_accessible(moderator)
    moderator.get_by_label("Why is it worth keeping?").fill("One question is enough.")
    moderator.get_by_role("button", name="Ask its author").click()
    moderator.get_by_text("Nothing is shown unless they agree").wait_for()
    assert_accessible(moderator)
    shelf = moderator.url

    page.goto("/forums/collections/mine")
    page.get_by_role("link", name=re.compile("Read what would be shown.*One question")).first.click()
    page.get_by_role("heading", name="May this be shown to others?").wait_for()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("The words that would be shown").fill(f"{words} They were not.")
    page.get_by_label("Nobody can be recognised from this").check()
    page.get_by_role("button", name="I agree").click()
    page.get_by_text("It is shown in the collection now").wait_for()
    assert_accessible(page)

    other = person("facilitator")
    other.goto(shelf)
    other.get_by_text(f"{words} They were not.").wait_for()
    assert_accessible(other)
    page.get_by_role("button", name=re.compile("Take it back One question")).first.click()
    page.get_by_text("It is in no collection any more").wait_for()
    other.reload()
    assert other.get_by_text(f"{words} They were not.").count() == 0


def test_two_moderators_reveal_an_alias(page, person):
    author = person("participant")
    post_id, _ = post_in(author, "in-confidence", alias=True)

    sign_in(page, "moderator")
    page.goto(f"/moderation/reveals/new/post/{post_id}")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Somebody may come to harm").check()
    page.get_by_label("What would you do with the name?").fill("Ring them before the night shift.")
    page.get_by_label("This is not about me").check()
    page.get_by_role("button", name="Ask for a second person").click()
    page.get_by_text("The other moderators were asked").wait_for()
    assert page.get_by_text("Amina Yusuf").count() == 0
    assert_accessible(page)

    second = person("moderator2")
    second.goto(page.url)
    assert_accessible(second)
    second.get_by_label("This is not about me").check()
    second.get_by_role("button", name="Reveal who wrote it").click()
    second.get_by_text("Revealed. The author is told.").wait_for()
    second.get_by_text("Amina Yusuf").wait_for()
    assert_accessible(second)
    page.reload()
    page.get_by_text("Amina Yusuf").wait_for()

    author.goto("/inbox")
    author.get_by_role("link", name="Moderators have taken a step").first.click()
    author.get_by_role("heading", name="Two moderators know who wrote this").wait_for()
    assert_accessible(author)


def test_what_identifies_somebody_is_taken_away(without_javascript, person):
    author = person("participant")
    post_id, words = post_in(author, "staff-room")
    page = without_javascript
    sign_in(page, "moderator")
    page.goto(f"/moderation/incidents/new/post/{post_id}")
    assert_fits(page)
    page.get_by_label("Who a colleague is").check()
    page.get_by_role("button", name="Take it away now").click()
    page.get_by_role("heading", name="What still has to be done").wait_for()
    assert_fits(page)
    lead = person("lead")
    for address in (page.url, "/moderation/incidents"):
        lead.goto(address)
        assert_accessible(lead)
    author.trouble.expected.append("404")  # nobody had answered, so the topic went with its only post
    author.goto(f"/forums/posts/{post_id}")
    assert author.get_by_text(words).count() == 0


@pytest.mark.parametrize(
    "address",
    ["/transparency", "/forums/collections", "/forums/digest", "/forums/feed", "/lead/boards", "/lead/boards/new"],
)
def test_pages_are_accessible_and_fit(page, address):
    if address != "/transparency":
        sign_in(page, "lead")
    page.goto(address)
    assert_accessible(page)
    assert_fits(page)
