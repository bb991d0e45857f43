"""A live process that dies loses nothing that was acknowledged, and leaves no ghosts."""

from tests import processes
from tests.journeys.product import descendants, kill
from tests.processes import until
from tests.rooms.conftest import House
from tests.sockets import A_MOMENT


def test_after_a_kill_everything_acknowledged_is_there_and_nobody_who_is_gone(app, settings, people):
    with processes.web(settings) as first:
        house = House(app, people, first, {})
        slug = house.room()
        owner, peer = house.enter(people.owner, slug), house.enter(people.peer, slug)
        acknowledged = [owner.say(f"word {n}")["seq"] for n in range(5)]
        assert len(peer.hears(5)) == 5
        # gunicorn's master would start another worker: all of it dies
        kill({first.process.pid, *descendants(first.process.pid)})
        for guest in (owner, peer):
            guest.is_cut_off()
        seen = peer.messages[2]["seq"]
    with processes.web(settings) as second:
        house = House(app, people, second, {})
        again = house.enter(people.peer, slug, last_seq=seen)
        assert [message["seq"] for message in again.caught_up()] == [seq for seq in acknowledged if seq > seen]
        until(lambda: again.here == [people.peer.name], patience=A_MOMENT, what="a list without ghosts")
        again.client.disconnect()
