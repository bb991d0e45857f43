"""The pages, as each of the people of tests.people meets them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Member
from app.accounts.rules import Role
from app.core import clock
from app.core.db import db, transaction
from app.moderation.cases import answers
from app.moderation.cases.machine import State
from app.moderation.cases.models import CannedReply, Concern, Decision, ModerationCase, RotaTurn
from app.moderation.cases.operations.opening import Place, Span, open_in_own_words
from app.moderation.cases.queries import features
from app.moderation.cases.rules import TIME_TO_UNDO, Measure, Outcome, Reason, Route, Source
from tests import people as cast
from tests.moderation.cases.board import TYPE
from tests.moderation.cases.deskwork import case, decide, report, tell_all

LATER = TIME_TO_UNDO + timedelta(seconds=1)
DESK = ["", "/independent", "/spam", "/people", "/replies", "/replies/new", "/rota", "/actions"]


@pytest.fixture
def reported(app, people, board):
    """A message of the owner's that the peer has reported: its number and the id of its case."""
    with app.app_context():
        number = board.say(people.owner, people.programme_id, "What the owner said")
        return number, report(number, people.peer, words="It hurt me")


def wait_and_tell():
    with clock.frozen(clock.now() + LATER):
        tell_all()


def quick(browser, case_id, outcome, version=1):
    page = f"/moderation/cases/{case_id}"
    return browser.submit(f"{page}/quick", {"outcome": outcome, "version": version}, page=page)


@pytest.mark.parametrize("path", DESK)
def test_the_desk_is_for_moderators_and_leads(people, client_for, anonymous, path):
    address = f"/moderation{path}"
    for who in (people.moderator, people.lead):
        assert client_for(who.email).get(address).status_code == 200
    for who in (people.owner, people.facilitator, people.sponsor, people.suspended, people.stranger):
        assert client_for(who.email).get(address).status_code == 403
    assert anonymous.get(address).status_code == 302


def test_a_case_is_seen_by_those_who_decide_it_and_by_nobody_else(
    people, client_for, anonymous, reported, second, elsewhere
):
    _number, case_id = reported
    address = f"/moderation/cases/{case_id}"
    assert client_for(people.moderator.email).get(address).status_code == 200
    for who in (
        people.owner,
        people.peer,
        people.outsider,
        people.lead,
        people.facilitator,
        people.other_lead,
        elsewhere,
    ):
        assert client_for(who.email).get(address).status_code == 404
    assert client_for(people.suspended.email).get(address).status_code == 403
    assert anonymous.get(address).status_code == 302


def test_the_queue_shows_no_word_of_what_was_said(people, client_for, reported):
    page = client_for(people.moderator.email).get("/moderation").text
    assert "Bullying, harassment or discrimination" in page
    assert "What the owner said" not in page
    assert "It hurt me" not in page
    assert people.owner.name not in page


def test_reporting(app, people, board, client_for, anonymous):
    with app.app_context():
        number = board.say(people.owner, people.programme_id, "Not kind at all")
    address = f"/moderation/report/{TYPE}/{number}"
    browser = client_for(people.peer.email)
    assert "Not kind at all" in browser.get(address).text
    assert browser.submit(address, {}).status_code == 422
    refused = browser.submit(address, {"reason": "other"})
    assert "Say what it is in your own words" in refused.text
    answer = browser.submit(address, {"reason": "harassment", "words": "It is about me"})
    assert "A moderator who has no part in it" in browser.get(answer.location).text
    for who in (people.owner, people.stranger):
        assert client_for(who.email).get(address).status_code == 404
    assert client_for(people.suspended.email).get(address).status_code == 403
    assert anonymous.get(address).status_code == 302
    assert browser.get(f"/moderation/report/{TYPE}/999").status_code == 404
    assert browser.get("/moderation/report/nothing/1").status_code == 404


def test_worry_shows_who_is_there_at_once_and_alerts(app, people, board, client_for):
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
    browser = client_for(people.peer.email)
    answer = browser.submit(f"/moderation/report/{TYPE}/{number}", {"reason": "wellbeing"})
    page = browser.get(answer.location).text
    assert "No moderator is at their desk at this hour" in page
    assert "tel:999" in page
    with app.app_context():
        tell_all()
    assert "Support is there for you" in client_for(people.owner.email).get("/inbox").text
    assert "An urgent case is waiting" in client_for(people.moderator.email).get("/inbox").text


