"""Rooms with real sockets against the real server: order, acknowledgement, gaps, eviction, presence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from socketio.exceptions import ConnectionError as NotLetIn
from sqlalchemy import func, select

from app.accounts.operations import standing
from app.core import clock
from app.core.db import db, transaction
from app.moderation.cases.rules import Outcome
from app.moderation.cases.subjects import Order
from app.rooms import entrance, operations, reporting
from app.rooms.models import Room, RoomMessage
from app.rooms.rules import BATCH, LONGEST_BODY, NEWEST, RoomKind, Sending
from tests.processes import until
from tests.sockets import A_MOMENT


def numbered(messages):
    return [message["seq"] for message in messages]


def fill(house, slug, number, by=None):
    """Put messages into a room without a socket, as another process would."""
    author = by or house.people.owner
    with house.app.app_context(), transaction():
        room = db.session.scalars(select(Room).where(Room.slug == slug)).one()
        rows = [
            {
                "room_id": room.id,
                "seq": room.last_seq + n,
                "client_id": str(uuid4()),
                "author_id": author.id,
                "body": f"message {room.last_seq + n}",
                "sent_at": clock.now(),
            }
            for n in range(1, number + 1)
        ]
        db.session.execute(RoomMessage.__table__.insert(), rows)
        room.last_seq += number


def test_everybody_hears_everything_in_one_order(house):
    slug, people = house.room(), house.people
    owner, peer = house.enter(people.owner, slug), house.enter(people.peer, slug, transport="polling")
    for n in range(10):
        answer = (owner, peer)[n % 2].say(f"word {n}")
        assert answer == {"ok": True, "seq": n + 1}
    for guest in (owner, peer):
        assert guest.hears(10) == [f"word {n}" for n in range(10)]
        assert numbered(guest.messages) == list(range(1, 11))
    said = owner.messages[0]
    assert set(said) == {"seq", "id", "body", "author", "at"}
    assert said["author"] == people.owner.name


def test_the_same_message_again_is_one_row_and_says_where_it_stands(house):
    slug, name = house.room(), str(uuid4())
    owner, peer = house.enter(house.people.owner, slug), house.enter(house.people.peer, slug)
    answers = [owner.say("once", name) for _ in range(3)]
    assert answers == [{"ok": True, "seq": 1}] * 3
    assert peer.say("mine", name)["ok"] is False, "somebody else's name for a message is not theirs to use"
    peer.say("after it")
    assert peer.hears(2) == ["once", "after it"]


def test_a_burst_stays_in_order(house):
    slug = house.room()
    owner, peer = house.enter(house.people.owner, slug), house.enter(house.people.peer, slug)
    answers = []
    for n in range(100):
        owner.client.emit("room:send", {"id": str(uuid4()), "body": str(n)}, callback=answers.append)
    until(lambda: len(answers) == 100, patience=60, what="all acknowledgements")
    assert [answer["seq"] for answer in answers] == list(range(1, 101))
    assert peer.hears(100) == [str(n) for n in range(100)]


def test_who_comes_back_gets_the_gap_and_who_is_new_the_newest(house):
    slug, people = house.room(), house.people
    fill(house, slug, BATCH + 250)
    back = house.enter(people.owner, slug, last_seq=20)
    assert numbered(back.caught_up()) == list(range(21, BATCH + 251))
    assert [part["more"] for part in back.histories] == [True, False]

    new = house.enter(people.peer, slug)
    until(lambda: new.histories, patience=A_MOMENT, what="the history")
    assert numbered(new.histories[0]["messages"]) == list(range(BATCH + 51, BATCH + 251))
    assert len(new.histories[0]["messages"]) == NEWEST
    assert new.histories[0]["more"] is True
    older = new.client.call("room:older", {"before_seq": BATCH + 51}, timeout=10)
    assert numbered(older["messages"]) == list(range(BATCH - 149, BATCH + 51))
    first = new.client.call("room:older", {"before_seq": 3}, timeout=10)
    assert (numbered(first["messages"]), first["more"]) == ([1, 2], False)

    nothing_missed = house.enter(people.outsider, slug, last_seq=BATCH + 250)
    until(lambda: nothing_missed.histories, patience=A_MOMENT, what="the history")
    assert nothing_missed.histories == [{"messages": [], "more": False, "changes": 0}]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"id": "1", "body": "hello"}, "number of its own"),
        ({"body": "hello"}, "number of its own"),
        ({"id": str(uuid4()), "body": " \n "}, "Write something"),
        ({"id": str(uuid4()), "body": 7}, "Write something"),
        ({"id": str(uuid4()), "body": "x" * (LONGEST_BODY + 1)}, "or fewer"),
        ({"id": str(uuid4()), "body": "It was 999 000 0018, NHS number"}, "NHS number"),
        ({"id": str(uuid4()), "body": "Write to sam.okafor@gmail.com"}, "email address"),
        ("hello", "number of its own"),
        (None, "number of its own"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_sentence(house, sent, why):
    owner = house.enter(house.people.owner, house.room())
    answer = owner.client.call("room:send", sent, timeout=10)
    assert answer["ok"] is False
    assert why in answer["reason"]


def test_who_may_come_in(house):
    people = house.people
    own_set = house.room(RoomKind.SET, seats=[people.owner.id], hosts=[people.facilitator.id])
    for person in (people.owner, people.facilitator):
        assert house.enter(person, own_set).say("here")["ok"]
    for person in (people.peer, people.outsider, people.moderator, people.lead, people.stranger):
        with pytest.raises(NotLetIn):
            house.enter(person, own_set)
    community = house.room()
    with pytest.raises(NotLetIn):
        house.enter(people.stranger, community)
    with pytest.raises(NotLetIn):
        house.enter(people.owner, "no-such-room")


def place(house, person, slug):
    return entrance.place(person.member, slug)


def test_only_listening_closing_and_what_is_removed(house):
    slug, people = house.room(), house.people
    owner, peer = house.enter(people.owner, slug), house.enter(people.peer, slug)
    owner.say("something unkind")
    with house.app.app_context(), transaction():
        moderated = place(house, people.moderator, slug)
        operations.mute(moderated, people.owner.id, clock.now() + timedelta(minutes=10))
        operations.remove_message(moderated, 1)
    answer = owner.say("again")
    assert answer["ok"] is False
    assert "only listen" in answer["reason"]
    late = house.enter(people.outsider, slug)
    (kept,) = late.caught_up()
    assert (kept["removed"], kept["body"]) == (True, "")
    with house.app.app_context(), transaction() as after:
        operations.close(place(house, people.moderator, slug), after)
    assert peer.say("anybody?") == {"ok": False, "reason": operations.CLOSED}


def test_reactions_are_counted_once_each_and_can_be_taken_back(house):
    slug, people = house.room(), house.people
    owner, peer = house.enter(people.owner, slug), house.enter(people.peer, slug)
    owner.say("I said something at last")

    def react(guest, kind="thanks"):
        return guest.client.call("room:react", {"seq": 1, "kind": kind}, timeout=10)

    def shows(**counts):
        until(lambda: peer.changed and peer.changed[-1].get("reactions", {}) == counts, A_MOMENT, f"{counts}")

    assert react(peer) == react(owner) == {"ok": True}
    shows(thanks=2)
    react(owner)
    shows(thanks=1)
    react(peer)
    shows()
    assert react(owner, "laugh")["ok"] is False


def test_two_tabs_count_once_and_who_leaves_is_gone(house):
    slug, people = house.room(), house.people
    first, second = (house.enter(people.owner, slug) for _ in range(2))
    peer = house.enter(people.peer, slug)
    names = sorted([people.owner.name, people.peer.name])
    until(lambda: peer.here == names, patience=A_MOMENT, what="both names, once each")
    first.client.disconnect()
    peer.client.call("room:state", {"state": "hand"}, timeout=10)
    until(lambda: peer.presence[-1]["members"][0] == {"name": people.peer.name, "state": "hand"}, A_MOMENT, "the hand")
    assert sorted(peer.here) == names, "the other tab is still open"
    second.client.disconnect()
    until(lambda: peer.here == [people.peer.name], patience=A_MOMENT, what="leaving")


class TestWhoIsShownOut:
    """Within a second, without a broker, wherever it was decided: this test stands for another process."""

    def shown_out(self, guest, reason):
        guest.is_cut_off()
        assert guest.evicted == [{"reason": reason}]

    def test_whom_a_moderator_removes(self, house):
        slug, people = house.room(), house.people
        owner, peer = house.enter(people.owner, slug), house.enter(people.peer, slug)
        elsewhere = house.enter(people.owner, house.room())
        owner.say("hello")
        with house.app.app_context(), transaction() as after:
            operations.remove_member(place(house, people.moderator, slug), people.owner.id, after)
            after.clear()  # as if the news were lost
        self.shown_out(owner, "removed")
        assert peer.client.connected
        assert elsewhere.client.connected
        with pytest.raises(NotLetIn):
            house.enter(people.owner, slug)

    def test_who_is_suspended_and_who_signed_out_everywhere(self, house):
        slug, people = house.room(), house.people
        outsider = house.enter(people.outsider, slug)
        with house.app.app_context(), transaction() as after:
            until_then = clock.now() + timedelta(days=1)
            standing.suspend(people.outsider.member, until_then, by_id=None, programme_id=None, after=after)
            after.clear()
        self.shown_out(outsider, "suspended")
        with house.app.app_context(), transaction():
            standing.lift_suspension(people.outsider.member, by_id=None, programme_id=None)
        again = house.enter(people.outsider, slug)
        with house.app.app_context(), transaction():
            standing.end_sessions(people.outsider.member)
        self.shown_out(again, "signed out")
        house.forget(people.outsider)


def test_what_another_process_wrote_is_heard_without_a_broker(house):
    slug = house.room()
    owner = house.enter(house.people.owner, slug)
    owner.say("mine")
    with house.app.app_context(), transaction() as after:
        operations.send(place(house, house.people.peer, slug), Sending(str(uuid4()), "from elsewhere"), after)
        after.clear()
    assert owner.hears(2) == ["mine", "from elsewhere"]
    assert numbered(owner.messages) == [1, 2]


def test_who_comes_back_hears_what_was_removed_meanwhile(house):
    slug, people = house.room(), house.people
    owner, peer = house.enter(people.owner, slug), house.enter(people.peer, slug)
    owner.say("something unkind")
    peer.hears(1)
    seen = peer.histories[-1]["changes"]
    peer.client.disconnect()
    with house.app.app_context(), transaction():
        operations.remove_message(place(house, people.moderator, slug), 1)
    back = house.enter(people.peer, slug, last_seq=1, changes=seen)
    until(lambda: back.changed, patience=A_MOMENT, what="the change")
    assert (back.changed[0]["seq"], back.changed[0]["body"], back.changed[0]["removed"]) == (1, "", True)


def test_a_decision_of_moderators_is_seen_at_once_and_can_be_taken_back(house):
    slug, people = house.room(), house.people
    owner, peer = house.enter(people.owner, slug), house.enter(people.peer, slug)
    owner.say("something unkind")
    with house.app.app_context():
        message_id = db.session.scalars(select(RoomMessage.id).order_by(RoomMessage.id.desc())).first()
        shot = reporting.snapshot(message_id)
        assert (shot.body, shot.author_id) == ("something unkind", people.owner.id)
        assert reporting.may_report(people.peer.member, message_id)
        assert not reporting.may_report(people.stranger.member, message_id)
    order = Order(decision_id=1, subject_id=message_id, outcome=Outcome.REMOVE, by_id=None, at=clock.now())
    with house.app.app_context(), transaction():
        before = reporting.apply(order)
    until(lambda: peer.changed, patience=A_MOMENT, what="the removal")
    assert peer.changed[-1]["removed"] is True
    with house.app.app_context(), transaction():
        reporting.reverse(order, before)
    until(lambda: len(peer.changed) == 2, patience=A_MOMENT, what="the words again")
    assert peer.changed[-1]["body"] == "something unkind"


def test_what_is_said_in_a_learning_set_becomes_no_case(house):
    people = house.people
    slug = house.room(RoomKind.SET, seats=[people.owner.id])
    house.enter(people.owner, slug).say("in confidence")
    with house.app.app_context():
        message_id = db.session.scalars(select(RoomMessage.id).order_by(RoomMessage.id.desc())).first()
        assert reporting.snapshot(message_id) is None
        assert not reporting.may_report(people.owner.member, message_id)


def test_counting_stays_right(house):
    """After everything above: in each room the numbers are 1 to last_seq, without a hole."""
    with house.app.app_context():
        counted = select(Room.last_seq, func.count(RoomMessage.id), func.max(RoomMessage.seq))
        for last, number, highest in db.session.execute(counted.join(RoomMessage).group_by(Room.id)):
            assert last == number == highest
