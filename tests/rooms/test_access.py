"""Who may do what in rooms: the list and the policy agree, and pages ask before they act."""

import re

import pytest
from sqlalchemy import select

from app.core.db import db, transaction
from app.rooms import entrance, queries
from app.rooms.models import Room, RoomMessage, RoomSeat
from app.rooms.operations import open_room, send
from app.rooms.rules import RoomKind, Sending

SAID = "6f0c5a30-5d1e-4a7e-9c57-0a4c3b4d9d11"


@pytest.fixture
def rooms(app, people):
    """A community room in which the peer said something, and a set for two."""
    with app.app_context(), transaction() as after:
        open_room(people.programme_id, "all", "For all", RoomKind.COMMUNITY)
        open_room(
            people.programme_id, "set", "A set", RoomKind.SET, seats=[people.owner.id], hosts=[people.facilitator.id]
        )
        open_room(people.other_programme_id, "far", "Far away", RoomKind.COMMUNITY)
        send(entrance.place(people.peer.member, "all"), Sending(SAID, "hello"), after)
        after.clear()
    return people


EVERYBODY = (
    *("owner", "peer", "outsider", "suspended", "inactive", "facilitator", "moderator", "lead", "author"),
    *("reviewer", "sponsor", "stranger", "other_lead"),
)


@pytest.mark.both_databases
def test_the_list_and_the_policy_agree(app, rooms):
    with app.app_context():
        with transaction():
            seat = RoomSeat(room_id=_room("all").id, member_id=rooms.outsider.id)
            db.session.add(seat)
            seat.removed_at = _room("all").created_at
        for name in EVERYBODY:
            member = getattr(rooms, name).member
            for programme_id in (rooms.programme_id, rooms.other_programme_id):
                listed = {room.slug for room in db.session.scalars(queries.rooms_open_to(member, programme_id))}
                entered = {
                    room.slug
                    for room in db.session.scalars(select(Room).where(Room.programme_id == programme_id))
                    if entrance.place(member, room.slug)
                }
                assert listed == entered, name
        assert entrance.place(rooms.outsider.member, "all") is None


def _room(slug):
    return db.session.scalars(select(Room).where(Room.slug == slug)).one()


@pytest.mark.parametrize(
    ("who", "community", "learning_set"),
    [
        ("owner", 200, 200),
        ("facilitator", 200, 200),
        ("peer", 200, 404),
        ("outsider", 200, 404),
        ("moderator", 200, 404),
        ("lead", 200, 404),
        ("stranger", 404, 404),
        ("suspended", 403, 403),
    ],
)
def test_who_sees_which_room(client_for, rooms, who, community, learning_set):
    browser = client_for(getattr(rooms, who).email)
    assert browser.get("/rooms/all").status_code == community
    assert browser.get("/rooms/set").status_code == learning_set


def test_nobody_comes_in_without_signing_in(anonymous, rooms):
    for address in ("/rooms", "/rooms/all", "/rooms/all/people", "/rooms/all/messages/1/remove"):
        answer = anonymous.get(address)
        assert answer.status_code == 302
        assert "/login" in answer.location


@pytest.mark.parametrize(
    ("who", "expected"), [("owner", 403), ("lead", 403), ("facilitator", 403), ("stranger", 404), ("moderator", 303)]
)
def test_only_moderators_look_after_a_community_room(client_for, rooms, who, expected):
    browser = client_for(getattr(rooms, who).email)
    token = _token(browser)
    for verb in (f"people/{rooms.peer.id}/remove", f"people/{rooms.peer.id}/let-back", "messages/1/remove", "close"):
        assert browser.post(f"/rooms/all/{verb}", data={"csrf_token": token}).status_code == expected, verb


def _token(browser):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/me").text)[1]


def test_whoever_looks_after_a_room_cannot_remove_themselves(client_for, rooms):
    browser = client_for(rooms.moderator.email)
    answer = browser.post(f"/rooms/all/people/{rooms.moderator.id}/remove", data={"csrf_token": _token(browser)})
    assert answer.status_code == 409


def test_a_report_leads_to_moderators_and_a_set_to_ones_own_words(app, client_for, rooms):
    with app.app_context():
        message_id = db.session.scalars(select(RoomMessage.id)).one()
        with transaction() as after:
            send(entrance.place(rooms.owner.member, "set"), Sending(SAID.replace("6", "7"), "in confidence"), after)
            after.clear()
    browser = client_for(rooms.owner.email)
    assert browser.get("/rooms/all/messages/1/report").location.endswith(f"/room_message/{message_id}")
    assert "room_message" not in browser.get("/rooms/set/messages/1/report").location
    assert browser.get("/rooms/all/messages/9/report").status_code == 404


def test_sending_without_a_script_happens_once(app, client_for, rooms):
    browser = client_for(rooms.owner.email)
    page = browser.get("/rooms/all").text
    form = {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1] for name in ("csrf_token", "id")}
    for _ in range(2):
        assert browser.post("/rooms/all", data={**form, "body": "from an old phone"}).status_code == 303
    refused = browser.post("/rooms/all", data={**form, "id": SAID[::-1], "body": "NHS number 999 000 0018"})
    assert refused.status_code == 422
    with app.app_context():
        assert db.session.scalars(select(RoomMessage.body).order_by(RoomMessage.seq)).all() == [
            "hello",
            "from an old phone",
        ]
