"""The inbox: whose it is, and what its buttons do."""

import re

import pytest

from app.core.db import db, transaction
from app.notifications import queries
from app.notifications.models import Notification
from app.notifications.operations import notices
from tests.notifications.telling import a_notice

TO_SIGN_IN = "/login"


@pytest.fixture
def told(tell, people, at):
    """The id of a notice of the owner's."""
    tell(people.owner, body="{name} gave up a place.", about_id=people.peer.id)
    with at():
        return queries.newest_id(people.owner.id)


def is_read(app, notification_id):
    with app.app_context():
        return db.session.get_one(Notification, notification_id).read_at is not None


def unread_in_menu(answer):
    found = re.search(r'app-count">([0-9+]+)<', answer.text)
    return found[1] if found else None


class TestWhoMay:
    def test_visitors_are_asked_to_sign_in(self, app, anonymous, told):
        for address in ("/inbox", f"/inbox/{told}/open"):
            answer = anonymous.get(address)
            assert answer.status_code == 302
            assert answer.location.startswith(TO_SIGN_IN)
        assert not is_read(app, told)

    @pytest.mark.parametrize("who", ["peer", "outsider", "suspended", "moderator", "lead", "stranger"])
    def test_nobody_reaches_anothers_notice(self, app, people, client_for, told, who):
        browser = client_for(getattr(people, who).email)
        page = browser.get("/inbox")
        assert page.status_code == 200
        assert "A place is free" not in page.text
        assert browser.get(f"/inbox/{told}/open").status_code == 404
        assert browser.submit(f"/inbox/{told}/mark", {"as": "read"}, page="/inbox").status_code == 404
        browser.submit("/inbox/mark-all", {"newest": told}, page="/inbox")
        assert not is_read(app, told)

    def test_a_suspended_member_reads_what_was_decided(self, people, client_for, tell):
        tell(people.suspended, kind="decisions", subject="A decision about your post")
        assert "A decision about your post" in client_for(people.suspended.email).get("/inbox").text

    @pytest.mark.parametrize("address", ["/inbox/1/mark", "/inbox/mark-all", "/inbox/undo"])
    def test_a_post_without_token_is_refused(self, people, client_for, address):
        assert client_for(people.owner.email).post(address).status_code == 400


class TestReading:
    def test_a_notice_is_shown_with_who_it_is_about(self, people, client_for, told):
        page = client_for(people.owner.email).get("/inbox")
        assert "A place is free" in page.text
        assert "Petra Peer gave up a place." in page.text
        assert f'href="/inbox/{told}/open"' in page.text

    def test_opening_it_marks_it_and_leads_on(self, app, people, client_for, told):
        answer = client_for(people.owner.email).get(f"/inbox/{told}/open")
        assert (answer.status_code, answer.location) == (303, "/catchups/7")
        assert is_read(app, told)

    def test_a_browser_that_only_looks_ahead_marks_nothing(self, app, people, client_for, told):
        browser = client_for(people.owner.email)
        browser.get(f"/inbox/{told}/open", headers={"Sec-Purpose": "prefetch;prerender"})
        assert not is_read(app, told)

    def test_a_link_in_mail_leads_there_by_way_of_signing_in(self, app, people, anonymous, told):
        asked = anonymous.get(f"/inbox/{told}/open")
        answer = anonymous.submit(asked.location, {"email": people.owner.email, "password": "a long walk by the canal"})
        assert answer.location.endswith(f"/inbox/{told}/open")

    def test_marking_one_as_read_and_as_unread_again(self, app, people, client_for, told):
        browser = client_for(people.owner.email)
        for way, read in (("read", True), ("unread", False)):
            answer = browser.submit(f"/inbox/{told}/mark", {"as": way, "show": "unread"}, page="/inbox")
            assert (answer.status_code, answer.location) == (303, "/inbox?show=unread")
            assert is_read(app, told) is read

    def test_words_of_others_are_shown_as_they_are(self, people, client_for, tell):
        tell(people.owner, subject="<script>alert(1)</script>", body="<b>bold</b>")
        page = client_for(people.owner.email).get("/inbox").text
        assert "&lt;script&gt;alert(1)" in page
        assert "<b>bold" not in page

    def test_unread_only(self, people, client_for, tell, at):
        tell(people.owner, key="1", subject="The first")
        tell(people.owner, key="2", subject="The second")
        with at(), transaction():
            notices.mark_read(people.owner.id, queries.newest_id(people.owner.id))
        browser = client_for(people.owner.email)
        assert "The second" in browser.get("/inbox").text
        page = browser.get("/inbox?show=unread").text
        assert "The first" in page
        assert "The second" not in page

    def test_an_empty_inbox_says_what_will_be_in_it(self, people, client_for):
        browser = client_for(people.owner.email)
        assert "Nothing has arrived yet" in browser.get("/inbox").text
        assert "Nothing here is unread" in browser.get("/inbox?show=unread").text

    @pytest.mark.parametrize(
        "address",
        [
            "/inbox?before=x",
            "/inbox?before=-1",
            "/inbox?before=" + "9" * 30,
            "/inbox?show=x",
            "/inbox?undo=x",
            "/inbox?undo=0001-01-01T00:00:00%2B23:00",
        ],
    )
    def test_odd_addresses_show_an_inbox(self, people, client_for, told, address):
        assert client_for(people.owner.email).get(address).status_code == 200

    def test_older_notices_are_on_pages_of_their_own(self, people, client_for, at):
        with at(), transaction():
            for number in range(60):
                notices.notify(a_notice(key=str(number), subject=f"Number {number} of many"), people.owner.id)
        browser, address, seen = client_for(people.owner.email), "/inbox", []
        while address:
            page = browser.get(address).text
            seen += re.findall(r"open\">(Number \d+) of many", page)
            older = re.search(r'href="([^"]+)" rel="next"', page)
            address = older and older[1].replace("&amp;", "&")
        assert seen == [f"Number {number}" for number in reversed(range(60))]


