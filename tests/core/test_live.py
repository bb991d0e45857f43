"""Live events against the real server: who gets in, and that eviction closes sockets, in every process."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from socketio.exceptions import ConnectionError as NotLetIn

from app import create_app
from app.accounts.operations import standing
from app.core import clock
from app.core.db import db, transaction
from tests import processes
from tests.databases import test_settings
from tests.people import meet
from tests.processes import until
from tests.sockets import Browser

TRANSPORTS = ["websocket", "polling"]


@pytest.fixture
def clean_up():
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def open_browser(clean_up, settings, people):
    server = clean_up.enter_context(processes.web(settings))

    def open_browser() -> Browser:
        browser = Browser(server.address)
        clean_up.callback(browser.close)
        return browser

    return open_browser


def test_sign_out_closes_the_sockets_of_this_browser_and_no_other(open_browser, people):
    for transport in TRANSPORTS:
        with pytest.raises(NotLetIn):
            open_browser().connect(transport)
        with pytest.raises(NotLetIn):
            open_browser().sign_in(people.suspended.email).connect(transport)

        ward, phone = (open_browser().sign_in(people.owner.email) for _ in range(2))
        somebody_else = open_browser().sign_in(people.peer.email).connect(transport)
        tabs = [ward.connect(transport), ward.connect(transport)]
        on_the_phone = phone.connect(transport)

        ward.sign_out()
        for tab in tabs:
            tab.closes("signed out")
        with pytest.raises(NotLetIn):
            ward.connect(transport)
        assert on_the_phone.is_open
        assert somebody_else.is_open


def test_pages_of_other_sites_open_no_socket_with_our_cookie(open_browser, people):
    browser = open_browser().sign_in(people.owner.email)
    with pytest.raises(NotLetIn):
        browser.connect("polling", Origin="https://evil.example")
    assert browser.connect("polling", Origin=browser.address).is_open


class TestSeveralProcesses:
    """With Redis, eviction reaches the sockets that another process holds."""

    @pytest.fixture
    def settings(self, database, tmp_path, redis_url):
        return test_settings(database, tmp_path, redis_url=redis_url)

    def test_signing_out_through_one_closes_sockets_in_the_other(self, open_browser, people, settings, clean_up):
        other = clean_up.enter_context(processes.web(settings))
        browser = open_browser().sign_in(people.owner.email)
        socket = browser.connect()
        browser.sign_out(other.address)
        socket.closes("signed out")

    def test_suspension_and_removal_close_every_socket_of_a_member(self, app, open_browser, people):
        """The test stands for another process, such as a command."""
        for member, why, verb in (
            (people.owner, "suspended", suspend),
            (people.peer, "removed", remove),
        ):
            browsers = [open_browser().sign_in(member.email) for _ in range(2)]
            sockets = [browsers[0].connect("websocket"), browsers[1].connect("polling")]
            bystander = open_browser().sign_in(people.outsider.email).connect()
            with app.app_context(), transaction() as after:
                verb(member.member, after)
            for socket in sockets:
                socket.closes(why)
            assert bystander.is_open
            with pytest.raises(NotLetIn):
                browsers[0].connect()


def suspend(member, after):
    until = clock.now() + timedelta(days=1)
    standing.suspend(member, until, by_id=None, programme_id=None, after=after)


def remove(member, after):
    standing.deactivate(member, by_id=None, programme_id=None, after=after)


def test_a_broker_that_is_away_keeps_nobody_from_signing_out(database, tmp_path):
    """Nothing that matters may depend on it."""
    settings = test_settings(database, tmp_path, redis_url="redis://127.0.0.1:9/0")
    app = create_app(settings)
    with app.app_context():
        owner = meet().owner
    with processes.web(settings) as server:
        browser = Browser(server.address).sign_in(owner.email)
        socket = browser.connect()
        browser.sign_out()
        until(lambda: not socket.is_open, patience=5, what="closing the socket")
        browser.close()
    with app.app_context():
        db.engine.dispose()
