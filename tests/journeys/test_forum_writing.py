"""Writing in the forums in a real browser: drafts, screening, quotes, changes, undo, reactions, a report."""

import re
from itertools import count

import pytest

from tests.journeys.browser import assert_accessible, assert_fits, sign_in

NUMBERS = count(1)


@pytest.fixture
def title():
    """A title that no other journey uses; in the words of each too, because nobody posts the same twice a day."""
    return f"A journey through the night, part {next(NUMBERS)}"


@pytest.fixture
def board(page):
    """The address of a board that everybody reads, where the participant has signed in."""
    sign_in(page, "participant")
    page.goto("/forums")
    page.get_by_role("link", name="The staff room").click()
    page.get_by_role("heading", name="The staff room").wait_for()
    return page.url


def write(page, board, title, body):
    """Begin to write a topic."""
    page.goto(f"{board}/new")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your post").fill(f"{body} {title}")


def test_from_a_restored_draft_to_a_published_topic(page, board, title, open_page):
    write(page, board, title, "Ring her on 07700 900123 after the night shift.")
    page.get_by_text("Draft saved").wait_for()
    page.goto("/forums")
    page.goto(f"{board}/new")
    page.get_by_text("Here is what you were writing").wait_for()
    assert page.get_by_label("Title").input_value() == title
    assert_accessible(page)

    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="This is how it will look").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Post it").click()
    page.get_by_role("heading", name="Before this is posted").wait_for()
    assert page.locator("mark").inner_text() == "07700 900123"
    assert_accessible(page)
    page.get_by_role("button", name="Take out what is marked").click()
    page.get_by_text("Your post is there.").wait_for()
    assert page.get_by_text("[removed: phone number]").is_visible()
    assert_accessible(page)

    other = open_page()
    sign_in(other, "facilitator")
    other.goto(page.url)
    other.get_by_role("button", name="I am with you").click()
    other.get_by_role("button", name=re.compile("I am with you 1")).wait_for()
    other.get_by_role("link", name=re.compile("^Report")).click()
    other.get_by_label("I am worried about the person who wrote it").check()
    assert_accessible(other)


def test_reply_with_a_quote_change_it_delete_it_bring_it_back(page, board, title):
    write(page, board, title, "What helps you to sleep after nights?")
    page.get_by_role("button", name="Post it").click()
    page.get_by_text("Your post is there.").wait_for()

    page.get_by_role("link", name="Quote post 1").click()
    words = page.get_by_label("Your post")
    assert "> What helps you to sleep" in words.input_value()
    words.press("Control+End")
    words.type(f"A dark room, and no phone. {title}")
    page.get_by_role("button", name="Post it").click()
    page.locator("blockquote", has_text="What helps you to sleep").wait_for()

    page.get_by_role("link", name="Change post 2").click()
    page.get_by_label("Your post").fill(f"A dark room, and a walk first. {title}")
    assert_accessible(page)
    page.get_by_role("button", name="Save the change").click()
    page.get_by_text("Your change is there.").wait_for()
    page.get_by_role("link", name="Earlier versions of post 2").click()
    page.get_by_text("and no phone").wait_for()
    assert_accessible(page)
    page.go_back()

    page.get_by_role("link", name="Delete post 2").click()
    assert_accessible(page)
    page.get_by_role("button", name="Delete it").click()
    page.get_by_role("button", name="Bring it back").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_text("Your post is back.").wait_for()
    assert page.get_by_text("and a walk first").is_visible()


def test_names_after_an_at_and_what_one_keeps(page, board, title):
    write(page, board, title, "Thank you for")
    words = page.get_by_label("Your post")
    words.press("Control+End")
    words.type(" @gra")
    page.get_by_role("option", name="Grace Adeyemi").wait_for()
    assert_accessible(page)
    words.press("Enter")
    assert re.search(r"@grace-adeyemi-\d+ $", words.input_value())
    page.get_by_role("button", name="Post it").click()
    page.locator("b", has_text="@Grace Adeyemi").wait_for()

    page.get_by_role("button", name="Bookmark post 1").click()
    page.get_by_text("It is in your bookmarks.").wait_for()
    page.goto("/forums/bookmarks")
    page.get_by_role("link", name=title).wait_for()
    assert_accessible(page)
    page.goto("/forums/drafts")
    assert_accessible(page)


def test_two_tabs_with_one_draft_lose_nothing(page, board, title):
    write(page, board, title, "From the first tab")
    page.get_by_text("Draft saved").wait_for()
    second = page.context.new_page()
    second.goto(f"{board}/new")
    second.get_by_label("Your post").fill("From the second tab")
    second.get_by_text("Draft saved").wait_for()
    page.get_by_label("Your post").fill("The first tab goes on")
    page.get_by_text("both are kept").wait_for()
    second.close()
    page.goto("/forums/drafts")
    for words in ("From the second tab", "The first tab goes on"):
        assert page.get_by_text(words).count() == 1
    for _ in range(page.get_by_role("button", name=re.compile("Throw away")).count()):
        page.get_by_role("button", name=re.compile("Throw away")).first.click()


def test_without_scripts(without_javascript, title):
    page = without_javascript
    sign_in(page, "outsider")
    page.goto("/forums")
    page.get_by_role("link", name="The staff room").click()
    board = page.url
    write(page, board, title, "Ring her on 07700 900123.")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_text("Your draft is saved").wait_for()
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="This is how it will look").wait_for()
    assert_fits(page)
    page.get_by_role("button", name="Post it").click()
    page.get_by_label("Why is it all right").fill("It is the number of our office.")
    assert_fits(page)
    page.get_by_role("button", name="let a moderator look first").click()
    page.get_by_text("A moderator looks at your post first").wait_for()
    assert_fits(page)


def test_a_moderator_looks_after_a_topic(page, board, title, open_page):
    write(page, board, title, "Which tea is best at four in the morning?")
    page.get_by_role("button", name="Post it").click()
    page.get_by_text("Your post is there.").wait_for()
    moderator = open_page()
    sign_in(moderator, "moderator")
    moderator.goto(page.url)
    moderator.get_by_role("link", name="Look after this topic").click()
    assert_accessible(moderator)
    moderator.get_by_role("button", name="Take no more posts").click()
    moderator.get_by_text("It takes no more posts.").wait_for()
    page.reload()
    page.get_by_text("This topic is closed").wait_for()
