"""The rules of the community, and complaints by anybody."""

import re

import pytest
from sqlalchemy import select

from app.core.db import db
from app.moderation.cases.models import Concern, ModerationCase
from app.moderation.cases.rulebook import CODES
from app.moderation.cases.rules import Reason, Source
from tests.mailbox import text_of

WRONG = "Somebody wrote about my mother in your forum. Please take it down."


def complaints(app):
    with app.app_context():
        return [
            (concern.source, concern.reason, concern.words, concern.contact, concern.programme_id)
            for concern in db.session.scalars(select(Concern))
        ]


@pytest.fixture
def programmes(people):
    """A programme whose site it is."""
    return people


def test_the_rules_have_numbers_and_the_codes_that_decisions_cite(anonymous, programmes):
    page = anonymous.get("/rules")
    assert page.status_code == 200
    for number, code in enumerate(CODES, start=1):
        assert f'id="{code}"' in page.text
        assert re.search(rf"rule {number}, <code>{code}</code>", page.text)


def test_rules_and_complaints_are_in_the_footer(anonymous, programmes):
    page = anonymous.get("/rules").text
    assert 'href="/rules"' in page
    assert 'href="/complaints"' in page


@pytest.mark.parametrize("who", [None, "owner", "stranger", "suspended", "moderator"])
def test_anybody_can_complain(app, anonymous, client_for, people, who):
    browser = client_for(getattr(people, who).email) if who else anonymous
    sent = browser.submit("/complaints", {"what": WRONG, "where": "Tea at night"})
    assert sent.status_code == 303
    page = browser.get(sent.location)
    with app.app_context():
        case = db.session.scalars(select(ModerationCase)).one()
    assert f"C{case.id:05}" in page.text
    assert complaints(app) == [
        (Source.VISITOR, Reason.COMPLAINT, f"Where: Tea at night\n\n{WRONG}", None, case.programme_id)
    ]
    answer = re.search(r'href="(/moderation/answers/[^"]+)"', page.text)[1]
    assert WRONG in browser.get(answer).text.replace("&#39;", "'")


def test_whoever_leaves_an_address_is_told_that_it_arrived(anonymous, people, mailbox):
    anonymous.submit("/complaints", {"what": WRONG, "contact": "daughter@mail.example"})
    mail = mailbox.newest("daughter@mail.example")
    assert mail["subject"] == "We have received what you wrote to us"
    body = text_of(mail)
    assert "/moderation/answers/" in body
    assert "mother" not in body


def test_whoever_leaves_none_gets_no_mail(anonymous, people, mailbox):
    anonymous.submit("/complaints", {"what": WRONG})
    assert [mail["to"] for mail in mailbox.collect() if "received" in mail["subject"]] == []


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"what": ""}, "Tell us what is wrong"),
        ({"what": "x" * 1_601}, "Use 1,600 characters or fewer"),
        ({"what": WRONG, "where": "x" * 301}, "Use 300 characters or fewer"),
        ({"what": WRONG, "contact": "nobody"}, "Enter an email address like"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(app, anonymous, people, form, sentence):
    answer = anonymous.submit("/complaints", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert form["what"] in answer.text
    assert complaints(app) == []


def test_a_program_that_fills_in_everything_learns_nothing(app, anonymous, people):
    sent = anonymous.submit("/complaints", {"what": WRONG, "website": "https://spam.example"})
    assert sent.status_code == 303
    assert anonymous.get(sent.location).status_code == 200
    assert complaints(app) == []


def test_the_page_about_it_shows_no_number_that_we_did_not_give(anonymous, people):
    page = anonymous.get("/complaints/received?reference=C99999&token=made-up")
    assert page.status_code == 200
    assert "C99999" not in page.text


def test_one_address_can_complain_so_often(anonymous, people):
    answers = [anonymous.submit("/complaints", {"what": WRONG}).status_code for _ in range(11)]
    assert answers == [303] * 10 + [429]
