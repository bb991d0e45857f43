"""What the first page says of forums, rooms and the queue."""

import pytest

from app.core.db import db, transaction
from app.forums.models import Board
from app.forums.rules import Audience, Label
from app.rooms.operations import open_room, open_tab
from app.rooms.rules import RoomKind


@pytest.fixture
def talk(app, people):
    """A board for everybody, and a room in which the peer is now."""
    with app.app_context(), transaction():
        board = Board(
            programme_id=people.programme_id,
            slug="staff-room",
            name="The staff room",
            description="",
            audience=Audience.EVERYONE,
            label=Label.OPEN,
        )
        db.session.add(board)
        room = open_room(people.programme_id, "all", "For all", RoomKind.COMMUNITY)
        open_room(people.programme_id, "empty", "An empty one", RoomKind.COMMUNITY)
        open_tab("a-socket", room.id, people.peer.id, "live:1")
    return people


@pytest.mark.parametrize(("who", "sees"), [("owner", True), ("lead", True), ("stranger", False)])
def test_forums_and_the_room_where_somebody_is(talk, client_for, who, sees):
    shown = client_for(getattr(talk, who).email).get("/home").text
    assert ("find people who have been there" in shown) is sees
    assert ("Somebody is in “For all” now" in shown) is sees
    assert "An empty one" not in shown


@pytest.mark.parametrize(("who", "sees"), [("moderator", True), ("owner", False), ("lead", False)])
def test_the_queue_is_for_moderators(talk, client_for, who, sees):
    assert ("What was reported or held" in client_for(getattr(talk, who).email).get("/home").text) is sees
