"""Mail as it arrives at a real mail server."""

from email import policy
from email.parser import BytesParser

import pytest
import vobject
from aiosmtpd.controller import Controller

from app.config import Smtp
from app.core import clock, outbox
from app.core.clock import in_london
from app.core.db import transaction
from app.notifications.operations import bookings
from tests import databases
from tests.notifications.telling import START, a_booking
from tests.services import LOCALHOST, free_port

PUBLIC_URL = "https://a-community-of-practice.with-a-long-name.region.example"


class Postbox:
    """Takes mail, or says no."""

    def __init__(self):
        self.arrived = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.arrived.append(envelope)
        return self.answer


@pytest.fixture
def postbox():
    return Postbox()


@pytest.fixture
def settings(database, tmp_path, postbox):
    server = Controller(postbox, hostname=LOCALHOST, port=free_port())
    server.start()
    smtp = Smtp(host=LOCALHOST, port=server.port, security="none")
    yield databases.test_settings(
        database, tmp_path, smtp=smtp, mail_from="no-reply@here.example", public_url=PUBLIC_URL
    )
    server.stop()


def parsed(envelope):
    return BytesParser(policy=policy.default).parsebytes(envelope.content)


def sweep(app, moment=START):
    with app.app_context(), clock.frozen(moment):
        return outbox.sweep()


def test_a_notice_arrives_whole(app, people, tell, postbox):
    tell(people.owner, subject="Ein Platz ist frei – für dich", programme_id=people.programme_id)
    assert sweep(app) == 1
    (envelope,) = postbox.arrived
    mail = parsed(envelope)
    assert envelope.rcpt_tos == [people.owner.email]
    assert envelope.mail_from == "no-reply@here.example"
    assert mail["Subject"] == "Ein Platz ist frei – für dich"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["Auto-Submitted"] == "auto-generated"
    (line,) = [line for line in envelope.content.splitlines() if line.startswith(b"List-Unsubscribe:")]
    assert line.startswith(f"List-Unsubscribe: <{PUBLIC_URL}/unsubscribe/".encode())
    assert line.endswith(b">")
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in envelope.content


def test_an_invitation_arrives_as_calendars_want_it(app, at, people, postbox):
    booking = a_booking(people.programme_id, starts_at=in_london(2026, 10, 25, 9), ends_at=in_london(2026, 10, 25, 10))
    with at(), transaction():
        bookings.book(booking, people.owner.id)
    sweep(app)
    (envelope,) = postbox.arrived
    mail = parsed(envelope)
    alternative, attachment = mail.iter_parts()
    last = list(alternative.iter_parts())[-1]
    assert last.get_content_type() == "text/calendar"
    assert (last.get_param("method"), last.get_content_charset()) == ("REQUEST", "utf-8")
    calendar = vobject.readOne(last.get_content())
    assert calendar.method.value == "REQUEST"
    assert calendar.vevent.dtstart.value == booking.starts_at
    assert calendar.vevent.organizer.params["SENT-BY"] == ["mailto:no-reply@here.example"]
    assert last.get_payload(decode=True).count(b"\n") == last.get_payload(decode=True).count(b"\r\n")
    assert attachment.get_content() == last.get_payload(decode=True)


def test_a_server_that_is_busy_gets_it_later_and_once(app, people, tell, postbox):
    tell(people.owner)
    postbox.answer = "451 Try again later"
    assert sweep(app) == 0
    postbox.answer = "250 OK"
    assert sweep(app) == 0
    assert sweep(app, in_london(2026, 6, 4, 15)) == 1
    assert sweep(app, in_london(2026, 6, 4, 16)) == 0
    assert len(postbox.arrived) == 1


def test_every_attempt_has_the_same_name(app, people, tell, postbox, monkeypatch):
    """A worker may die after the server took the mail: the second copy can be told to be one."""
    tell(people.owner)
    monkeypatch.setattr("app.notifications.jobs._note_as_mailed", lambda _ids: 1 / 0)
    sweep(app)
    monkeypatch.undo()
    sweep(app, in_london(2026, 6, 4, 15))
    first, second = (parsed(envelope)["Message-ID"] for envelope in postbox.arrived)
    assert first == second
