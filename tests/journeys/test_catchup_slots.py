"""A coffee catch-up from offer to place: sign up, wait, be offered a place, take it; with and without scripts."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from tests.journeys.browser import NARROW, assert_accessible, assert_fits, sign_in

DAYS_AHEAD = count(40, 3)  # each journey on a day of its own, or people would be booked twice
TOPIC = "A coffee for journeys"


@pytest.fixture
def person(open_page):
    """`person("facilitator")`: a browser of their own in which they have signed in."""

    def signed_in(who, **options):
        page = open_page(**options)
        sign_in(page, who)
        return page

    return signed_in


def a_free_day():
    """A day that no other journey uses."""
    return datetime.now(UTC) + timedelta(days=next(DAYS_AHEAD))


def offer(page, day, *, capacity="1"):
    """Offer a catch-up through the form; gives its address."""
    page.goto("/catchups/new")
    page.get_by_label("What is it about?").fill(TOPIC)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part, exact=True).fill(str(number))
    page.get_by_label("Starts at").fill("3:15am")
    page.get_by_label("Ends at").fill("3:45am")
    page.get_by_label("In person").check()
    page.get_by_label("Where?").fill("Night canteen")
    page.get_by_label("How many people can come").fill(capacity)
    page.get_by_role("button", name="Offer it").click()
    page.get_by_role("heading", name=TOPIC).wait_for()
    return page.url


def test_waiting_list_to_offer_to_place(page, person):
    host, other = person("facilitator"), person("moderator")
    address = offer(host, a_free_day())
    assert_accessible(host)

    other.goto(address)
    other.get_by_role("button", name="Sign up").click()
    other.get_by_text("It is on its way to your calendar").wait_for()

    sign_in(page, "participant")
    page.goto(address)
    page.get_by_text("This one is full").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Join the waiting list").click()
    page.get_by_text("You are on the waiting list").wait_for()
    assert_accessible(page)

    other.get_by_role("link", name="Give up my place").click()
    assert_accessible(other)
    other.get_by_role("button", name="Give up my place").click()
    other.get_by_text("You are not signed up any more").wait_for()

    page.goto("/catchups/mine")
    page.get_by_text("A place is held for you").first.wait_for()
    assert_accessible(page)
    page.goto(address)
    assert_accessible(page)
    page.get_by_role("button", name="Take the place").click()
    page.get_by_text("It is on its way to your calendar").wait_for()
    assert_accessible(page)

    host.goto(f"{address}/people")
    host.get_by_text("Amina Yusuf").wait_for()
    assert_accessible(host)


def test_lists_and_months_are_accessible(page, person):
    day = a_free_day()
    offer(person("facilitator"), day, capacity="5")
    sign_in(page, "participant")
    for path in ("/catchups", "/catchups?open=1&where=online", "/catchups/mine", "/catchups/past", "/catchups/new"):
        page.goto(path)
        assert_accessible(page)
    page.goto(f"/catchups/month?month={day:%Y-%m}")
    assert_accessible(page)
    table, listed = page.locator(".app-month"), page.locator(".app-month-list")
    is_narrow = page.viewport_size["width"] == NARROW
    assert (table.is_visible(), listed.is_visible()) == (not is_narrow, is_narrow)
    shown = listed if is_narrow else table
    assert shown.get_by_role("link", name=re.compile(TOPIC)).count() >= 1


def test_a_host_changes_it_and_calls_it_off(page):
    page.trouble.expected.append("422")
    sign_in(page, "facilitator")
    address = offer(page, a_free_day())
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Where?").fill("")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Enter where you meet").wait_for()
    assert_accessible(page)
    page.get_by_label("Where?").fill("Garden bench")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Garden bench").wait_for()
    page.get_by_role("link", name="Cancel it").click()
    assert_accessible(page)
    page.get_by_label("Why can it not take place?").fill("I am on another shift.")
    page.get_by_role("button", name="Cancel it").click()
    page.get_by_text("This is cancelled.").wait_for()
    assert page.url == address
    assert_accessible(page)


def test_without_scripts(without_javascript, person):
    day = a_free_day()
    address = offer(person("facilitator"), day)
    page = without_javascript
    sign_in(page, "outsider")
    page.goto("/catchups")
    page.get_by_label("Open now to me").check()
    page.get_by_role("button", name="Show").click()
    assert "open=1" in page.url
    page.goto(f"/catchups/month?month={day:%Y-%m}")
    assert page.locator(".app-month-list").is_visible()
    assert_fits(page)
    page.goto(address)
    page.get_by_role("button", name="Sign up").click()
    page.get_by_text("You have a place").first.wait_for()
    assert_fits(page)
    page.get_by_role("link", name="Give up my place").click()
    page.get_by_role("button", name="Give up my place").click()
    page.get_by_text("You are not signed up any more").wait_for()
    page.goto("/catchups/new")
    for question in ("Where?", "Link to the meeting", "Which room?"):
        assert page.get_by_label(question).is_visible(), "without scripts every question shows"
    assert_fits(page)


def test_somebody_who_is_booked_already_is_led_to_the_other(page, person):
    page.trouble.expected.append("409")
    host, lead = person("facilitator"), person("lead")
    day = a_free_day()
    address, other = offer(host, day, capacity="3"), offer(lead, day)
    sign_in(page, "participant")
    page.goto(address)
    page.get_by_role("button", name="Sign up").click()
    page.get_by_text("It is on its way to your calendar").wait_for()
    page.goto(other)
    page.get_by_role("button", name="Sign up").click()
    page.get_by_role("heading", name="You are booked at that time").wait_for()
    assert_accessible(page)
    page.get_by_role("link", name="Coffee catch-up").click()
    assert page.url == address
