"""What the first page says of catch-ups: what waits for an answer, then what comes next."""

from datetime import timedelta

import pytest

from app.core import clock
from tests.catchups.rounds.table import MONDAY, Table
from tests.catchups.slots.line import Line

CATCH_UPS = "A coffee with somebody who does the same elsewhere."


@pytest.fixture
def table(app, people):
    with clock.frozen(MONDAY):
        yield Table(app, people.programme_id, people.cohort_id, people.lead.id)


def home(client_for, person):
    return client_for(person.email).get("/home").text


def test_where_nothing_is_on_it_leads_to_what_there_is(table, people, client_for):
    assert CATCH_UPS in home(client_for, people.owner)
    assert CATCH_UPS not in home(client_for, people.sponsor), "not where nobody could follow it"


def test_an_open_round_and_whether_one_is_in(table, people, client_for):
    table.open(days=5)
    assert "We introduce you to somebody new. Sign-up closes on 8 March 2031, 8pm." in home(client_for, people.owner)
    table.join(people.owner)
    shown = home(client_for, people.owner)
    assert "You are in it. Sign-up closes on 8 March 2031, 8pm." in shown
    assert 'href="/catchups/rounds"' in shown


def test_a_group_without_a_time_then_its_time_then_the_question(table, people, client_for):
    group_id = table.group_of(people.owner, table.paired(people.owner, people.peer))
    page = f'href="/catchups/rounds/groups/{group_id}"'
    shown = home(client_for, people.owner)
    assert "Find a time to meet" in shown
    assert page in shown
    time_id = table.offer_time(people.peer, group_id, clock.in_london(2031, 3, 6, 12, 30))
    table.yes(people.owner, group_id, time_id)
    shown = home(client_for, people.owner)
    assert "Find a time to meet" not in shown
    assert "Thursday 6 March 2031, 12:30pm." in shown
    assert page in shown
    with clock.frozen(MONDAY + timedelta(days=4)):
        shown = home(client_for, people.owner)
        assert "Did it happen?" in shown
        assert f'href="/catchups/rounds/groups/{group_id}/happened"' in shown
        table.answer(people.owner, group_id)
        assert "Did it happen?" not in home(client_for, people.owner)
        assert "Did it happen?" in home(client_for, people.peer), "each is asked by themselves"


def test_a_place_that_is_held_and_one_that_is_booked(app, table, people, client_for):
    with app.app_context():
        line = Line.of(app, people, people.facilitator, capacity=1)
    line.sign_up(people.owner)
    line.wait(people.peer)
    assert "Your next catch-up" in home(client_for, people.owner)
    assert "Your next catch-up" in home(client_for, people.facilitator), "hosts are there too"
    assert "A place for you" not in home(client_for, people.peer)
    line.give_up(people.owner)
    shown = home(client_for, people.peer)
    assert "A place for you" in shown
    assert f'href="/catchups/{line.slot_id}"' in shown
    assert "Your next catch-up" not in shown
