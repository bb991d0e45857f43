"""Hostile words in a real browser: in previews and in kept posts nothing runs, only the allow-list is left."""

import pytest

from app.core.html import ATTRIBUTES, TAGS
from tests.forums.writing import attacks
from tests.journeys.browser import sign_in

# ":" is what a browser calls an address that leads nowhere, such as //javascript:x
LOOK = """([tags, attributes]) => [...document.querySelectorAll(".app-words *")].filter(e => {
    const tag = e.tagName.toLowerCase();
    if (!tags.includes(tag)) return true;
    for (const {name} of e.attributes) if (!(attributes[tag] || []).includes(name)) return true;
    return tag === "a" && e.hasAttribute("href") && ![":", "http:", "https:", "mailto:", "tel:"].includes(e.protocol);
}).map(e => e.outerHTML.slice(0, 200))"""
ATTRIBUTES_LEFT = {tag: sorted(names) for tag, names in ATTRIBUTES.items()} | {"a": ["href", "title", "rel"]}


def assert_harmless(page):
    """Nothing ran, and nothing is there that could."""
    assert page.evaluate("() => window.caught") is None
    assert page.evaluate(LOOK, [sorted(TAGS | {"b"}), ATTRIBUTES_LEFT]) == []
    assert page.locator(".app-words").last.inner_text(), "there was something to look at"


@pytest.fixture
def writer(open_page):
    """Somebody with a dialog that must never open."""
    page = open_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    sign_in(page, "facilitator")
    return page


def test_nothing_runs_in_a_preview(writer):
    writer.goto("/forums/staff-room/new")
    for body in attacks.posts():
        writer.get_by_label("Your post").fill(body)
        with writer.expect_response("**/forums/preview"):
            writer.get_by_role("button", name="Preview").click()
        writer.locator("#preview").wait_for()
        assert_harmless(writer)


def test_nothing_runs_in_a_post(writer):
    body = list(attacks.posts())[-1]
    writer.goto("/forums/staff-room/new")
    writer.get_by_label("Title").fill('<img src=x onerror=window.caught=1> "onload=window.caught=1')
    writer.get_by_label("Your post").fill(body)
    writer.get_by_role("button", name="Post it").click()
    writer.locator(".app-post").wait_for()
    assert_harmless(writer)
    assert "<img src=x" in writer.get_by_role("heading", level=1).inner_text()
    writer.get_by_role("link", name="Quote post 1").click()
    writer.get_by_role("button", name="Preview").click()
    writer.locator("#preview").wait_for()
    assert_harmless(writer)