def test_a_concern_in_ones_own_words_is_open_even_to_the_suspended(app, people, client_for, anonymous):
    for who in (people.suspended, people.sponsor):
        browser = client_for(who.email)
        form = {"reason": "safeguarding", "words": "A colleague is at risk.", "from": "/workbook"}
        answer = browser.submit("/moderation/concern", form)
        assert answer.status_code == 303
        assert "urgent=1" in answer.location
    assert anonymous.get("/moderation/concern").status_code == 302
    with app.app_context():
        assert [each.words for each in db.session.scalars(select(Concern))] == ["A colleague is at risk."] * 2


@pytest.mark.parametrize("sent_from", ["//evil.example", "https://evil.example", "/\\evil.example", "x"])
def test_thanks_lead_back_to_pages_of_ours_only(people, client_for, sent_from):
    page = client_for(people.peer.email).get("/moderation/thanks", query_string={"from": sent_from}).text
    assert "evil.example" not in page


def test_one_key_decides_and_opens_the_next(app, people, board, client_for, reported):
    number, case_id = reported
    with app.app_context():
        following = report(board.say(people.owner, people.programme_id), people.peer)
    browser = client_for(people.moderator.email)
    answer = quick(browser, case_id, "remove")
    assert answer.status_code == 303
    assert f"/moderation/cases/{following}?decided=" in answer.location
    assert board.messages[number].state == "removed"
    page = browser.get(answer.location).text
    assert "Undo" in page
    with app.app_context():
        assert case(following).claimed_by_id == people.moderator.id
        decision = db.session.scalars(select(Decision)).one()
    undone = browser.submit(f"/moderation/decisions/{decision.id}/undo", page=answer.location)
    assert undone.location.endswith(f"/moderation/cases/{case_id}")
    assert board.messages[number].state == "published"


def test_one_key_sends_the_reply_that_moderators_keep(app, people, client_for, reported):
    browser = client_for(people.moderator.email)
    form = {"title": "Kind words", "outcome": "remove", "words": "Please be kind to each other."}
    assert browser.submit("/moderation/replies/new", form).status_code == 303
    quick(browser, reported[1], "remove")
    with app.app_context():
        assert db.session.scalars(select(Decision.words)).one() == "Please be kind to each other."


@pytest.mark.parametrize("outcome", ["answer", "uphold", "suspend", "", "support"])
def test_a_key_that_is_not_offered_decides_nothing(app, people, client_for, reported, outcome):
    assert quick(client_for(people.moderator.email), reported[1], outcome).status_code == 422
    with app.app_context():
        assert case(reported[1]).state is State.OPEN


def test_who_may_decide_by_post(app, people, client_for, reported, second):
    _number, case_id = reported
    browser = client_for(people.moderator.email)
    for who in (people.owner, people.peer, people.outsider, people.lead, people.other_lead):
        other = client_for(who.email)
        for what in ("quick", "decide", "notes", "claim"):
            answer = other.submit(f"/moderation/cases/{case_id}/{what}", {"outcome": "remove"}, page="/me")
            assert answer.status_code == 404, (who.name, what)
    browser.submit(f"/moderation/cases/{case_id}/claim", page=f"/moderation/cases/{case_id}")
    rival = client_for(second.email)
    answer = rival.submit(f"/moderation/cases/{case_id}/quick", {"outcome": "remove", "version": 1}, page="/me")
    assert answer.status_code == 303
    assert "Somebody else has this case" in rival.get(answer.location).text
    with app.app_context():
        assert case(case_id).claimed_by_id == people.moderator.id


def test_deciding_in_full_suspends_and_says_so(app, people, client_for, reported):
    browser = client_for(people.moderator.email)
    address = f"/moderation/cases/{reported[1]}"
    until = clock.london(clock.now() + timedelta(days=3))
    form = {
        "outcome": "remove", "ground": "harassment", "rule": "respect", "words": "That was unkind.", "version": 1,
        "measure": "suspend", "suspend_until-day": until.day, "suspend_until-month": until.month,
        "suspend_until-year": until.year,
    }  # fmt: skip
    assert browser.submit(f"{address}/decide", form | {"words": ""}, page=address).status_code == 422
    assert browser.submit(f"{address}/decide", form, page=address).status_code == 303
    with app.app_context():
        wait_and_tell()
        assert db.session.get_one(Member, people.owner.id).suspended
    shut_out = client_for(people.owner.email)
    page = shut_out.get("/moderation/mine").text
    assert "What you wrote was removed" in page
    decision_address = re.search(r'href="(/moderation/mine/\d+)"', page)[1]
    page = shut_out.get(decision_address).text
    assert "That was unkind." in page
    assert "Treat each other with respect" in page
    assert people.moderator.name not in page
    assert (
        shut_out.submit(f"{decision_address}/appeal", {"words": "I was quoting."}, page=decision_address).status_code
        == 303
    )
    assert "answers by" in shut_out.get(decision_address).text


