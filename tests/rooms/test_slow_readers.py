"""A reader that is slow gets a whole stream or none, and holds up nobody else."""

import json
import socket
from uuid import uuid4

import websocket

from app.core import clock
from app.core.db import db, transaction
from app.rooms.models import Room, RoomMessage
from app.rooms.rules import LONGEST_BODY

MESSAGES = 2_000  # of LONGEST_BODY characters: more than what the kernel keeps for a reader
SMALL = 4_096  # bytes that the slow reader's side keeps for it


def fill(house, slug):
    with house.app.app_context(), transaction():
        room = db.session.query(Room).filter_by(slug=slug).one()
        common = {"room_id": room.id, "author_id": house.people.owner.id, "sent_at": clock.now()}
        rows = [
            common | {"seq": seq, "client_id": str(uuid4()), "body": f"{seq} ".ljust(LONGEST_BODY, "x")}
            for seq in range(1, MESSAGES + 1)
        ]
        db.session.execute(RoomMessage.__table__.insert(), rows)
        room.last_seq = MESSAGES


def slow_reader(house, slug):
    """A WebSocket that says it has seen the first message, and then reads nothing."""
    browser = house.browser(house.people.peer)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.http.cookies)
    address = browser.address.replace("http", "ws") + f"/socket.io/?EIO=4&transport=websocket&room={slug}"
    reader = websocket.create_connection(
        address, cookie=cookies, timeout=20, sockopt=[(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)]
    )
    assert reader.recv().startswith("0{")
    reader.send('40{"last_seq": 1}')
    return reader


def read_on(reader, last):
    """Every message of the stream up to a number, in the order in which it came."""
    seen = []
    while not seen or seen[-1] < last:
        packet = reader.recv()
        if packet == "2":
            reader.send("3")
        elif packet.startswith("42"):
            event, payload = json.loads(packet[2:])
            if event == "room:history":
                seen += [message["seq"] for message in payload["messages"]]
            elif event == "room:message":
                seen.append(payload["seq"])
    return seen


def test_a_slow_reader_gets_every_frame_whole_and_nobody_waits_for_it(house):
    slug = house.room()
    fill(house, slug)
    reader = slow_reader(house, slug)
    try:
        owner, outsider = house.enter(house.people.owner, slug), house.enter(house.people.outsider, slug)
        for n in range(20):
            assert owner.say(f"while somebody reads nothing, {n}")["ok"]
        assert len(outsider.hears(20)) == 20
        assert outsider.messages[-1]["seq"] == MESSAGES + 20
        seen = read_on(reader, MESSAGES + 20)
    finally:
        reader.close()
    assert sorted(set(seen)) == list(range(2, MESSAGES + 21))
    assert len(seen) == len(set(seen))


def test_compression_is_not_accepted(house):
    """It costs three times the processor time of a delivery."""
    browser = house.browser(house.people.owner)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.http.cookies)
    address = browser.address.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    asked = ["Sec-WebSocket-Extensions: permessage-deflate"]
    reader = websocket.create_connection(address, cookie=cookies, header=asked, timeout=10)
    assert "sec-websocket-extensions" not in reader.getheaders()
    reader.close()


def test_a_message_that_is_too_long_for_the_wire_ends_the_connection_and_nothing_else(house):
    slug = house.room()
    owner, peer = house.enter(house.people.owner, slug), house.enter(house.people.peer, slug)
    owner.client.emit("room:send", {"id": str(uuid4()), "body": "x" * 200_000})
    owner.is_cut_off()
    assert peer.say("still here")["ok"]
