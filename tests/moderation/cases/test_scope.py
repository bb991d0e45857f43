"""Who may decide: conflicts of interest, independence, escalation, alerts and idle claims."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from app.accounts.models import Member
from app.accounts.rules import Role
from app.core import audit, clock
from app.core.db import db, transaction
from app.moderation.cases.machine import State
from app.moderation.cases.models import ModerationCase
from app.moderation.cases.operations import arranging, claiming, desk
from app.moderation.cases.operations.claiming import TakenError
from app.moderation.cases.queries import people as staff
from app.moderation.cases.queries import queue
from app.moderation.cases.queries.queue import Wanted
from app.moderation.cases.queries.scope import reviewer
from app.moderation.cases.rota import Turn
from app.moderation.cases.rules import IDLE_CLAIM, IDLE_URGENT_CLAIM, Lane, Reason, Route
from app.notifications.models import Notification
from app.programme.models import CohortMembership
from tests.moderation.cases.deskwork import case, claim, report, tell_all
from tests.people import grant

ALL_DAY = {"starts": clock.time(0), "ends": clock.time(0)}


def sees(who, people, case_id):
    found = queue.stretch(reviewer(who.id, people.programme_id), Wanted(), None)
    return case_id in {row.case.id for row in found.rows}


def into_cohort(people, who):
    with transaction():
        db.session.add(
            CohortMembership(
                programme_id=people.programme_id, cohort_id=people.cohort_id, member_id=who.id, joined_at=clock.now()
            )
        )


def into_organisation(people, who):
    with transaction():
        db.session.get_one(Member, who.id).organisation_id = people.organisation_id


@pytest.mark.both_databases
def test_same_organisation_and_same_cohort_is_a_conflict_either_alone_is_not(app, people, board, second):
    with app.app_context():
        into_cohort(people, people.moderator)
        into_organisation(people, second)
        case_id = report(board.say(people.owner, people.programme_id), people.outsider)
        assert sees(people.moderator, people, case_id)
        assert sees(second, people, case_id)
        into_organisation(people, people.moderator)
        assert not sees(people.moderator, people, case_id)
        with pytest.raises(TakenError):
            claim(people, case_id, people.moderator)
        into_cohort(people, second)
        assert not sees(second, people, case_id)


def test_own_words_and_own_reports_are_a_conflict(app, people, board, second):
    with app.app_context():
        own = report(board.say(people.moderator, people.programme_id), None, Reason.SCREENING)
        told = report(board.say(people.owner, people.programme_id), people.moderator)
        for case_id in (own, told):
            assert not sees(people.moderator, people, case_id)
            assert sees(second, people, case_id)


def test_another_programme_sees_nothing(app, people, board, elsewhere):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        there = reviewer(elsewhere.id, people.other_programme_id)
        assert queue.stretch(there, Wanted(), None).rows == []
        assert not sees(elsewhere, people, case_id)


def test_whoever_is_suspended_or_gone_decides_nothing(app, people, board):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        with transaction():
            db.session.get_one(Member, people.moderator.id).suspended_until = clock.now() + timedelta(days=1)
        assert not sees(people.moderator, people, case_id)
        with transaction():
            arranging.escalate_stuck(clock.now() + timedelta(seconds=1))
        assert case(case_id).route is Route.ESCALATED
        assert sees(people.lead, people, case_id)


def test_what_all_moderators_have_a_part_in_goes_to_the_lead(app, people, board):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.moderator)
        tell_all()
        assert case(case_id).route is Route.ESCALATED
        assert sees(people.lead, people, case_id)
        told = select(Notification.subject).where(Notification.member_id == people.lead.id)
        assert "A case is waiting for you" in db.session.scalars(told).all()


def test_what_the_lead_has_a_part_in_too_can_only_be_arranged_by_somebody_else(app, people, board):
    with app.app_context():
        case_id = report(board.say(people.lead, people.programme_id), people.peer)
        tell_all()
        assert case(case_id).route is Route.INDEPENDENT
        assert staff.deciders(case(case_id)) == []
        assert staff.arrangers(case(case_id)) == [people.moderator.id]


@pytest.mark.both_databases
def test_an_idle_claim_goes_back_to_the_queue(app, people, board, second):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        claim(people, case_id, people.moderator)
        with pytest.raises(TakenError):
            claim(people, case_id, second)
        with clock.frozen(clock.now() + IDLE_CLAIM + timedelta(seconds=1)):
            with transaction():
                assert claiming.release_idle(clock.now()) == 1
            assert case(case_id).state is State.OPEN
            claim(people, case_id, second)
            with transaction():
                assert claiming.release_idle(clock.now()) == 0


def test_what_is_urgent_waits_less_for_whoever_took_it(app, people, board):
    with app.app_context():
        urgent = report(board.say(people.owner, people.programme_id), people.peer, Reason.SAFEGUARDING)
        other = report(board.say(people.owner, people.programme_id), people.peer)
        for case_id in (urgent, other):
            claim(people, case_id, people.moderator)
        with clock.frozen(clock.now() + IDLE_URGENT_CLAIM + timedelta(seconds=1)), transaction():
            assert claiming.release_idle(clock.now()) == 1
        assert (case(urgent).state, case(other).state) == (State.OPEN, State.CLAIMED)


def test_looking_at_it_again_keeps_the_claim(app, people, board):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        claim(people, case_id, people.moderator)
        with clock.frozen(clock.now() + IDLE_CLAIM - timedelta(minutes=1)):
            claim(people, case_id, people.moderator)
        with clock.frozen(clock.now() + IDLE_CLAIM + timedelta(minutes=1)), transaction():
            assert claiming.release_idle(clock.now()) == 0


def alerted(people):
    found = select(Notification.member_id).where(Notification.subject == "An urgent case is waiting")
    return set(db.session.scalars(found))


def test_an_urgent_case_alerts_whoever_is_on_call(app, people, board, second):
    with app.app_context():
        with transaction():
            turns = [Turn(member_id=second.id, weekday=day, on_call=True, **ALL_DAY) for day in range(7)]
            desk.add_turns(people.programme_id, turns, by_id=people.lead.id)
        report(board.say(people.owner, people.programme_id), people.peer, Reason.WELLBEING)
        tell_all()
        assert alerted(people) == {second.id}


def test_without_a_rota_everybody_who_can_decide_is_alerted(app, people, board, second):
    with app.app_context():
        report(board.say(people.owner, people.programme_id), people.peer, Reason.SAFEGUARDING)
        report(board.say(people.owner, people.programme_id), people.peer, Reason.SPAM)
        tell_all()
        assert alerted(people) == {people.moderator.id, second.id}


def test_an_alert_does_not_wait_for_quiet_hours(app, people, board, mailbox):
    with app.app_context():
        report(board.say(people.owner, people.programme_id), people.peer, Reason.SAFEGUARDING)
        tell_all()
        waiting = db.session.scalars(select(Notification).where(Notification.member_id == people.moderator.id)).one()
        assert waiting.until <= clock.now(), "a notice with no time to act is never held back"
        assert "urgent" in waiting.subject


@pytest.mark.both_databases
def test_urgent_and_oldest_first(app, people, board):
    with app.app_context():
        reasons = [Reason.SPAM, Reason.WELLBEING, Reason.HARASSMENT, Reason.SAFEGUARDING, Reason.SPAM]
        for days, reason in enumerate(reasons):
            with clock.frozen(clock.now() - timedelta(days=days)):
                report(board.say(people.owner, people.programme_id), people.peer, reason)
        me = reviewer(people.moderator.id, people.programme_id)
        rows = [row.case for row in queue.stretch(me, Wanted(), None).rows]
        keys = [(row.urgency, row.opened_at) for row in rows]
        assert len(rows) == 5
        assert all(earlier <= later for earlier, later in pairwise(keys))
        assert queue.counts(me) == {Lane.REPORTS: 3, Lane.WELLBEING: 1, Lane.SAFEGUARDING: 1}
        first = queue.stretch(me, Wanted(), None, size=2)
        rest = queue.stretch(me, Wanted(), first.following, size=9)
        assert [row.case.id for row in (*first.rows, *rest.rows)] == [row.id for row in rows]


def test_an_invited_reviewer_sees_one_case_until_it_is_withdrawn(app, people, board, elsewhere):
    with app.app_context():
        case_id = report(board.say(people.facilitator, people.programme_id), people.peer)
        other = report(board.say(people.facilitator, people.programme_id), people.peer)
        with transaction():
            arranging.invite(db.session.get_one(ModerationCase, case_id), elsewhere.id, by_id=people.lead.id)
        there = reviewer(elsewhere.id, people.other_programme_id)
        assert [row.case.id for row in queue.stretch(there, Wanted(), None).rows] == [case_id]
        assert other not in {row.case.id for row in queue.stretch(there, Wanted(), None).rows}


def test_nobody_with_a_role_here_can_be_invited(app, people, board, elsewhere):
    with app.app_context():
        case_id = report(board.say(people.facilitator, people.programme_id), people.peer)
        with transaction():
            grant(elsewhere.id, people.programme_id, Role.PARTICIPANT)
        with pytest.raises(arranging.NobodyElseError), transaction():
            arranging.invite(db.session.get_one(ModerationCase, case_id), elsewhere.id, by_id=people.lead.id)


def test_every_step_of_staff_is_in_the_log(app, people, board, client_for):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
    browser = client_for(people.moderator.email)
    page = f"/moderation/cases/{case_id}"
    browser.submit(f"{page}/claim", page=page)
    browser.submit(f"{page}/notes", {"note": "Seen this before"}, page=page)
    browser.submit(f"{page}/release", page=page)
    browser.submit(f"{page}/quick", {"outcome": "hide", "version": 1}, page=page)
    with app.app_context():
        events = db.session.scalars(select(audit.AuditEvent).order_by(audit.AuditEvent.id)).all()
        done = [event.action for event in events if event.actor_id == people.moderator.id]
        assert done == ["claim", "note", "release", "decide"]
        assert "Seen this before" not in str([event.detail for event in events])
        assert audit.verify().sound
    answer = app.test_cli_runner().invoke(args=["moderation", "verify-log"])
    assert answer.exit_code == 0
    assert "whole" in answer.output
