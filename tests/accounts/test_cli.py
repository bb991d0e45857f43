"""How a programme gets its first lead."""

import re

import pytest

from app.accounts.rules import Role
from tests.mailbox import text_of

GOOD = ["accounts", "invite", "--programme", "here", "--email", "Ann@Trust.example", "--name", "Ann"]


def test_the_first_lead_is_invited_by_mail_and_by_the_link_that_is_printed(app, people, mailbox):
    done = app.test_cli_runner().invoke(args=GOOD)
    assert done.exit_code == 0
    printed = re.search(r"http://localhost(/invitations/\S+)", done.output)[1]
    mailed = mailbox.path_in_newest("ann@trust.example")
    assert mailed.partition(".")[0] == printed.partition(".")[0]  # the moment of signing may differ by a second
    assert "You are invited to join Programme here as a programme lead" in text_of(mailbox.newest("ann@trust.example"))
    browser = app.test_client()
    browser.submit(printed, {"name": "Ann Lead", "password": "three otters on a tram"})
    assert browser.get("/lead/people").status_code == 200


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("--programme", "nowhere", "there is no programme with the slug 'nowhere'"),
        ("--email", "ann", "@-sign"),
        ("--role", "emperor", "is not one of"),
    ],
)
def test_wrong_use_gets_a_sentence(app, people, option, value, complaint):
    done = app.test_cli_runner().invoke(args=[*GOOD, option, value])
    assert done.exit_code == 2
    assert complaint in done.output
    assert "Traceback" not in done.output


def test_other_roles_can_be_invited_too(app, people):
    done = app.test_cli_runner().invoke(args=[*GOOD, "--role", Role.AUTHOR.value])
    assert "is invited as author" in done.output
