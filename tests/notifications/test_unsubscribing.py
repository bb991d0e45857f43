"""Turning mail off from the mail: one click (RFC 8058), no sign-in, and nothing by merely looking."""

import pytest

from app.notifications import kinds, links, queries
from app.notifications.rules import Delivery
from tests.mailbox import text_of


@pytest.fixture
def address(tell, people, at, mailbox, settings):
    """Where the List-Unsubscribe of a mail to the owner leads."""
    tell(people.owner)
    with at():
        mail = mailbox.newest(people.owner.email)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].removeprefix("<").removesuffix(">")
    assert link in text_of(mail)
    return link.removeprefix(settings.public_url)


def delivery(app, person, code):
    with app.app_context():
        return queries.deliveries(kinds.named(code), [person.id])[person.id]


def test_looking_changes_nothing(app, people, anonymous, address):
    for _ in range(2):
        page = anonymous.get(address)
        assert page.status_code == 200
        assert "Stop these emails?" in page.text
        assert "Offers of a free place" in page.text
        assert people.owner.name not in page.text
        assert people.owner.email not in page.text
    assert delivery(app, people.owner, "offers") is Delivery.AT_ONCE


def test_one_click_of_a_mail_program_is_enough(app, people, anonymous, address, tell, at, mailbox):
    answer = anonymous.post(address, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "You get no more of these emails" in answer.text
    assert delivery(app, people.owner, "offers") is Delivery.OFF
    assert delivery(app, people.peer, "offers") is Delivery.AT_ONCE
    tell(people.owner, key="2")
    with at():
        assert len(mailbox.collect()) == 1


def test_twice_is_once(app, people, anonymous, address):
    assert [anonymous.post(address).status_code for _ in range(2)] == [200, 200]
    assert delivery(app, people.owner, "offers") is Delivery.OFF


def test_the_collected_mail_stops_with_all_that_is_in_it(app, people, anonymous):
    with app.test_request_context():
        token = links.unsubscribe_token(people.owner.id, links.EVERY_DIGEST)
    assert anonymous.post(f"/unsubscribe/{token}").status_code == 200
    assert [delivery(app, people.owner, code) for code in ("replies", "news", "offers", "booking")] == [
        Delivery.OFF,
        Delivery.OFF,
        Delivery.AT_ONCE,
        Delivery.AT_ONCE,
    ]


def test_what_we_did_not_sign_leads_nowhere(app, people, anonymous, address):
    with app.test_request_context():
        worthless = [
            "x",
            address.rpartition("/")[2] + "x",
            links.unsubscribe_token(people.owner.id, "decisions"),  # cannot be turned off
            links.unsubscribe_token(people.owner.id, "unknown"),
            links.unsubscribe_token(999_999, "offers"),
        ]
    for token in worthless:
        assert anonymous.get(f"/unsubscribe/{token}").status_code == 404
        assert anonymous.post(f"/unsubscribe/{token}").status_code == 404
    assert delivery(app, people.owner, "offers") is Delivery.AT_ONCE


def test_a_suspended_member_can_as_well(app, people, anonymous):
    with app.test_request_context():
        token = links.unsubscribe_token(people.suspended.id, "offers")
    anonymous.post(f"/unsubscribe/{token}")
    assert delivery(app, people.suspended, "offers") is Delivery.OFF


def test_the_page_is_kept_by_nobody(anonymous, address):
    assert anonymous.get(address).headers["Cache-Control"] == "no-store"
