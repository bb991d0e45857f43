"""A wish not to meet holds in slots, and neither page, answer nor count gives it away."""

import re

import pytest

from app.catchups.slots.rules import SlotKind
from tests.catchups.slots.line import BOOKED, OFFERED, WAITING, Line
from tests.clients import TOKEN


@pytest.fixture
def apart(line, people):
    """The owner has a place, and the peer is not to meet them (whoever wished it)."""
    line.sign_up(people.owner)
    line.keep_apart(people.peer, people.owner)
    return line


def without_tokens(answer):
    """A page but for what differs each time."""
    token = TOKEN.search(answer.text)
    return re.sub(re.escape(token[1]), "", answer.text) if token else answer.text


@pytest.mark.both_databases
@pytest.mark.parametrize("turned_round", [False, True])
class TestOutcome:
    def test_who_should_not_meet_somebody_in_it_finds_it_full(self, line, people, turned_round):
        one, other = (people.peer, people.owner) if turned_round else (people.owner, people.peer)
        line.keep_apart(one, other)
        line.sign_up(people.owner)
        assert line.sign_up(people.peer) is False
        assert line.slot.taken == 1
        assert line.seen_by(people.peer).looks_full
        assert not line.seen_by(people.outsider).looks_full

    def test_they_wait_and_are_passed_over_until_the_other_leaves(self, line, people, turned_round):
        one, other = (people.peer, people.owner) if turned_round else (people.owner, people.peer)
        line.keep_apart(one, other)
        line.sign_up(people.owner)
        assert line.wait(people.peer) is False
        assert line.wait(people.outsider) is True, "the next in line is offered the place"
        line.give_up(people.owner)
        assert line.state(people.peer) == OFFERED

    def test_a_slot_of_theirs_is_not_there(self, line, people, turned_round):
        one, other = (people.owner, people.facilitator) if turned_round else (people.facilitator, people.owner)
        line.keep_apart(one, other)
        assert line.seen_by(people.owner) is None
        assert line.seen_by(people.peer) is not None


def test_what_is_booked_already_stays(line, people):
    """Taking it away would tell. Whoever made the wish can leave."""
    line.sign_up(people.owner)
    line.keep_apart(people.owner, people.facilitator)
    assert line.seen_by(people.owner).mine == BOOKED
    line.keep_apart(people.peer, people.owner)
    assert line.sign_up(people.peer) is False


@pytest.mark.parametrize("kind", [kind for kind in SlotKind if kind.is_event])
def test_at_events_both_can_come(app, people, kind):
    """Everybody is invited to them, and a place that is full to one person alone would tell."""
    with app.app_context():
        line = Line.of(app, people, people.lead, kind=kind)
    line.keep_apart(people.owner, people.peer)
    line.keep_apart(people.lead, people.peer)
    line.sign_up(people.owner)
    assert not line.seen_by(people.peer).looks_full
    assert line.sign_up(people.peer)
    assert line.wait(people.outsider) is False
    line.keep_apart(people.outsider, people.peer)
    line.give_up(people.owner)
    assert line.state(people.outsider) == OFFERED


def test_two_who_wait_are_not_both_offered_a_place(line, people):
    line.sign_up(people.moderator)
    line.sign_up(people.author)
    line.keep_apart(people.owner, people.peer)
    for person in (people.owner, people.peer, people.outsider):
        line.wait(person)
    line.give_up(people.moderator)
    line.give_up(people.author)
    assert [line.state(person) for person in (people.owner, people.peer, people.outsider)] == [
        OFFERED,
        WAITING,
        OFFERED,
    ]


class TestNothingTells:
    @pytest.fixture
    def really_full(self, app, people):
        """The same slot at another time, with no place left and no wish."""
        with app.app_context():
            line = Line.of(app, people, people.facilitator)
        line.sign_up(people.author)
        line.sign_up(people.reviewer)
        return line

    def test_the_page_is_that_of_a_full_slot(self, apart, really_full, people, client_for):
        browser = client_for(people.peer.email)
        pages = [browser.get(f"/catchups/{line.slot_id}") for line in (apart, really_full)]
        shown = [
            without_tokens(page).replace(f"/{line.slot_id}", "")
            for page, line in zip(pages, (apart, really_full), strict=True)
        ]
        assert "This one is full" in shown[0]
        assert same(shown[0]) == same(shown[1])

    def test_the_answers_are_those_of_a_full_slot(self, apart, really_full, people, client_for):
        for verb in ("sign-up", "wait"):
            answers = []
            for line in (apart, really_full):
                browser = client_for(people.peer.email)
                where = f"/catchups/{line.slot_id}"
                answer = browser.submit(f"{where}/{verb}", page="/catchups/new")
                answers.append((answer.status_code, answer.location.replace(where, ""), said(browser.get(where))))
            assert answers[0] == answers[1]

    def test_a_hosts_slot_is_like_one_that_does_not_exist(self, apart, people, client_for):
        apart.keep_apart(people.outsider, people.facilitator)
        browser = client_for(people.outsider.email)
        hidden, missing = browser.get(f"/catchups/{apart.slot_id}"), browser.get("/catchups/999999")
        assert (hidden.status_code, without_tokens(hidden)) == (404, without_tokens(missing))
        assert "Coffee by the river" not in browser.get("/catchups").text

    def test_the_host_sees_neither_who_waits_nor_that_anybody_does_beside_a_free_place(self, apart, people, client_for):
        apart.wait(people.peer)
        browser = client_for(people.facilitator.email)
        for page in (f"/catchups/{apart.slot_id}", f"/catchups/{apart.slot_id}/people"):
            text = browser.get(page).text
            assert "Petra" not in text
            assert "wait" not in text.partition("<main")[2]

    def test_members_see_no_counts_and_no_place_in_the_line(self, apart, people, client_for):
        apart.wait(people.peer)
        text = client_for(people.peer.email).get(f"/catchups/{apart.slot_id}").text
        assert not re.search(r"\d+ of \d+|places? \d|\d+ (people|person) wait", text.partition("<main")[2])


def said(page):
    """The messages of a page."""
    return re.findall(r'banner__heading">([^<]+)<', page.text)


def same(page):
    """A page without the dates, which differ by milliseconds of the fixtures' clock."""
    return re.sub(r"\d+(:\d+)?[ap]m", "", page)