def test_decisions_are_read_by_their_member_only(app, people, client_for, reported, anonymous):
    with app.app_context():
        decision_id = decide(people, reported[1], people.moderator)
    address = f"/moderation/mine/{decision_id}"
    owner = client_for(people.owner.email)
    assert owner.get(address).status_code == 404, "not before the time to undo is over"
    with app.app_context():
        wait_and_tell()
    assert owner.get(address).status_code == 200
    for who in (people.peer, people.outsider, people.moderator, people.lead):
        browser = client_for(who.email)
        assert browser.get(address).status_code == 404
        assert browser.submit(f"{address}/appeal", {"words": "Mine!"}, page="/me").status_code == 404
    assert anonymous.get(address).status_code == 302


def test_what_one_told_says_what_became_of_it(app, people, client_for, reported):
    peer = client_for(people.peer.email)
    assert "It waits for a moderator" in peer.get("/moderation/mine?show=reports").text
    with app.app_context():
        decide(people, reported[1], people.moderator, Outcome.NO_ACTION)
        wait_and_tell()
    page = peer.get("/moderation/mine?show=reports").text
    assert "A moderator has looked at it" in page
    assert people.owner.name not in page


def test_an_anonymous_author_stays_one(app, people, board, client_for):
    with app.app_context():
        named = report(board.say(people.owner, people.programme_id), people.peer)
        decide(people, named, people.moderator)
        wait_and_tell()
        case_id = report(board.say(people.owner, people.programme_id, shown_as="Robin"), people.peer)
    browser = client_for(people.moderator.email)
    page = browser.get(f"/moderation/cases/{case_id}").text
    assert "Robin" in page
    assert people.owner.name not in page.replace("Olu Owner, ", "")
    assert people.owner.name not in page
    assert "could tell who wrote this" in page


def test_findings_are_marked_where_they_stand(app, people, board, client_for):
    with app.app_context():
        number = board.say(people.owner, people.programme_id, "Ring 0116 <b>now</b>")
        case_id = report(number, None, Reason.SCREENING, findings={"phone": 1}, spans=[Span("phone", 5, 9)])
    page = client_for(people.moderator.email).get(f"/moderation/cases/{case_id}").text
    assert re.search(r"<mark[^>]*>0116<span", page)
    assert "&lt;b&gt;now&lt;/b&gt;" in page
    assert "phone (1)" in page


def test_bulk_removal_shows_first_what_goes(app, people, board, client_for):
    with app.app_context():
        spam = [
            report(board.say(people.owner, people.programme_id, f"Buy {n}"), people.peer, Reason.SPAM) for n in (1, 2)
        ]
        mixed = report(board.say(people.owner, people.programme_id, "Buy 3"), people.peer, Reason.SPAM)
        report(3, people.outsider, Reason.HARASSMENT)
    browser = client_for(people.moderator.email)
    page = browser.get("/moderation/spam").text
    assert "Buy 1" in page
    assert "Buy 3" not in page
    assert browser.submit("/moderation/spam", {}).status_code == 422
    preview = browser.submit("/moderation/spam", {"cases": [*spam, mixed], "preview": "1"})
    assert "2 will be removed" in preview.text
    assert board.messages[1].state == "published"
    browser.submit("/moderation/spam", {"cases": [*spam, mixed], "confirm": "1"})
    assert [board.messages[n].state for n in (1, 2, 3)] == ["removed", "removed", "published"]


