"""Messages that were given up: leads see that there are some, and can have them sent again."""

import pytest
from sqlalchemy import func, select

from app.core import audit, mail, outbox
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage, Refused

SECRET = "what-nobody-but-nia-may-read"


@pytest.fixture
def post_is_down(app):
    """While it is, every mail is refused for good."""
    deliver = app.extensions["outbox"][mail.KIND]

    def refuse(_message):
        raise Refused from ConnectionRefusedError("nia@ward.example")

    app.extensions["outbox"][mail.KIND] = refuse
    return lambda: app.extensions["outbox"].update({mail.KIND: deliver})


@pytest.fixture
def dead(app, people, post_is_down):
    """The ids of three messages that were given up: of the programme, of the other one, and of nobody's."""
    with app.app_context():
        for key, programme_id in (
            ("invitation:1:1", people.programme_id),
            ("invitation:2:1", people.other_programme_id),
            ("password-changed:3", None),
        ):
            with transaction():
                mail.put(
                    "password_changed",
                    to="nia@ward.example",
                    subject="Changed",
                    key=key,
                    programme_id=programme_id,
                    name=SECRET,
                )
        outbox.sweep()
        return list(db.session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id)))


def test_a_lead_sees_that_why_and_when_but_not_what(people, client_for, dead):
    page = client_for(people.lead.email).get("/lead/messages").text
    for words in ("Mail: invitation", "Mail: password changed", "Programme here", "The whole service"):
        assert words in page
    assert "ConnectionRefusedError" in page
    assert page.count("Send again") == 2
    assert SECRET not in page
    assert "nia@ward.example" not in page


def test_sent_again_it_arrives(app, people, client_for, mailbox, dead, post_is_down):
    lead = client_for(people.lead.email)
    post_is_down()
    answer = lead.submit(f"/lead/messages/{dead[0]}/send-again", page="/lead/messages")
    assert (answer.status_code, answer.location) == (302, "/lead/messages")
    assert [found["To"] for found in mailbox.collect()] == ["nia@ward.example"]
    assert "invitation" not in lead.get("/lead/messages").text.split("<table")[1]
    with app.app_context():
        event = db.session.scalars(select(audit.AuditEvent)).one()
        assert (event.action, event.subject_id, event.actor_id) == ("send_message_again", dead[0], people.lead.id)
        assert audit.verify().sound
    again = lead.submit(f"/lead/messages/{dead[0]}/send-again", page="/lead/invitations/new")
    assert again.status_code == 404, "it is not dead any more"
    assert len(mailbox.collect()) == 1


def test_only_leads_of_the_programme_get_there(app, people, client_for, dead):
    for person in (people.owner, people.moderator, people.suspended):
        browser = client_for(person.email)
        assert browser.get("/lead/messages").status_code == 403
        assert browser.submit(f"/lead/messages/{dead[0]}/send-again", page="/me").status_code == 403
    other = client_for(people.other_lead.email)
    assert other.submit(f"/lead/messages/{dead[0]}/send-again", page="/lead/messages").status_code == 404
    assert "Programme here" not in other.get("/lead/messages").text.split("<table")[1]
    assert app.test_client().get("/lead/messages").status_code == 302
    with app.app_context():
        assert db.session.scalar(select(func.count(OutboxMessage.dead_at))) == 3


def test_when_all_is_well_it_says_so(people, client_for):
    assert "Every message was sent" in client_for(people.lead.email).get("/lead/messages").text
