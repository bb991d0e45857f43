"""A member is told something, chooses what comes by email, and follows their dates in their own calendar."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from app import create_app
from app.accounts import queries as accounts
from app.config import Settings
from app.core import clock, outbox
from app.core.db import db, transaction
from app.notifications.operations import bookings, notices
from app.notifications.rules import Booking, Notice
from tests.journeys.browser import assert_accessible, assert_fits, sign_in
from tests.mailbox import Mailbox
from tests.processes import until


@pytest.fixture
def product_app(server):
    """The code of the product that runs, on its database."""
    port = server.address.rpartition(":")[2]
    app = create_app(Settings.from_env({"DEMO_MODE": "1", "INSTANCE_PATH": str(server.folder), "PORT": port}))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def told(product_app):
    """Words of a notice that a participant has just been told, besides a booking of theirs."""
    words = f"A page that changed, {uuid4().hex[:8]}"
    with product_app.app_context():
        member = accounts.member_by_email("participant@demo.example")
        member_id, programme_id = member.id, member.grants[0].programme_id
        starts_at = clock.now() + timedelta(days=5)
        with transaction() as after:
            for key in (words, f"{words}, again"):
                notice = Notice(kind="slot_offer", key=key, subject=key, path="/support", programme_id=programme_id)
                notices.notify(notice, member_id)
            bookings.book(
                Booking(
                    subject_type="journey",
                    subject_id=member_id,
                    title="Coffee catch-up",
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(hours=1),
                    path="/support",
                    programme_id=programme_id,
                ),
                member_id,
            )
            after.append(outbox.wake)
    return words


def button_of(page, way, words):
    return page.get_by_role("button", name=re.compile(rf"^Mark as {way}\s+{words}$"))


def test_a_notice_is_read_marked_and_marked_again(page, told):
    sign_in(page, "participant")
    page.goto("/inbox")
    assert_accessible(page)
    page.get_by_role("link", name=told, exact=True).click()
    expect(page).to_have_url(re.compile("/support$"))
    page.goto("/inbox?show=unread")
    expect(page.get_by_role("link", name=told, exact=True)).to_have_count(0)
    expect(page.get_by_role("link", name=f"{told}, again")).to_be_visible()

    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("All messages are marked as read.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name=f"{told}, again")).to_be_visible()
    assert_accessible(page)

    button_of(page, "read", f"{told}, again").click()
    expect(button_of(page, "unread", f"{told}, again")).to_be_visible()


def test_choices_are_made_with_mistakes_explained(page):
    sign_in(page, "participant")
    page.goto("/me/notifications")
    assert_accessible(page)
    for words, code in (("Email once a week", "weekly"), ("Email once a day", "daily")):
        page.get_by_label("who signs up for what you host").select_option(words)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Your choices are saved.")).to_be_visible()
        expect(page.get_by_label("who signs up for what you host")).to_have_value(code)

    page.get_by_role("link", name="Quiet hours of every week").click()
    page.trouble.expected.append("422")
    page.get_by_label("From").fill("half past nine")
    page.get_by_role("button", name="Add this quiet time").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one day")
    assert_accessible(page)
    page.get_by_label("Sunday").check()
    page.get_by_label("From").fill("9:30pm")
    page.get_by_label("To").fill("7am")
    page.get_by_role("button", name="Add this quiet time").click()
    expect(page.get_by_role("listitem").filter(has_text="Sunday, 9:30pm to 7am the next day")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name=re.compile(r"Remove\s+Sunday, 9:30pm to 7am the next day")).click()
    expect(page.get_by_text("The quiet time was removed.")).to_be_visible()

    page.goto("/me/notifications/shifts")
    assert_accessible(page)
    day = clock.london(clock.now() + timedelta(days=30))
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_role("group", name="First day").get_by_label(part).fill(str(number))
    page.get_by_label("Shift begins").fill("8pm")
    page.get_by_label("Shift ends").fill("8am")
    page.get_by_role("button", name="Add these shifts").click()
    expect(page.get_by_text("Your shifts were added.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name=re.compile("^Remove")).first.click()
    expect(page.get_by_text("The shifts were removed.")).to_be_visible()

    page.goto("/me/notifications/reminders")
    assert_accessible(page)
    page.get_by_label("Another time before it starts").fill("2")
    page.get_by_label("Days").check()
    page.get_by_role("button", name="Save reminders").click()
    expect(page.get_by_text("2 days before")).to_be_visible()


def test_a_calendar_follows_ones_dates_at_a_secret_address(page, told):
    sign_in(page, "participant")
    page.goto("/me/calendar")
    expect(page.get_by_role("link", name="Coffee catch-up").first).to_be_visible()
    if page.get_by_role("link", name="Make a new address").count():
        page.get_by_role("link", name="Make a new address").click()
    page.get_by_role("button", name=re.compile("Make an address|Make a new address")).click()
    expect(page.get_by_text("This is the new address of your calendar.")).to_be_visible()
    assert_accessible(page)
    address = page.locator("code").inner_text()
    followed = page.request.get(address)
    assert followed.status == 200
    assert "SUMMARY:Coffee catch-up" in followed.text()
    page.get_by_role("link", name="Remove the address").click()
    assert_accessible(page)
    page.get_by_role("button", name="Remove the address").click()
    expect(page.get_by_role("button", name="Make an address")).to_be_visible()
    assert page.request.get(address).status == 404


def test_the_email_that_comes_can_be_stopped_without_signing_in(page, product_app, told):
    mailbox = Mailbox(product_app)
    until(lambda: any(mail["Subject"] == told for mail in mailbox.arrived()), what="the mail about the notice")
    (mail,) = [mail for mail in mailbox.arrived() if mail["Subject"] == told]
    page.goto(mail["List-Unsubscribe"].strip("<>"))
    expect(page.get_by_role("heading", name="Stop these emails?")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Stop these emails").click()
    expect(page.get_by_role("heading", name="You get no more of these emails")).to_be_visible()
    assert_accessible(page)

    sign_in(page, "participant")
    page.goto("/me/notifications")
    expect(page.get_by_label("offers of a free place")).to_have_value("off")
    page.get_by_label("offers of a free place").select_option("Email at once")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your choices are saved.")).to_be_visible()


def test_all_of_it_works_without_scripts(without_javascript, told):
    page = without_javascript
    sign_in(page, "participant")
    page.goto("/inbox")
    assert_fits(page)
    button_of(page, "read", told).click()
    expect(button_of(page, "unread", told)).to_be_visible()
    for address in ("/me/notifications", "/me/notifications/quiet", "/me/notifications/shifts", "/me/calendar"):
        page.goto(address)
        assert_fits(page)
