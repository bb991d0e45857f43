"""Mail against a real server, and workers that are killed or work side by side: nothing is lost, nothing sent twice."""

import smtplib
import ssl
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import create_app
from app.config import Smtp
from app.core import clock, mail, outbox
from app.core.clock import in_london
from app.core.db import db, transaction
from app.core.outbox import FIRST_DELAY, LEASE, MOST_ATTEMPTS, OutboxMessage
from app.notifications.mail import written
from app.notifications.transports import by_smtp
from tests import processes
from tests.databases import test_settings
from tests.mailbox import text_of
from tests.post_office import PASSWORD, USERNAME, Certificate, post_office
from tests.processes import until
from tests.services import free_port

START = in_london(2025, 3, 3, 9)


@pytest.fixture
def office():
    with post_office() as office:
        yield office


@pytest.fixture
def settings(database, tmp_path, office):
    """Mail goes to a server of this machine."""
    return test_settings(database, tmp_path, smtp=office.smtp())


def put(*numbers):
    with transaction():
        for number in numbers:
            address = f"number{number}@ward.example"
            mail.put("password_changed", to=address, subject="Changed", key=f"test:{number}", name="Nia")


def rows():
    db.session.rollback()
    return db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


class TestTheServer:
    def test_it_gets_the_mail(self, app, office):
        with app.app_context():
            put(1)
            assert outbox.sweep() == 1
        assert office.recipients == ["number1@ward.example"]
        assert "password of your account was changed" in text_of(office.mails[0])

    def test_a_mailbox_that_does_not_exist_is_given_up_and_holds_up_nobody(self, app, office):
        office.refusals["number1@ward.example"] = "550 no such mailbox"
        with app.app_context():
            put(1, 2)
            assert outbox.sweep() == 1
            first = rows()[0]
            assert (first.last_error, first.attempts) == ("SMTPRecipientsRefused", 1)
            assert first.dead_at is not None
        assert office.recipients == ["number2@ward.example"]

    def test_a_mailbox_that_is_full_is_tried_again(self, app, office):
        office.refusals["number1@ward.example"] = "452 mailbox full"
        with app.app_context():
            with clock.frozen(START):
                put(1)
                outbox.sweep()
                assert rows()[0].due_at == START + FIRST_DELAY
            office.refusals.clear()
            with clock.frozen(START + FIRST_DELAY):
                assert outbox.sweep() == 1
        assert office.recipients == ["number1@ward.example"]

    def test_a_goodbye_that_goes_wrong_sends_nothing_twice(self, app, office):
        office.hang_up_at_the_end = True
        with app.app_context():
            put(1)
            assert outbox.sweep() == 1
            assert rows()[0].sent_at is not None
        assert office.recipients == ["number1@ward.example"]

    def test_a_server_that_is_down_for_good_ends_among_the_dead(self, database, tmp_path):
        away = Smtp(host="127.0.0.1", port=free_port(), security="none")
        app = create_app(test_settings(database, tmp_path, smtp=away))
        with app.app_context():
            moment = START
            with clock.frozen(moment):
                put(1)
            for _ in range(MOST_ATTEMPTS):
                with clock.frozen(moment):
                    assert outbox.sweep() == 0
                    moment = rows()[0].due_at
            assert rows()[0].dead_at is not None
            assert rows()[0].last_error == "ConnectionRefusedError"
            assert rows()[0].payload["to"] == "number1@ward.example", "it can be sent again"
            db.engine.dispose()


class TestTransportSecurity:
    @pytest.fixture
    def certificate(self, tmp_path):
        return Certificate.made_in(tmp_path)

    @pytest.fixture
    def send(self, app):
        """Send one mail by a server's settings."""
        payload = {"template": "password_changed", "to": "nia@ward.example", "subject": "Changed", "context": {}}
        with app.app_context():
            words = written(outbox.Message("key", payload, None), app.extensions["settings"])
        return lambda server: by_smtp(server)(words)

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_a_certificate_that_we_trust_is_enough(self, send, certificate, monkeypatch, security):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
        with post_office(certificate, tls=security) as office:
            send(office.smtp(security=security, username=USERNAME, password=PASSWORD))
            assert office.recipients == ["nia@ward.example"]
            assert office.signed_in == [USERNAME]

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_one_that_we_do_not_trust_gets_nothing(self, send, certificate, security):
        with post_office(certificate, tls=security) as office:
            with pytest.raises(ssl.SSLCertVerificationError):
                send(office.smtp(security=security, username=USERNAME, password=PASSWORD))
            assert office.mails == office.signed_in == []

    def test_a_server_without_tls_gets_nothing_either(self, send, office):
        with pytest.raises(smtplib.SMTPNotSupportedError):
            send(office.smtp(security="starttls"))
        assert office.mails == []

    def test_a_wrong_password_is_an_error_and_not_a_secret_told(self, send, certificate, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
        with post_office(certificate, tls="tls") as office:
            with pytest.raises(smtplib.SMTPAuthenticationError):
                send(office.smtp(security="tls", username=USERNAME, password="wrong"))
            assert office.mails == []


class TestWorkers:
    def test_one_that_is_killed_while_it_sends_loses_nothing(self, app, settings, office):
        office.may_go_on.clear()
        with app.app_context():
            put(1)
        with processes.worker(settings) as worker:
            until(office.has_one.is_set, what="sending")
            worker.process.kill()
            worker.process.wait(10)
        with app.app_context():
            held = rows()[0]
            assert held.sent_at is None
            ends = held.leased_until
            assert ends is not None
            assert outbox.sweep() == 0, "for all we know somebody has it in their hands"
            office.may_go_on.set()
            with clock.frozen(ends + timedelta(seconds=1)):
                assert outbox.sweep() == 1
            with clock.frozen(ends + 2 * LEASE):
                assert outbox.sweep() == 0
        assert office.recipients == ["number1@ward.example"]

    @pytest.mark.both_databases
    def test_two_at_once_share_the_work_and_send_each_mail_once(self, app, settings, office):
        everyone = [f"number{number}@ward.example" for number in range(12)]
        office.together = threading.Barrier(2, timeout=60)  # breaks unless both have a mail in their hands at once
        meeting = office.together
        with app.app_context():
            put(*range(12))
        with processes.worker(settings) as first, processes.worker(settings) as second:

            def all_sent() -> bool:
                assert first.process.poll() is None
                assert second.process.poll() is None
                with app.app_context():
                    return db.session.scalar(select(func.count(OutboxMessage.sent_at))) == len(everyone)

            until(all_sent, what="sending everything")
        assert not meeting.broken
        assert sorted(office.recipients) == sorted(everyone)
