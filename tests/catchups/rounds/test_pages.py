"""The pages of rounds: what each kind of reader gets, and what they can do."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.catchups.rounds.models import Round, RoundTimetable
from app.catchups.rounds.rules import Answer
from app.core import clock
from app.core.audit import AuditEvent
from app.core.db import db
from tests.catchups.rounds.table import MONDAY

HOME = "/catchups/rounds"
THURSDAY = clock.in_london(2031, 3, 6, 12, 30)
WHEN = {"day-day": "6", "day-month": "3", "day-year": "2031", "starts": "12:30pm", "minutes": "30", "place": "Canteen"}


@pytest.fixture
def pair(table, people):
    """Owner and peer are in a group."""
    round_id = table.paired(people.owner, people.peer)
    return table.group_of(people.owner, round_id)


def said(answer):
    """What the page says after the redirect that a form answers with."""
    assert answer.status_code == 303, answer.text[:2000]
    return answer.location


# -- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [HOME, f"{HOME}/take-part", f"{HOME}/earlier", "/lead/rounds", "/lead/network"])
def test_visitors_sign_in_and_suspended_people_stay_out(table, people, anonymous, client_for, address):
    assert "/login" in anonymous.get(address).location
    assert client_for(people.owner.email).get("/home").status_code == 200
    table.suspend(people.owner)
    assert client_for(people.owner.email).get(address).status_code == 403


@pytest.mark.parametrize("who", ["owner", "peer", "outsider", "facilitator", "moderator", "lead", "author", "reviewer"])
def test_the_community_may_take_part(table, people, client_for, who):
    browser = client_for(getattr(people, who).email)
    assert "Coffee rounds" in browser.get(HOME).text
    assert browser.get(f"{HOME}/take-part").status_code == 200


def test_sponsors_and_people_without_a_cohort_do_not(app, table, people, client_for):
    assert client_for(people.sponsor.email).get(HOME).status_code == 403


@pytest.mark.parametrize("who", ["outsider", "facilitator", "moderator", "lead", "stranger", "other_lead"])
@pytest.mark.parametrize("path", ["", "/times/new", "/away", "/happened", "/drop-time"])
def test_a_group_is_not_there_for_anybody_else(table, people, pair, client_for, who, path):
    assert client_for(getattr(people, who).email).get(f"{HOME}/groups/{pair}{path}").status_code == 404


@pytest.mark.parametrize("path", ["times/1/yes", "times/1/no", "drop-time", "away", "happened"])
def test_nobody_else_can_do_anything_in_it(table, people, pair, client_for, path):
    browser = client_for(people.lead.email)
    form = {"answer": "met"}
    assert browser.submit(f"{HOME}/groups/{pair}/{path}", form, page=f"{HOME}/take-part").status_code == 404
    assert table.seen(people.owner, pair).answer is None


@pytest.mark.parametrize("who", ["owner", "facilitator", "moderator", "author", "reviewer", "sponsor"])
@pytest.mark.parametrize("address", ["/lead/rounds", "/lead/rounds/new", "/lead/rounds/timetable", "/lead/network"])
def test_the_pages_of_leads_are_for_leads(people, client_for, who, address):
    assert client_for(getattr(people, who).email).get(address).status_code == 403


def test_a_lead_of_another_programme_reaches_no_round_of_this_one(table, people, client_for):
    round_id = table.open()
    browser = client_for(people.other_lead.email)
    for path in ("close", "call-off"):
        assert browser.get(f"/lead/rounds/{round_id}/{path}").status_code == 404
        page = "/lead/rounds/new"
        assert browser.submit(f"/lead/rounds/{round_id}/{path}", page=page).status_code == 404
    assert "Round 1" not in browser.get("/lead/rounds").text
    assert table.round(round_id).state == "open"


# -- taking part -------------------------------------------------------------------------------------------------------


def test_opting_in_sitting_out_and_leaving(table, people, client_for):
    round_id = table.open()
    browser = client_for(people.owner.email)
    assert "Only in the round that is open now" in browser.get(f"{HOME}/take-part").text
    form = {"cadence": "fortnightly", "prefers": ["same_area", "other_profession"]}
    browser.submit(f"{HOME}/take-part", form)
    shown = browser.get(HOME).text
    assert "You are in" in shown
    assert "Every two weeks" in shown
    assert table.standing(people.owner).taker.prefers == ["other_profession", "same_area"]
    browser.submit(f"{HOME}/sit-out", page=HOME)
    assert "Join this round" in browser.get(HOME).text
    browser.submit(f"{HOME}/join", page=HOME)
    browser.submit(f"{HOME}/leave")
    assert table.in_round(round_id) == set()
    assert table.standing(people.owner).taker is None


def test_refused_answers_get_a_sentence(table, people, client_for):
    browser = client_for(people.owner.email)
    refused = browser.submit(f"{HOME}/take-part")
    assert refused.status_code == 422
    assert "Choose how often you would like to meet somebody" in refused.text
    assert browser.submit(f"{HOME}/take-part", {"cadence": "daily"}).status_code == 422
    assert browser.submit(f"{HOME}/take-part", {"cadence": "once"}).status_code == 422, "no round is open"
    assert browser.submit(f"{HOME}/take-part", {"cadence": "weekly", "prefers": ["gossip"]}).status_code == 422
    yesterday = {"until-day": "2", "until-month": "3", "until-year": "2031"}
    assert "Enter a day to come" in browser.submit(f"{HOME}/pause", yesterday).text
    in_years = {"until-day": "2", "until-month": "3", "until-year": "2041"}
    assert "within a year" in browser.submit(f"{HOME}/pause", in_years).text


def test_pausing_until_a_day(table, people, client_for):
    table.take_part(people.owner)
    browser = client_for(people.owner.email)
    browser.submit(f"{HOME}/pause", {"until-day": "20", "until-month": "4", "until-year": "2031"})
    assert "You pause until Sunday 20 April 2031" in browser.get(HOME).text
    browser.submit(f"{HOME}/resume", page=HOME)
    assert "You pause" not in browser.get(HOME).text


def test_it_is_too_late_after_the_deadline(table, people, client_for):
    table.take_part(people.owner)
    table.open(days=5)
    browser = client_for(people.owner.email)
    token_page = browser.get(HOME)
    assert "Sit this one out" in token_page.text
    with clock.frozen(MONDAY + timedelta(days=6)):
        answer = browser.submit(f"{HOME}/sit-out", page=f"{HOME}/take-part")
        assert "Sign-up has closed" in browser.get(said(answer)).text


# -- a group -----------------------------------------------------------------------------------------------------------


def test_a_group_says_who_why_and_how_to_find_a_time(people, pair, client_for):
    shown = client_for(people.owner.email).get(f"{HOME}/groups/{pair}").text
    assert "You and Petra Peer" in shown
    assert "Why you two" in shown
    assert "not been put together in a round before" in shown
    assert "Offer a time" in shown


def test_offering_a_time_and_agreeing_on_it(table, people, pair, client_for):
    owner, peer = client_for(people.owner.email), client_for(people.peer.email)
    owner.submit(f"{HOME}/groups/{pair}/times/new", WHEN)
    shown = peer.get(f"{HOME}/groups/{pair}").text
    assert "Thursday 6 March 2031, 12:30pm to 1pm" in shown
    assert "Offered by Olu Owner" in shown
    peer.submit(f"{HOME}/groups/{pair}/times/1/yes", page=f"{HOME}/groups/{pair}")
    assert "It is in your calendar" in peer.get(f"{HOME}/groups/{pair}").text
    peer.submit(f"{HOME}/groups/{pair}/drop-time")
    assert "It is in your calendar" not in owner.get(f"{HOME}/groups/{pair}").text
    assert table.row(pair).starts_at is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day-day": "2"}, "Choose a time to come"),
        ({"day-month": "9"}, "when this round ends"),
        ({"place": " "}, "Enter where you meet"),
        ({"starts": "half past"}, "Enter a time like"),
        ({"day-day": "30", "starts": "1:30am"}, "the clocks go forward"),
        ({"place": "x" * 201}, "200 characters"),
    ],
)
def test_times_that_are_none_get_a_sentence(people, pair, client_for, wrong, sentence):
    answer = client_for(people.owner.email).submit(f"{HOME}/groups/{pair}/times/new", WHEN | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_being_booked_at_that_time_is_said_and_linked(table, people, pair, client_for):
    table.yes(people.peer, pair, table.offer_time(people.owner, pair, THURSDAY))
    other = table.group_of(people.owner, table.paired(people.owner, people.outsider))
    answer = client_for(people.owner.email).submit(f"{HOME}/groups/{other}/times/new", WHEN)
    assert answer.status_code == 409
    assert f"{HOME}/groups/{pair}" in answer.text


def test_opening_the_question_answers_nothing_and_each_answers_alone(table, people, pair, client_for):
    owner, peer = client_for(people.owner.email), client_for(people.peer.email)
    assert "Did you meet Petra Peer?" in owner.get(f"{HOME}/groups/{pair}/happened").text
    assert table.seen(people.owner, pair).answer is None
    owner.submit(f"{HOME}/groups/{pair}/happened", {"answer": "met"})
    peer.submit(f"{HOME}/groups/{pair}/happened", {"answer": "not_met"})
    assert table.seen(people.owner, pair).answer is Answer.MET
    assert "No, it did not happen" in peer.get(f"{HOME}/groups/{pair}").text
    assert "No, it did not happen" not in owner.get(f"{HOME}/groups/{pair}").text
    assert owner.submit(f"{HOME}/groups/{pair}/happened", {"answer": "perhaps"}).status_code == 422


def test_being_away_and_looking_for_somebody_else(table, people, pair, client_for):
    owner, peer = client_for(people.owner.email), client_for(people.peer.email)
    owner.submit(f"{HOME}/groups/{pair}/away")
    assert "You said that you cannot meet this time" in owner.get(f"{HOME}/groups/{pair}").text
    shown = peer.get(f"{HOME}/groups/{pair}").text
    assert "Match me with somebody else" in shown
    round_id = table.seen(people.peer, pair).round.id
    peer.submit(f"{HOME}/{round_id}/look", page=f"{HOME}/groups/{pair}")
    assert "We look for somebody else" in peer.get(f"{HOME}/groups/{pair}").text
    assert owner.submit(f"{HOME}/{round_id}/look", page=f"{HOME}/take-part").status_code == 404, "they are away"
    peer.submit(f"{HOME}/{round_id}/stop-looking", page=f"{HOME}/groups/{pair}")
    assert "Match me with somebody else" in peer.get(f"{HOME}/groups/{pair}").text


def test_without_a_match_the_page_is_the_same_whatever_the_reason(table, people, client_for):
    table.keep_apart(people.owner, people.peer)
    table.paired(people.owner, people.peer)
    apart = client_for(people.owner.email).get(HOME).text
    table.paired(people.outsider)
    lonely = client_for(people.outsider.email).get(HOME).text

    def told(page):
        return page[page.index("We could not find a match") : page.index("See the catch-ups")].replace("/2/", "/1/")

    without_tokens = [
        [line for line in told(page).splitlines() if "csrf_token" not in line] for page in (apart, lonely)
    ]
    assert without_tokens[0] == without_tokens[1]


def test_earlier_rounds(table, people, pair, client_for):
    table.answer(people.owner, pair)
    with clock.frozen(MONDAY + timedelta(days=60)):
        table.work()
        shown = client_for(people.owner.email).get(f"{HOME}/earlier").text
    assert "You met." in shown
    assert "Petra Peer" in shown


# -- leads -------------------------------------------------------------------------------------------------------------


def test_a_lead_opens_closes_and_sees_numbers_from_five_on(app, table, people, client_for):
    lead = client_for(people.lead.email)
    form = {
        "group_size": "3",
        "days_to_meet": "10",
        "closes_on-day": "7",
        "closes_on-month": "3",
        "closes_on-year": "2031",
    }
    lead.submit("/lead/rounds/new", form)
    table.join(people.owner, people.peer)
    assert "fewer than 5" in lead.get("/lead/rounds").text
    table.join(*table.crowd(4))
    assert "So far, 6 people" in lead.get("/lead/rounds").text
    with app.app_context():
        round_id = db.session.scalars(select(Round.id)).one()
    lead.submit(f"/lead/rounds/{round_id}/close")
    table.work()
    shown = lead.get("/lead/rounds").text
    assert "People are meeting" in shown
    assert "Olu" not in shown
    with app.app_context():
        actions = list(db.session.scalars(select(AuditEvent.action).where(AuditEvent.actor_id == people.lead.id)))
    assert actions == ["open_round", "close_round"]


def test_a_lead_keeps_and_stops_a_timetable(app, people, table, client_for):
    lead = client_for(people.lead.email)
    form = {
        "cadence": "monthly",
        "group_size": "2",
        "days_open": "5",
        "days_to_meet": "20",
        "next_opens_on-day": "10",
        "next_opens_on-month": "3",
        "next_opens_on-year": "2031",
    }
    lead.submit("/lead/rounds/timetable", form)
    assert "Every month. The next one opens on Monday 10 March 2031" in lead.get("/lead/rounds").text
    assert "It opens on Monday 10 March 2031" in client_for(people.owner.email).get(HOME).text
    assert lead.submit("/lead/rounds/timetable", form | {"days_open": "0"}).status_code == 422
    lead.submit("/lead/rounds/timetable/stop", page="/lead/rounds/timetable")
    with app.app_context():
        assert db.session.get(RoundTimetable, people.programme_id) is None


def test_the_picture_of_the_network_shows_nothing_under_five(table, people, client_for):
    crowd = table.crowd(12, organisations=2)
    round_id = table.paired(*crowd)
    for person in crowd:
        table.answer(person, table.group_of(person, round_id))
    lead = client_for(people.lead.email)
    assert "No round is finished yet" in lead.get("/lead/network").text
    with clock.frozen(MONDAY + timedelta(days=60)):
        table.work()
        shown = lead.get("/lead/network").text
    assert table.round(round_id).met_across == 6
    assert "<svg" in shown
    assert "not shown" in shown
    assert ">6<" in shown
    assert ">0<" not in shown
