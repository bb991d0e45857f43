"""A coffee round from sign-up to "did it happen?", paired by the worker; the second match; a confidential wish."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.browser import assert_accessible, assert_fits, sign_in

WORKER = 30  # seconds that the worker may take to pair a round
NAMES = {
    "participant": "Amina Yusuf",
    "outsider": "Tom Hartley",
    "facilitator": "Priya Raval",
    "moderator": "Grace Adeyemi",
}


@pytest.fixture
def person(open_page):
    """`person("lead")`: a browser of their own in which they have signed in."""

    def signed_in(who):
        page = open_page()
        sign_in(page, who)
        return page

    return signed_in


def open_round(lead):
    """A new round, with nobody in it yet; whatever was open is called off."""
    lead.goto("/lead/rounds")
    assert_accessible(lead)
    if lead.get_by_role("link", name="Call the round off").count():
        lead.get_by_role("link", name="Call the round off").click()
        assert_accessible(lead)
        lead.get_by_role("button", name="Call the round off").click()
        lead.get_by_text("The round is called off").wait_for()
    lead.get_by_role("link", name="Open a round").click()
    lead.get_by_label("2 people").check()
    day = datetime.now(UTC) + timedelta(days=4)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        lead.get_by_label(part, exact=True).fill(str(number))
    assert_accessible(lead)
    lead.get_by_role("button", name="Open the round").click()
    lead.get_by_text("The round is open").wait_for()


def close_round(lead):
    """The lead ends sign-up; the worker pairs."""
    lead.goto("/lead/rounds")
    lead.get_by_role("link", name="Close sign-up now").click()
    assert_accessible(lead)
    lead.get_by_role("button", name="Close sign-up now").click()
    lead.get_by_text("Sign-up is closed").wait_for()


def take_part_once(page):
    page.goto("/catchups/rounds")
    page.get_by_role("link", name="Take part").click()
    page.get_by_label("Only in the round that is open now").check()
    page.get_by_label("Somebody from another organisation").check()
    page.get_by_role("button", name="Take part").click()
    page.get_by_text("You are in the round").wait_for()


def newest_round(page):
    page.goto("/lead/rounds")
    return page.get_by_role("heading", name=re.compile(r"Round \d+ is open")).inner_text().split()[1]


def group_in(page, number, other=""):
    """Wait until the worker has put somebody into a group of the round, and go there."""
    heading = page.get_by_role("link", name=re.compile(rf"^Round {number}: you and .*{other}"))
    give_up = time.monotonic() + WORKER
    while time.monotonic() < give_up:
        page.goto("/catchups/rounds")
        if heading.count():
            heading.first.click()
            page.get_by_role("heading", name="To begin with").wait_for()
            return
    pytest.fail(f"no group in round {number} after {WORKER} seconds")


def test_from_sign_up_to_did_it_happen(page, person):
    lead, other = person("lead"), person("outsider")
    open_round(lead)
    number = newest_round(lead)

    sign_in(page, "participant")
    page.goto("/catchups/rounds")
    assert_accessible(page)
    page.get_by_role("link", name="Take part").click()
    assert_accessible(page)
    page.get_by_role("button", name="Take part").click()
    page.get_by_role("link", name="Choose how often you would like to meet somebody").wait_for()
    assert_accessible(page)
    take_part_once(page)
    assert_accessible(page)
    take_part_once(other)
    close_round(lead)

    group_in(page, number, NAMES["outsider"])
    assert_accessible(page)
    page.get_by_role("link", name="Offer a time").click()
    assert_accessible(page)
    day = datetime.now(UTC) + timedelta(days=2 if page.viewport_size["width"] > 1000 else 3)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("Starts at").fill("6:20am")
    page.get_by_label("Where?").fill("Café at the station")
    page.get_by_role("button", name="Offer this time").click()
    page.get_by_text("The time is offered").wait_for()
    assert_accessible(page)

    group_in(other, number)
    other.get_by_role("button", name=re.compile("I can come")).click()
    other.get_by_text("You have a time. It is on its way to your calendar.").wait_for()
    assert_accessible(other)

    other.goto(f"{other.url}/happened")
    assert_accessible(other)
    other.get_by_role("button", name="No, it did not happen").click()
    other.get_by_text("You answered: No, it did not happen").wait_for()
    page.goto(f"{page.url}/happened")
    assert_accessible(page)
    page.get_by_role("button", name="Yes, we met").click()
    page.get_by_text("You answered: Yes, we met").wait_for()
    assert not page.get_by_text("No, it did not happen").count(), "nobody sees what another one answered"
    assert_accessible(page)
    page.goto("/catchups/rounds/earlier")
    assert_accessible(page)


def test_a_second_match_for_two_whose_partners_cannot_come(person):
    lead, pages = person("lead"), {who: person(who) for who in NAMES}
    open_round(lead)
    number = newest_round(lead)
    for page in pages.values():
        take_part_once(page)
    close_round(lead)

    first = pages["participant"]
    group_in(first, number)
    heading = first.get_by_role("heading", level=1).inner_text()
    partner = next(who for who, name in NAMES.items() if who != "participant" and name in heading)
    gone, stays = (who for who in NAMES if who not in {"participant", partner})
    for away, left in ((partner, "participant"), (gone, stays)):
        group_in(pages[away], number)
        pages[away].get_by_role("link", name="I cannot meet this time").click()
        assert_accessible(pages[away])
        pages[away].get_by_role("button", name="I cannot meet this time").click()
        pages[away].get_by_text("You said that you cannot meet this time").wait_for()
        address = "/catchups/rounds"
        pages[left].goto(address)
        pages[left].get_by_role("link", name=re.compile(rf"^Round {number}: you and {NAMES[away]}")).click()
        assert_accessible(pages[left])
        pages[left].get_by_role("button", name="Match me with somebody else").click()
        pages[left].get_by_text("We look for somebody else, and tell you when we have found them").first.wait_for()
    group_in(first, number, NAMES[stays])
    assert_accessible(first)


def test_a_confidential_wish(page):
    sign_in(page, "participant")
    page.goto("/me")
    page.get_by_role("link", name=re.compile("Not with this person")).click()
    assert_accessible(page)
    page.get_by_label("Who is it?").fill("prosser")
    page.get_by_role("button", name="Find").click()
    assert_accessible(page)
    page.get_by_role("button", name="Choose Ioan Prosser").click()
    page.get_by_role("heading", name="Not with Ioan Prosser?").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Yes, not with this person").click()
    page.get_by_text("Only you can see it").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Take it back Ioan Prosser").click()
    page.get_by_text("Taken back").wait_for()


def test_leads_see_numbers_and_a_picture(page):
    sign_in(page, "lead")
    for path in ("/lead/network", "/lead/rounds/timetable"):
        page.goto(path)
        assert_accessible(page)


def test_without_scripts(without_javascript):
    page = without_javascript
    sign_in(page, "author")
    page.goto("/catchups/rounds/take-part")
    page.get_by_label("Every month").check()
    page.get_by_role("button", name="Take part").click()
    page.get_by_role("heading", name="How you take part").wait_for()
    assert_fits(page)
    page.get_by_role("link", name="Pause until a day").click()
    assert_fits(page)
    page.goto("/catchups/rounds/leave")
    page.get_by_role("button", name="Leave the rounds").click()
    page.get_by_text("You take part in no more rounds").wait_for()
    assert_fits(page)
