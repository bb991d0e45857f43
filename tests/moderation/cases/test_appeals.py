"""Appeals go to somebody else, in time, and give back what was taken."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Member
from app.core import clock
from app.core.db import db, transaction
from app.moderation.cases.machine import State
from app.moderation.cases.models import Appeal, Decision, ModerationCase, Penalty
from app.moderation.cases.operations import appealing, arranging
from app.moderation.cases.operations.appealing import CannotAppealError
from app.moderation.cases.operations.claiming import TakenError
from app.moderation.cases.queries import features, one
from app.moderation.cases.queries import people as staff
from app.moderation.cases.queries.scope import reviewer
from app.moderation.cases.rules import APPEAL_DUE, TIME_TO_UNDO, Lane, Measure, Outcome, Reason, Route
from app.notifications.models import Notification
from tests.moderation.cases.deskwork import case, decide, report, tell_all

LATER = TIME_TO_UNDO + timedelta(seconds=1)
SOON = clock.now() + timedelta(days=5)


def wait_and_tell():
    with clock.frozen(clock.now() + LATER):
        tell_all()


def appeal(decision_id, who, words="It was a quotation."):
    with transaction():
        decision = db.session.get_one(Decision, decision_id, populate_existing=True)
        return appealing.appeal(decision, words, by_id=who.id).case_id


@pytest.fixture
def decided(app, people, board):
    """`decided(...)`: a message is held or reported, decided about, and its author told. Number and decision."""

    def do(outcome=Outcome.REMOVE, held=False, **changed):
        number = board.say(people.owner, people.programme_id, state="held" if held else "published")
        case_id = report(number, None if held else people.peer, Reason.SCREENING if held else Reason.HARASSMENT)
        decision_id = decide(people, case_id, people.moderator, outcome, **changed)
        wait_and_tell()
        return number, decision_id

    return do


@pytest.mark.both_databases
def test_a_held_post_is_refused_appealed_and_published(app, people, board, second, decided):
    with app.app_context():
        number, decision_id = decided(held=True)
        assert board.messages[number].state == "removed"
        appeal_id = appeal(decision_id, people.owner)
        waiting = case(appeal_id)
        assert (waiting.lane, waiting.excluded_id) == (Lane.APPEALS, people.moderator.id)
        assert timedelta(0) <= waiting.due_at - waiting.opened_at - APPEAL_DUE < timedelta(seconds=5)
        decide(people, appeal_id, second, Outcome.REVERSE)
        assert board.messages[number].state == "removed", "not before the time to undo is over"
        wait_and_tell()
        assert board.messages[number].state == "published"
        assert db.session.get_one(Decision, decision_id, populate_existing=True).reversed_at


def test_not_by_whoever_decided(app, people, board, second, decided):
    with app.app_context():
        _number, decision_id = decided()
        appeal_id = appeal(decision_id, people.owner)
        assert one.shown(reviewer(people.moderator.id, people.programme_id), appeal_id) is None
        with pytest.raises(TakenError):
            decide(people, appeal_id, people.moderator, Outcome.UPHOLD)
        assert one.shown(reviewer(second.id, people.programme_id), appeal_id) is not None


def test_upheld_changes_nothing_and_can_be_asked_for_once(app, people, board, second, decided):
    with app.app_context():
        number, decision_id = decided()
        decide(people, appeal(decision_id, people.owner), second, Outcome.UPHOLD)
        wait_and_tell()
        assert board.messages[number].state == "removed"
        with pytest.raises(CannotAppealError, match="already"):
            appeal(decision_id, people.owner)
        told = db.session.scalars(select(Notification.path).where(Notification.member_id == people.owner.id)).all()
        assert len(told) == 2


@pytest.mark.parametrize("measure", [Measure.WARN, Measure.SILENCE, Measure.SUSPEND])
def test_a_reversal_expunges_the_penalty(app, people, board, second, decided, measure):
    with app.app_context():
        until = SOON if measure.lasts else None
        _number, decision_id = decided(Outcome.HIDE, measure=measure, measure_until=until)
        member = db.session.get_one(Member, people.owner.id, populate_existing=True)
        assert member.suspended == (measure is Measure.SUSPEND)
        silent = features.silenced_until(people.owner.id, people.programme_id)
        assert (silent is not None) == (measure is Measure.SILENCE)
        decide(people, appeal(decision_id, people.owner), second, Outcome.REVERSE)
        wait_and_tell()
        assert not db.session.get_one(Member, people.owner.id, populate_existing=True).suspended
        assert features.silenced_until(people.owner.id, people.programme_id) is None
        assert db.session.scalars(select(Penalty)).one().expunged_at
        later = report(board.say(people.owner, people.programme_id), people.peer)
        assert one.shown(reviewer(second.id, people.programme_id), later).earlier == []


def test_a_reversal_leaves_other_suspensions_in_force(app, people, board, second, decided):
    with app.app_context():
        _first, short = decided(measure=Measure.SUSPEND, measure_until=SOON)
        _other, long = decided(measure=Measure.SUSPEND, measure_until=SOON + timedelta(days=9))
        decide(people, appeal(long, people.owner), second, Outcome.REVERSE)
        wait_and_tell()
        assert db.session.get_one(Member, people.owner.id, populate_existing=True).suspended_until == SOON
        decide(people, appeal(short, people.owner), second, Outcome.REVERSE)
        wait_and_tell()
        assert db.session.get_one(Member, people.owner.id, populate_existing=True).suspended_until is None


def test_what_is_gone_for_good_is_reversed_all_the_same(app, people, board, second, decided):
    with app.app_context():
        _number, decision_id = decided(held=True, measure=Measure.WARN)
        appeal_id = appeal(decision_id, people.owner)
        decide(people, appeal_id, second, Outcome.REVERSE)
        board.locked = True
        wait_and_tell()
        assert db.session.get_one(Decision, decision_id, populate_existing=True).reversed_at
        assert db.session.scalars(select(Penalty)).one().expunged_at
        assert case(appeal_id).state is State.CLOSED


@pytest.mark.parametrize("outcome", [Outcome.PUBLISH, Outcome.NO_ACTION])
def test_nothing_to_appeal_against(app, people, decided, outcome):
    with app.app_context():
        _number, decision_id = decided(outcome, held=outcome is Outcome.PUBLISH)
        with pytest.raises(CannotAppealError):
            appeal(decision_id, people.owner)


def test_for_ninety_days(app, people, decided):
    with app.app_context():
        _number, decision_id = decided()
        with clock.frozen(clock.now() + timedelta(days=91)), pytest.raises(CannotAppealError, match="90 days"):
            appeal(decision_id, people.owner)


@pytest.mark.both_databases
def test_pressed_twice_at_once_it_is_one_appeal(app, people, decided):
    with app.app_context():
        _number, decision_id = decided()
    start, answers = threading.Barrier(2), []

    def press():
        with app.app_context():
            start.wait(timeout=10)
            try:
                appeal(decision_id, people.owner)
                answers.append("ok")
            except CannotAppealError:
                answers.append("refused")

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with app.app_context():
        assert sorted(answers) == ["ok", "refused"]
        assert len(db.session.scalars(select(Appeal)).all()) == 1


def test_an_appeal_that_nobody_else_can_decide_goes_to_the_leads(app, people, board, decided):
    with app.app_context():
        _number, decision_id = decided()
        appeal_id = appeal(decision_id, people.owner)
        tell_all()
        assert case(appeal_id).route is Route.ESCALATED
        assert staff.deciders(case(appeal_id)) == [people.lead.id]
        decide(people, appeal_id, people.lead, Outcome.UPHOLD)


def test_a_late_answer_rings_once(app, people, board, second, decided):
    with app.app_context():
        _number, decision_id = decided()
        appeal_id = appeal(decision_id, people.owner)
        with clock.frozen(clock.now() + APPEAL_DUE + timedelta(hours=1)):
            for expected in (1, 0):
                with transaction():
                    assert arranging.ring_for_late_ones(clock.now()) == expected
        heard = db.session.scalars(
            select(Notification.member_id).where(Notification.key == f"case:{appeal_id}:overdue")
        ).all()
        assert sorted(heard) == sorted([second.id, people.lead.id])


def test_the_case_of_an_appeal_shows_what_it_is_about(app, people, board, second, decided):
    with app.app_context():
        _number, decision_id = decided()
        shown = one.shown(reviewer(second.id, people.programme_id), appeal(decision_id, people.owner))
        assert shown.appealed.id == decision_id
        assert shown.seen_last.body == "Something was said."
        assert [concern.words for concern in shown.case.concerns] == ["It was a quotation."]
        assert not shown.punitive
        assert db.session.query(ModerationCase).count() == 2
