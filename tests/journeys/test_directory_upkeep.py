"""A team member looks after the directory: the overdue list, and a dirty import that is understood and undone."""

import re

import pytest

from tests.journeys.browser import assert_accessible, assert_fits, sign_in
from tests.signposting.upkeep.dirty import TEXT

FEED = {"name": "feed.json", "mimeType": "application/json", "buffer": TEXT.encode()}
STILL_RIGHT = re.compile("Checked today: still right")


def overdue(page):
    """How many entries the list says are overdue."""
    page.goto("/lead/directory?show=overdue")
    found = re.search(r"(\d+) entr(?:y is|ies are) overdue", page.inner_text("main"))
    return int(found[1]) if found else 0


def test_a_team_member_works_through_the_overdue_list(page):
    sign_in(page, "lead")
    page.goto("/lead")
    page.get_by_role("link", name="Directory of support").click()
    assert_accessible(page)
    before = overdue(page)
    assert before > 1
    page.get_by_role("button", name=STILL_RIGHT).first.click()
    page.get_by_text("was checked today and is still right").wait_for()
    assert overdue(page) == before - 1
    page.locator(".app-entry a").first.click()
    assert_accessible(page)
    page.get_by_role("button", name=STILL_RIGHT).click()
    page.get_by_text("was checked today and is still right").wait_for()
    page.get_by_role("link", name="What it said before").click()
    page.get_by_text("Checked: still right").first.wait_for()
    assert_accessible(page)
    assert overdue(page) == before - 2


def test_an_entry_is_changed_with_a_preview(page):
    sign_in(page, "lead")
    page.goto("/lead/directory/new")
    assert_accessible(page)
    page.get_by_label("Name", exact=True).fill("Tea at night")
    page.get_by_label("What it is, in a sentence").fill("Somebody to talk to at three in the morning.")
    page.get_by_label("Numbers, one a line").fill("0808 800330")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("was a digit lost?").first.wait_for()
    assert_accessible(page)
    page.get_by_label("Numbers, one a line").fill("0808 800 3302")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("It is not saved yet").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("The entry is there").wait_for()
    assert_accessible(page)


def test_a_dirty_import_is_understood_and_undone(page):
    sign_in(page, "lead")
    page.goto("/lead/directory/imports")
    assert_accessible(page)
    page.get_by_label("Name of the feed").fill("council")
    page.get_by_label("A file").set_input_files(FEED)
    page.get_by_role("button", name="Read it").click()
    keep = page.get_by_role("button", name="Import these entries")
    keep.wait_for(timeout=30_000)
    assert "4 new" in page.inner_text("main")
    page.get_by_text(re.compile(r"\d+ notes")).first.click()
    page.get_by_text("was a digit lost?").wait_for()
    assert_accessible(page)
    keep.click()
    undo = page.get_by_role("button", name="Undo this import")
    undo.wait_for(timeout=30_000)
    assert_accessible(page)
    page.goto("/lead/directory?q=Community+counselling")
    assert page.locator(".app-entry").count() == 1
    page.go_back()
    undo.click()
    page.get_by_text("are as they were before").wait_for(timeout=30_000)
    page.goto("/lead/directory?q=Community+counselling")
    page.get_by_text("There are no such entries").wait_for()


@pytest.mark.parametrize("path", ["", "/gaps", "/faults", "/suggestions", "/organisations"])
def test_its_pages_work_without_scripts(without_javascript, path):
    sign_in(without_javascript, "lead")
    without_javascript.goto(f"/lead/directory{path}")
    assert_fits(without_javascript)
