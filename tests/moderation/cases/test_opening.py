"""Raising concerns: one case for a subject, what was seen is kept, and the most urgent reason counts."""

import threading

import pytest
from sqlalchemy import func, select

from app.core import audit
from app.core.db import db, transaction
from app.moderation.cases.models import CaseSnapshot, Concern, ModerationCase
from app.moderation.cases.operations.opening import (
    NothingThereError,
    Place,
    Raised,
    Span,
    open_case,
    open_in_own_words,
)
from app.moderation.cases.queries import features
from app.moderation.cases.rules import Lane, Reason, Route, Source
from tests.moderation.cases.board import TYPE
from tests.moderation.cases.deskwork import claim

AT_ONCE = 6


def report(number, reporter=None, reason=Reason.HARASSMENT, **more):
    return Raised(
        subject_type=TYPE,
        subject_id=number,
        source=Source.MEMBER if reporter else Source.HOLD,
        reason=reason,
        reporter_id=reporter and reporter.id,
        **more,
    )


def raise_it(raised):
    with transaction():
        return open_case(raised)


def only_case():
    return db.session.scalars(select(ModerationCase)).one()


@pytest.mark.both_databases
def test_several_reports_meet_in_one_case(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
        first = raise_it(report(number, people.peer))
        second = raise_it(report(number, people.outsider, Reason.SPAM))
        assert (first.is_new, second.is_new, first.case_id) == (True, False, second.case_id)
        case = only_case()
        assert (case.version, case.lane, len(case.concerns)) == (2, Lane.REPORTS, 2)
        assert features.under_review(TYPE, [number, 99]) == {number}


def test_telling_twice_is_telling_once(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
        raise_it(report(number, people.peer))
        again = raise_it(report(number, people.peer))
        assert again.told_before
        assert only_case().version == 1
        other_reason = raise_it(report(number, people.peer, Reason.WELLBEING))
        assert (other_reason.told_before, other_reason.lane) == (False, Lane.WELLBEING)


def test_an_urgent_reason_makes_the_whole_case_urgent(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id)
        raise_it(report(number, None, Reason.SCREENING, findings={"phone": 2}, spans=[Span("phone", 0, 4)]))
        assert (only_case().lane, only_case().urgency) == (Lane.HOLDS, 1)
        raise_it(report(number, people.peer, Reason.SAFEGUARDING))
        assert (only_case().lane, only_case().urgency) == (Lane.SAFEGUARDING, 0)
        raise_it(report(number, people.outsider, Reason.SPAM))
        assert only_case().lane is Lane.SAFEGUARDING


def test_what_was_seen_survives_its_deletion_and_its_changes(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id, "First words")
        raise_it(report(number, people.peer))
        raise_it(report(number, people.outsider))
        board.messages[number].body = "Other words"
        raise_it(report(number, people.lead))
        board.messages.clear()
        db.session.rollback()
        kept = db.session.scalars(select(CaseSnapshot.body).order_by(CaseSnapshot.id)).all()
        assert kept == ["First words", "Other words"]


def test_what_was_said_is_closed_in_the_database(app, people, board):
    with app.app_context():
        number = board.say(people.owner, people.programme_id, "Words that nobody else may read")
        raise_it(report(number, people.peer, words="My own words"))
        raw = [tuple(row) for row in db.session.connection().exec_driver_sql("SELECT * FROM moderation_snapshot")]
        raw += [tuple(row) for row in db.session.connection().exec_driver_sql("SELECT * FROM moderation_concern")]
        assert "nobody else" not in str(raw)
        assert "My own" not in str(raw)


def test_a_report_about_staff_goes_to_somebody_independent_but_a_hold_or_worry_does_not(app, people, board):
    with app.app_context():
        of_staff = [board.say(people.facilitator, people.programme_id) for _ in range(3)]
        raise_it(report(of_staff[0], None, Reason.SCREENING))
        raise_it(report(of_staff[1], people.peer, Reason.WELLBEING))
        raise_it(report(of_staff[2], people.peer))
        routes = {case.subject_id: case.route for case in db.session.scalars(select(ModerationCase))}
        assert routes == {of_staff[0]: Route.TEAM, of_staff[1]: Route.TEAM, of_staff[2]: Route.INDEPENDENT}
        raise_it(report(of_staff[0], people.peer))
        assert db.session.scalar(select(ModerationCase.route).where(ModerationCase.subject_id == of_staff[0])) == (
            Route.INDEPENDENT
        )


def test_nothing_there(app, people, board):
    with app.app_context(), pytest.raises(NothingThereError):
        raise_it(report(404, people.peer))
    with app.app_context(), pytest.raises(ValueError, match="no feature"):
        raise_it(Raised(subject_type="cake", subject_id=1, source=Source.HOLD, reason=Reason.SCREENING))


def test_in_ones_own_words_each_is_a_case_of_its_own(app, people):
    with app.app_context():
        place = Place(people.programme_id, "The workbook", "/workbook")
        for _ in range(2):
            with transaction():
                open_in_own_words(
                    Reason.SAFEGUARDING, "I saw something.", place, source=Source.MEMBER, reporter_id=people.peer.id
                )
        cases = db.session.scalars(select(ModerationCase)).all()
        assert [case.lane for case in cases] == [Lane.SAFEGUARDING] * 2
        assert cases[0].concerns[0].words == "I saw something."


def test_who_reported_is_not_in_the_log(app, people, board):
    with app.app_context():
        raise_it(report(board.say(people.owner, people.programme_id), people.peer))
        event = db.session.scalars(select(audit.AuditEvent)).one()
        assert (event.action, event.actor_id) == ("raise_concern", None)
        assert event.detail == {"source": "member", "reason": "harassment"}


@pytest.mark.both_databases
def test_reports_at_the_same_moment_meet_in_one_case(app, people, board):
    number = board.say(people.owner, people.programme_id)
    reporters = [people.peer, people.outsider, people.lead, people.author, people.reviewer, people.sponsor]
    start = threading.Barrier(AT_ONCE)

    def tell(reporter):
        with app.app_context():
            start.wait(timeout=10)
            raise_it(report(number, reporter))

    threads = [threading.Thread(target=tell, args=(reporter,)) for reporter in reporters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with app.app_context():
        assert only_case().version == AT_ONCE
        assert db.session.scalar(select(func.count()).select_from(Concern)) == AT_ONCE
        assert db.session.scalar(select(func.count()).select_from(CaseSnapshot)) == 1


def test_a_case_that_turns_out_to_be_about_staff_leaves_its_moderators_hands(app, people, board):
    with app.app_context():
        number = board.say(people.facilitator, people.programme_id)
        case_id = raise_it(report(number, None, Reason.SCREENING)).case_id
        claim(people, case_id, people.moderator)
        raise_it(report(number, people.peer))
        assert (only_case().route, only_case().claimed_by_id) == (Route.INDEPENDENT, None)