def test_pages_of_the_queue_follow_each_other(app, people, board, client_for):
    with app.app_context():
        for number in range(30):
            with clock.frozen(clock.now() - timedelta(days=30 - number)):
                report(board.say(people.owner, people.programme_id), people.peer)
        urgent = report(30, people.outsider, Reason.SAFEGUARDING)
    browser = client_for(people.moderator.email)
    first = browser.get("/moderation").text
    ids = [int(each) for each in re.findall(r'href="/moderation/cases/(\d+)"', first)]
    assert ids[0] == urgent
    following = re.search(r'href="(/moderation\?after=[^"]+)"', first)[1].replace("&amp;", "&")
    rest = [int(each) for each in re.findall(r'href="/moderation/cases/(\d+)"', browser.get(following).text)]
    assert len(ids) == 25
    assert sorted(ids + rest) == list(range(1, 31))
    assert browser.get("/moderation?after=nonsense&lane=cake&held=x").status_code == 200


def test_a_case_about_staff_goes_to_somebody_from_outside(app, people, board, client_for, second, elsewhere):
    with app.app_context():
        case_id = report(board.say(people.facilitator, people.programme_id, "A harsh word"), people.peer)
        assert case(case_id).route is Route.INDEPENDENT
    address = f"/moderation/cases/{case_id}"
    for who in (people.moderator, people.lead, people.facilitator, elsewhere):
        assert client_for(who.email).get(address).status_code == 404
    lead = client_for(people.lead.email)
    arranging = f"/moderation/independent/{case_id}"
    page = lead.get(arranging).text
    assert elsewhere.name in page
    assert "A harsh word" not in page
    assert people.facilitator.name not in page
    assert lead.submit(arranging, {"member": people.moderator.id}).status_code == 422
    assert lead.submit(arranging, {"member": elsewhere.id}).status_code == 303
    reviewer = client_for(elsewhere.email)
    assert "You are invited" in reviewer.get("/moderation").text
    assert quick(reviewer, case_id, "hide").status_code == 303
    for who in (people.facilitator, people.peer, people.other_lead):
        assert client_for(who.email).get(arranging).status_code in {403, 404}


def test_nobody_from_outside_means_the_leads(app, people, board, client_for):
    with app.app_context():
        case_id = report(board.say(people.facilitator, people.programme_id), people.peer)
    moderator = client_for(people.moderator.email)
    page = f"/moderation/independent/{case_id}"
    assert moderator.submit(f"{page}/at-home", page=page).status_code == 303
    assert client_for(people.lead.email).get(f"/moderation/cases/{case_id}").status_code == 200
    assert moderator.get(f"/moderation/cases/{case_id}").status_code == 404


def test_the_subject_of_a_case_sees_nothing_of_it(app, people, board, client_for):
    with app.app_context():
        case_id = report(board.say(people.moderator, people.programme_id), people.peer)
        tell_all()
    browser = client_for(people.moderator.email)
    for path in ("", "/independent", "/actions", "/spam"):
        assert f"/{case_id}" not in browser.get(f"/moderation{path}").text
    assert browser.get(f"/moderation/independent/{case_id}").status_code == 404
    assert "case" not in browser.get("/inbox").text.lower().split("<main")[1]


def test_the_rota(app, people, client_for):
    browser = client_for(people.lead.email)
    form = {"member": people.moderator.id, "days": [0, 6], "starts": "10pm", "ends": "6am", "on_call": "y"}
    assert browser.submit("/moderation/rota", form).status_code == 303
    assert browser.submit("/moderation/rota", form | {"member": people.owner.id}).status_code == 422
    page = browser.get("/moderation/rota").text
    assert "10pm to 6am the next day" in page
    with app.app_context():
        first = db.session.scalars(select(RotaTurn.id).order_by(RotaTurn.id)).first()
    assert browser.submit(f"/moderation/rota/{first}/remove", page="/moderation/rota").status_code == 303
    with app.app_context():
        assert len(db.session.scalars(select(RotaTurn)).all()) == 1


def test_replies_belong_to_a_programme(app, people, client_for, elsewhere):
    browser = client_for(people.moderator.email)
    browser.submit("/moderation/replies/new", {"title": "Names", "words": "Leave out names."})
    again = browser.submit("/moderation/replies/new", {"title": "Names", "words": "Other words."})
    assert again.status_code == 422
    with app.app_context():
        reply_id = db.session.scalars(select(CannedReply.id)).one()
    other = client_for(elsewhere.email)
    assert "Leave out names." not in other.get("/moderation/replies").text
    assert other.get(f"/moderation/replies/{reply_id}").status_code == 404
    address = f"/moderation/replies/{reply_id}"
    assert browser.submit(address, {"title": "Names", "words": "Please leave out names."}).status_code == 303
    assert browser.submit(f"{address}/remove", page=address).status_code == 303


