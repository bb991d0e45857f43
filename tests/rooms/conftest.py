"""Rooms on the real server, one for a whole module: each test opens a room of its own."""

from dataclasses import dataclass
from itertools import count
from uuid import uuid4

import pytest

from app import create_app
from app.core.db import db, transaction
from app.rooms.operations import open_room
from app.rooms.rules import RoomKind
from tests import databases, processes
from tests.people import People, meet
from tests.processes import until
from tests.sockets import A_MOMENT, Browser

NUMBERS = count(1)


class Guest:
    """Somebody in a room, by one socket, and everything they were told."""

    def __init__(self, browser, slug, last_seq=0, transport="websocket", changes=0):
        self.messages, self.histories, self.presence, self.changed, self.evicted = [], [], [], [], []
        socket = browser.new_socket()
        self.client = socket
        for event, kept in (
            ("room:message", self.messages),
            ("room:history", self.histories),
            ("room:presence", self.presence),
            ("room:changed", self.changed),
            ("room:evicted", self.evicted),
        ):
            socket.on(event, kept.append)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.http.cookies)
        socket.connect(
            f"{browser.address}?room={slug}",
            transports=[transport],
            headers={"Cookie": cookies},
            auth={"last_seq": last_seq, "changes": changes},
            wait_timeout=10,
        )
        self._wire = socket.eio.ws  # the library forgets it, unclosed, when the other side goes

    def is_cut_off(self):
        """Wait until the connection is gone, and clear up after it."""
        until(lambda: not self.client.connected, patience=10, what="losing the connection")
        if self._wire is not None:
            self._wire.shutdown()

    def say(self, body, name=None, **more):
        """Send a message; gives the acknowledgement."""
        return self.client.call("room:send", {"id": name or str(uuid4()), "body": body, **more}, timeout=10)

    def hears(self, number):
        """Wait until so many messages were heard; gives them."""
        until(lambda: len(self.messages) >= number, patience=A_MOMENT, what=f"{number} messages")
        return [message["body"] for message in self.messages]

    def caught_up(self):
        """Wait for the history; gives its messages."""
        until(lambda: self.histories and not self._more(), patience=A_MOMENT, what="the history")
        return [message for part in self.histories for message in part["messages"]]

    def _more(self):
        return self.histories[-1]["more"] and len(self.histories[0]["messages"]) == 500

    @property
    def here(self):
        """The names in the newest list of who is here."""
        return [member["name"] for member in self.presence[-1]["members"]] if self.presence else []


@dataclass
class House:
    """A running product, its people, and the app of the test beside it."""

    app: object
    people: People
    server: object
    browsers: dict

    def room(self, kind=RoomKind.COMMUNITY, **more):
        """A new room; gives its slug."""
        slug = f"room-{next(NUMBERS)}"
        with self.app.app_context(), transaction():
            open_room(self.people.programme_id, slug, "A room", kind, **more)
        return slug

    def browser(self, person):
        """The browser in which somebody has signed in."""
        if person.id not in self.browsers:
            self.browsers[person.id] = Browser(self.server.address).sign_in(person.email)
        return self.browsers[person.id]

    def enter(self, person, slug, **more):
        """Let somebody into a room."""
        return Guest(self.browser(person), slug, **more)

    def forget(self, person):
        """Sign in anew the next time."""
        self.browsers.pop(person.id).close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request, tmp_path_factory):
    """The product with rooms, once for a module and database."""
    folder = tmp_path_factory.mktemp("house")
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres_as_new")()
    else:
        address = databases.copy_of(request.getfixturevalue("sqlite_template"), folder)
    settings = databases.test_settings(address, folder)
    app = create_app(settings)
    with app.app_context():
        people = meet()
    with processes.web(settings) as server:
        house = House(app, people, server, {})
        yield house
        for browser in house.browsers.values():
            browser.close()
    with app.app_context():
        db.engine.dispose()