class TestMarkingAll:
    def test_it_can_be_undone(self, app, people, client_for, tell, at):
        for key in "123":
            tell(people.owner, key=key)
        browser = client_for(people.owner.email)
        with at():
            newest = queries.newest_id(people.owner.id)
        answer = browser.submit("/inbox/mark-all", {"newest": newest}, page="/inbox")
        page = browser.get(answer.location)
        assert "All messages are marked as read" in page.text
        assert unread_in_menu(page) is None
        marked_at = re.search(r'name="marked_at" value="([^"]+)"', page.text)[1]
        answer = browser.submit("/inbox/undo", {"marked_at": marked_at}, page=answer.location)
        page = browser.get(answer.location)
        assert "3 messages are unread again" in page.text
        assert unread_in_menu(page) == "3"

    @pytest.mark.parametrize(
        ("address", "form"),
        [
            ("/inbox/mark-all", {}),
            ("/inbox/mark-all", {"newest": "x"}),
            ("/inbox/mark-all", {"newest": "9" * 30}),
            ("/inbox/undo", {}),
            ("/inbox/undo", {"marked_at": "yesterday"}),
            ("/inbox/undo", {"marked_at": "2026-06-04T14:00:00"}),
            ("/inbox/undo", {"marked_at": "0001-01-01T00:00:00+23:00"}),
        ],
    )
    def test_what_no_page_of_ours_sends_is_refused(self, people, client_for, told, address, form):
        assert client_for(people.owner.email).submit(address, form, page="/inbox").status_code == 422


class TestTheCount:
    def test_it_stands_in_the_menu_of_every_page(self, people, client_for, told):
        browser = client_for(people.owner.email)
        assert unread_in_menu(browser.get("/support")) == "1"
        assert unread_in_menu(client_for(people.peer.email).get("/support")) is None

    def test_it_does_not_grow_without_end(self, people, client_for, at):
        with at(), transaction():
            for number in range(105):
                notices.notify(a_notice(key=str(number)), people.owner.id)
        assert unread_in_menu(client_for(people.owner.email).get("/support")) == "99+"

    def test_visitors_cost_no_count(self, anonymous):
        page = anonymous.get("/support")
        assert "Inbox" not in page.text
        assert unread_in_menu(page) is None