def test_staff_act_about_a_member_and_let_them_back(app, people, client_for):
    browser = client_for(people.moderator.email)
    address = f"/moderation/people/{people.owner.id}"
    until = clock.london(clock.now() + timedelta(days=3))
    form = {
        "measure": "silence", "ground": "harassment", "rule": "respect", "words": "Please take a break.",
        "account": "Shouting in the break", "silence_until-day": until.day, "silence_until-month": until.month,
        "silence_until-year": until.year,
    }  # fmt: skip
    assert browser.submit(address, form | {"measure": "none"}).status_code == 422
    assert browser.submit(address, form).status_code == 303
    with app.app_context():
        assert features.silenced_until(people.owner.id, people.programme_id) is None
        wait_and_tell()
        assert features.silenced_until(people.owner.id, people.programme_id)
    owner = client_for(people.owner.email)
    page = owner.get("/moderation/mine").text
    detail = owner.get(re.search(r'href="(/moderation/mine/\d+)"', page)[1]).text
    assert "Please take a break." in detail
    assert "Shouting in the break" not in detail
    assert browser.submit(f"{address}/lift", page=address).status_code == 303
    with app.app_context():
        assert features.silenced_until(people.owner.id, people.programme_id) is None


def test_whom_staff_may_act_about(app, people, client_for):
    moderator, lead = client_for(people.moderator.email), client_for(people.lead.email)
    for who in (people.moderator, people.lead, people.facilitator, people.stranger):
        assert moderator.get(f"/moderation/people/{who.id}").status_code == 404
    for who in (people.moderator, people.facilitator, people.owner):
        assert lead.get(f"/moderation/people/{who.id}").status_code == 200
    for who in (people.lead, people.stranger):
        assert lead.get(f"/moderation/people/{who.id}").status_code == 404
    assert client_for(people.owner.email).get(f"/moderation/people/{people.peer.id}").status_code == 403


def test_a_suspension_of_another_programme_is_not_ours_to_lift(app, people, client_for, elsewhere):
    with app.app_context(), transaction():
        cast.grant(people.owner.id, people.other_programme_id, Role.PARTICIPANT)
    there = client_for(elsewhere.email)
    until = clock.london(clock.now() + timedelta(days=3))
    form = {
        "measure": "suspend", "ground": "safety", "words": "For now.", "account": "Seen",
        "suspend_until-day": until.day, "suspend_until-month": until.month, "suspend_until-year": until.year,
    }  # fmt: skip
    assert there.submit(f"/moderation/people/{people.owner.id}", form).status_code == 303
    with app.app_context():
        wait_and_tell()
    address = f"/moderation/people/{people.owner.id}"
    here = client_for(people.moderator.email)
    here.submit(f"{address}/lift", page=address)
    with app.app_context():
        assert db.session.get_one(Member, people.owner.id).suspended
        assert db.session.scalars(select(Decision.measure)).one() is Measure.SUSPEND


def test_a_visitor_reads_the_answer_and_may_ask_again_once(app, people, client_for, anonymous, mailbox):
    with app.app_context():
        with transaction():
            case_id = open_in_own_words(
                Reason.COMPLAINT, "You published my name.", Place(people.programme_id, "Complaint", "/"),
                source=Source.VISITOR, contact="visitor@outside.example",
            ).case_id  # fmt: skip
        concern_id = case(case_id).concerns[0].id
        address = f"/moderation/answers/{answers.token(concern_id)}"
    assert "Somebody is looking at it" in anonymous.get(address).text
    moderator = client_for(people.moderator.email)
    page = f"/moderation/cases/{case_id}"
    form = {"outcome": "answer", "ground": "other", "words": "We took it down.", "version": 1}
    assert moderator.submit(f"{page}/decide", form, page=page).status_code == 303
    with app.app_context():
        wait_and_tell()
        with clock.frozen(clock.now() + LATER):
            tell_all()
    assert "We took it down." in anonymous.get(address).text
    assert anonymous.submit(address, {"words": "It is still there."}).status_code == 303
    assert "somebody else looks at it again" in anonymous.get(address).text
    with app.app_context():
        again = db.session.scalars(select(ModerationCase).order_by(ModerationCase.id.desc())).first()
        assert (again.excluded_id, again.due_at is not None) == (people.moderator.id, True)
    assert anonymous.get("/moderation/answers/forged").status_code == 404
