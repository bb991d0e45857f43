"""Deciding once, undoing in time, and what people are told."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.db import db, transaction
from app.moderation.cases.machine import State
from app.moderation.cases.models import Decision, ModerationCase
from app.moderation.cases.operations import deciding
from app.moderation.cases.operations.claiming import TakenError
from app.moderation.cases.operations.deciding import TooLateError, WrongVerdictError
from app.moderation.cases.queries.scope import reviewer
from app.moderation.cases.rules import TIME_TO_UNDO, Measure, Outcome, Reason
from app.moderation.cases.subjects import CannotApplyError
from app.notifications.models import Notification
from tests.moderation.cases.deskwork import a_verdict, case, claim, decide, report, tell_all

LATER = TIME_TO_UNDO + timedelta(seconds=1)


def told(person):
    return [
        (row.subject, row.path)
        for row in db.session.scalars(
            select(Notification).where(Notification.member_id == person.id).order_by(Notification.id)
        )
    ]


def wait_and_tell():
    with clock.frozen(clock.now() + LATER):
        tell_all()


@pytest.mark.both_databases
def test_a_decision_is_carried_out_at_once_and_told_after_the_time_to_undo(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
        case_id = report(number, people.peer)
        decision_id = decide(people, case_id, people.moderator)
        assert board.messages[number].state == "removed"
        tell_all()
        assert case(case_id).state is State.DECIDED
        assert told(people.owner) == []
        wait_and_tell()
        assert case(case_id).state is State.CLOSED
        assert told(people.owner) == [("A message from the moderators", f"/moderation/mine/{decision_id}")]
        assert told(people.peer) == [("A message from the moderators", "/moderation/mine?show=reports")]


def test_a_decision_names_ground_and_rule(app, people, board):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        decide(people, case_id, people.moderator)
        decision = db.session.scalars(select(Decision)).one()
        assert (decision.ground, decision.rule, bool(decision.words)) == ("harassment", "respect", True)


@pytest.mark.both_databases
def test_undo_puts_everything_back_and_nobody_is_told(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
        case_id = report(number, people.peer)
        decision_id = decide(people, case_id, people.moderator)
        with transaction():
            deciding.undo(decision_id, reviewer(people.moderator.id, people.programme_id))
        assert board.messages[number].state == "published"
        assert (case(case_id).state, case(case_id).claimed_by_id) == (State.CLAIMED, people.moderator.id)
        wait_and_tell()
        assert told(people.owner) == []
        decide(people, case_id, people.moderator, Outcome.HIDE)
        assert board.messages[number].state == "hidden"


def test_undo_is_for_whoever_decided_and_until_people_are_told(app, people, board, second):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        decision_id = decide(people, case_id, people.moderator)
        with pytest.raises(TooLateError), transaction():
            deciding.undo(decision_id, reviewer(second.id, people.programme_id))
        wait_and_tell()
        with pytest.raises(TooLateError), transaction():
            deciding.undo(decision_id, reviewer(people.moderator.id, people.programme_id))
        assert case(case_id).state is State.CLOSED


@pytest.mark.both_databases
def test_undoing_what_was_reported_again_joins_the_newer_case(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
        first = report(number, people.peer)
        decision_id = decide(people, first, people.moderator)
        newer = report(number, people.outsider, Reason.SAFEGUARDING)
        assert newer != first
        with transaction():
            going_on = deciding.undo(decision_id, reviewer(people.moderator.id, people.programme_id)).id
        assert going_on == newer
        assert (case(first).state, case(first).joined_to_id) == (State.CLOSED, newer)
        assert {concern.reporter_id for concern in case(newer).concerns} == {people.peer.id, people.outsider.id}


@pytest.mark.both_databases
def test_two_moderators_at_the_same_moment_make_one_decision(app, people, board, second):
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
        case_id = report(number, people.peer)
    start, answers = threading.Barrier(2), []

    def press(who, outcome):
        with app.app_context():
            start.wait(timeout=10)
            try:
                decide(people, case_id, who, outcome)
                answers.append(outcome)
            except TakenError:
                answers.append("taken")

    threads = [
        threading.Thread(target=press, args=(people.moderator, Outcome.REMOVE)),
        threading.Thread(target=press, args=(second, Outcome.HIDE)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with app.app_context():
        (decision,) = db.session.scalars(select(Decision)).all()
        assert sorted(answers) == sorted([decision.outcome, "taken"])
        assert [order.outcome for order in board.orders] == [decision.outcome]


def test_what_somebody_else_looks_at_cannot_be_decided(app, people, board, second):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        claim(people, case_id, second)
        with pytest.raises(TakenError):
            decide(people, case_id, people.moderator)


def test_nobody_decides_about_less_than_there_is(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
        case_id = report(number, people.peer)
        seen = case(case_id).version
        report(number, people.outsider, Reason.SAFEGUARDING)
        with pytest.raises(TakenError), transaction():
            me = reviewer(people.moderator.id, people.programme_id)
            deciding.decide(case_id, seen, a_verdict(), me)
        assert case(case_id).state is State.OPEN


def test_what_cannot_be_carried_out_is_not_decided(app, people, board):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        board.locked = True
        with pytest.raises(CannotApplyError):
            decide(people, case_id, people.moderator)
        assert case(case_id).state is State.OPEN
        assert db.session.scalars(select(Decision)).all() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": Outcome.MERGE},
        {"outcome": Outcome.MOVE},
        {"outcome": Outcome.EDIT},
        {"words": " "},
        {"rule": "no such rule"},
        {"measure": Measure.SUSPEND},
        {"measure": Measure.WARN, "measure_until": clock.now() + timedelta(days=1)},
        {"measure": Measure.SILENCE, "measure_until": clock.now() + timedelta(days=1000)},
    ],
)
def test_wrong_verdicts_are_refused_with_a_sentence(app, people, board, changed):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        with pytest.raises(WrongVerdictError, match=r"^[A-Z]"):
            decide(people, case_id, people.moderator, **changed)
        assert case(case_id).state is State.OPEN


def test_worry_about_somebody_never_ends_in_a_measure(app, people, board):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer, Reason.WELLBEING)
        with pytest.raises(WrongVerdictError):
            decide(people, case_id, people.moderator, Outcome.SUPPORT, measure=Measure.WARN)
        decide(people, case_id, people.moderator, Outcome.SUPPORT)


def test_a_report_that_comes_to_nothing_is_not_told_to_its_author(app, people, board):
    with app.app_context():
        case_id = report(board.say(people.owner, people.programme_id), people.peer)
        decide(people, case_id, people.moderator, Outcome.NO_ACTION)
        wait_and_tell()
        assert told(people.owner) == []
        assert len(told(people.peer)) == 1


def test_the_author_of_a_held_post_is_told_that_it_is_published(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id, state="held")
        decide(people, report(number, None, Reason.SCREENING), people.moderator, Outcome.PUBLISH)
        wait_and_tell()
        assert board.messages[number].state == "published"
        assert len(told(people.owner)) == 1


def test_edit_and_move_carry_their_words_and_places(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id, "Call 07700 900123")
        decide(people, report(number, people.peer), people.moderator, Outcome.EDIT, text="Call me")
        assert board.messages[number].body == "Call me"
        second_case = report(number, people.outsider)
        decide(people, second_case, people.moderator, Outcome.MOVE, target_id=2)
        assert board.messages[number].place == 2
        assert db.session.query(ModerationCase).count() == 2
