"""From opening to the figures: who is in, when it closes, who meets whom, who is told, once each."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from app.catchups.pairing import pair, read_inputs
from app.catchups.rounds import jobs
from app.catchups.rounds.models import Round, RoundSnapshot, RoundTaker
from app.catchups.rounds.operations import opening, pairing
from app.catchups.rounds.operations.opening import NotOpenError, TimetableDraft
from app.catchups.rounds.queries import inputs
from app.catchups.rounds.rules import ANSWERS, SNAPSHOTS_KEPT, Answer, RoundState
from app.catchups.slots.timing import Cadence
from app.core import clock, outbox
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.core.outbox import OutboxMessage
from app.notifications.models import Notification
from tests.catchups.rounds.table import MONDAY, later

WORKERS = 6


def at_once(app, *jobs_):
    """Let several workers do something at the same moment; gives what failed."""
    gate, moment = Barrier(len(jobs_)), clock.now()

    def one(job):
        with clock.frozen(moment), app.app_context():
            gate.wait(timeout=30)
            job()

    with ThreadPoolExecutor(len(jobs_)) as pool:
        for done in [pool.submit(one, job) for job in jobs_]:
            done.result()


# -- who is in ---------------------------------------------------------------------------------------------------------


def test_opting_in_while_a_round_is_open_is_being_in_it(table, people):
    round_id = table.open()
    table.take_part(people.owner)
    table.take_part(people.peer, cadence=Cadence.ONCE)
    assert table.in_round(round_id) == {people.owner.id, people.peer.id}
    assert table.standing(people.owner).taker
    assert table.standing(people.peer).taker is None, "one round is one round"


def test_whoever_takes_part_regularly_is_in_the_next_one_and_told(table, people):
    table.take_part(people.owner)
    round_id = table.open()
    assert table.in_round(round_id) == {people.owner.id}
    assert table.told(people.owner) == ["A coffee round has opened"]
    assert table.told(people.peer) == []


def test_a_round_can_be_sat_out_and_joined_again(table, people):
    table.take_part(people.owner)
    round_id = table.open()
    table.sit_out(people.owner)
    assert table.in_round(round_id) == set()
    table.take_part(people.owner, cadence=Cadence.MONTHLY)
    assert table.in_round(round_id) == set(), "changing how often joins nothing"
    table.join(people.owner)
    assert table.in_round(round_id) == {people.owner.id}


def test_a_pause_misses_rounds_that_close_before_its_end(table, people):
    table.take_part(people.owner, people.peer)
    table.pause(people.owner, clock.london(MONDAY + timedelta(days=6)).date())
    table.pause(people.peer, clock.london(MONDAY + timedelta(days=5)).date())
    round_id = table.open(days=5)
    assert table.in_round(round_id) == {people.peer.id}
    table.pause(people.peer, clock.london(MONDAY + timedelta(days=20)).date())
    assert table.in_round(round_id) == set(), "a pause takes one out of the open round too"


def test_whoever_leaves_is_in_no_round(table, people):
    table.take_part(people.owner)
    round_id = table.open()
    table.leave(people.owner)
    assert table.in_round(round_id) == set()
    assert table.standing(people.owner).taker is None


def test_monthly_misses_weekly_rounds_in_between(table, people):
    table.take_part(people.owner, people.peer, cadence=Cadence.MONTHLY)
    weeks = []
    for week in range(5):
        with later(weeks=week):
            round_id = table.open(days=5)
            weeks.append(people.owner.id in table.in_round(round_id))
        with later(weeks=week, days=5, hours=12):
            table.work()
    assert weeks == [True, False, False, False, True]


def test_suspended_people_and_other_programmes_are_never_in(app, table, people):
    table.take_part(people.owner, people.peer, people.inactive)
    table.suspend(people.peer)
    with app.app_context(), transaction():
        db.session.add(
            RoundTaker(
                programme_id=people.other_programme_id,
                member_id=people.stranger.id,
                cadence=Cadence.WEEKLY,
                prefers=[],
                since=clock.now(),
            )
        )
    assert table.in_round(table.open()) == {people.owner.id}


def test_one_round_is_open_at_a_time(table):
    assert table.open()
    assert table.open() is None


def test_after_the_deadline_nobody_joins_or_leaves_even_before_the_worker_came(table, people):
    round_id = table.open(days=5)
    table.join(people.owner)
    with later(days=5, hours=12):
        with pytest.raises(NotOpenError):
            table.join(people.peer)
        with pytest.raises(NotOpenError):
            table.sit_out(people.owner)
        table.leave(people.owner)
    assert table.in_round(round_id) == {people.owner.id}


# -- the timetable -----------------------------------------------------------------------------------------------------


def keep_timetable(app, people, first, cadence=Cadence.WEEKLY):
    with app.app_context(), transaction():
        draft = TimetableDraft(cadence=cadence, group_size=3, days_open=4, days_to_meet=10, next_opens_on=first)
        opening.keep_timetable(people.programme_id, draft, by=people.lead.id)


def all_rounds(app):
    with app.app_context():
        return list(db.session.scalars(select(Round).order_by(Round.number)))


def test_the_timetable_opens_rounds_when_their_day_has_come(app, table, people):
    keep_timetable(app, people, clock.london(MONDAY + timedelta(days=1)).date())
    table.work()
    assert all_rounds(app) == []
    with later(days=1):
        table.work()
        table.work()
        (opened,) = all_rounds(app)
    assert opened.group_size == 3
    assert opened.closes_at == clock.in_london(2031, 3, 8, 20)
    assert opened.ask_at == clock.in_london(2031, 3, 18, 20)


def test_days_that_a_worker_missed_are_not_made_up_for(app, table, people):
    keep_timetable(app, people, clock.london(MONDAY).date())
    with later(days=16):
        table.work()
        table.work()
        assert len(all_rounds(app)) == 1
        assert table.standing(people.owner).next_opens_on == clock.london(MONDAY + timedelta(days=21)).date()


@pytest.mark.both_databases
def test_workers_and_leads_who_open_at_once_open_one(app, table, people):
    keep_timetable(app, people, clock.london(MONDAY).date())
    table.take_part(people.owner)
    at_once(app, *[jobs.tend_rounds] * 3, *[lambda: _open_as_lead(people)] * 3)
    (opened,) = all_rounds(app)
    assert table.in_round(opened.id) == {people.owner.id}
    assert table.told(people.owner) == ["A coffee round has opened"]


def _open_as_lead(people):
    plan = opening.Plan(group_size=2, closes_on=clock.london(clock.now()).date() + timedelta(days=3), days_to_meet=7)
    with transaction():
        opening.open_round(people.programme_id, plan, by=people.lead.id)


# -- pairing -----------------------------------------------------------------------------------------------------------


def test_at_the_deadline_everybody_gets_a_group_and_hears_of_it(table):
    crowd = table.crowd(5)
    round_id = table.open()
    table.join(*crowd)
    table.work()
    assert table.groups(round_id) == [], "nothing before the deadline"
    with later(days=5, hours=12):
        table.work()
    assert sorted(map(len, table.groups(round_id))) == [2, 3]
    assert {id_ for group in table.groups(round_id) for id_ in group} == {person.id for person in crowd}
    assert table.round(round_id).state is RoundState.ANNOUNCED
    assert table.round(round_id).signed_up == 5
    for person in crowd:
        assert table.told(person) == ["Whom you meet in this coffee round"]


def test_the_outbox_closes_a_round_at_its_deadline(app, table):
    round_id = table.open()
    table.join(*table.crowd(2))
    with later(days=5, hours=12), app.app_context():
        outbox.sweep()
    assert table.round(round_id).state is RoundState.ANNOUNCED


@pytest.mark.parametrize("number", [0, 1])
def test_a_round_of_nobody_or_one_ends_kindly(table, number):
    crowd = table.crowd(number)
    round_id = table.paired(*crowd)
    assert table.groups(round_id) == []
    assert table.round(round_id).state is RoundState.ANNOUNCED
    assert [table.told(person) for person in crowd] == [["About this coffee round"]] * number


def test_who_is_not_to_meet_is_not_put_together_and_nobody_learns_why(app, table):
    one, other, third, fourth = table.crowd(4)
    for apart in (other, third, fourth):
        table.keep_apart(one, apart)
    round_id = table.paired(one, other, third, fourth)
    (group,) = table.groups(round_id)
    assert group == {other.id, third.id, fourth.id}
    alone = bodies(app, one)
    with later(weeks=1):
        lonely_round = table.paired(other)
    assert lonely_round
    assert bodies(app, other)[-1] == alone[-1], "the same words, whatever the reason"
    assert "wish" not in " ".join(alone)


def bodies(app, person):
    with app.app_context():
        found = select(Notification.body).where(Notification.member_id == person.id).order_by(Notification.id)
        return list(db.session.scalars(found))


def test_nobody_meets_again_while_it_can_be_avoided(table):
    crowd = table.crowd(6)
    seen = []
    for week in range(3):
        with later(weeks=week):
            seen += [frozenset(group) for group in table.groups(table.paired(*crowd))]
    assert len(set(seen)) == len(seen) == 9


def test_inputs_and_outcome_are_kept_closed_and_can_be_run_again(app, table):
    one, other, third, fourth = table.crowd(4)
    table.keep_apart(one, other)
    round_id = table.paired(one, other, third, fourth)
    with app.app_context():
        kept = inputs.snapshot(round_id)
        assert [sorted(couple) for couple in kept.inputs["not_with"]] == [[one.id, other.id]]
        assert pair(read_inputs(kept.inputs)).as_plain() == kept.outcome
        as_stored = db.session.execute(text("SELECT inputs, outcome FROM round_snapshot")).one()
        assert "not_with" not in as_stored.inputs
        assert "members" not in as_stored.outcome
    with clock.frozen(MONDAY + SNAPSHOTS_KEPT + timedelta(days=1)), app.app_context():
        jobs.forget()
        assert db.session.scalar(select(func.count()).select_from(RoundSnapshot)) == 0


def test_who_was_suspended_between_pairing_and_keeping_is_away(app, table, people):
    round_id = table.open()
    table.join(people.owner, people.peer)
    with app.app_context():
        with transaction():
            opening.close_now(round_id, by=people.lead.id)
        with transaction():
            pairing.close(round_id)
    table.suspend(people.owner)
    with app.app_context():
        jobs.tend_round(round_id)
    shown = table.seen(people.peer, table.group_of(people.peer, round_id))
    assert shown.alone
    assert table.told(people.owner) == []


# -- once, whatever happens --------------------------------------------------------------------------------------------


class KilledError(BaseException):
    """The worker is gone."""


@pytest.mark.both_databases
@pytest.mark.parametrize("killed_before", ["_pair", "pairing.keep", "pairing.announce_some", "telling.grouped#2"])
def test_a_killed_worker_loses_nothing_and_tells_nobody_twice(app, table, monkeypatch, killed_before):
    crowd = table.crowd(6)
    round_id = table.open()
    table.join(*crowd)

    def die(*_args):
        raise KilledError

    place, _, number = killed_before.partition("#")
    if place == "_pair":
        monkeypatch.setattr(jobs, "_pair", die)
    elif number:
        calls, real = [], pairing.telling.grouped

        def die_later(*args):
            calls.append(args)
            die() if len(calls) == int(number) else real(*args)

        monkeypatch.setattr(pairing.telling, "grouped", die_later)
    else:
        monkeypatch.setattr(pairing, place.partition(".")[2], die)
    with later(days=5, hours=12):
        with pytest.raises(KilledError):
            table.work()
        monkeypatch.undo()
        before = table.groups(round_id)
        table.work()
        table.work()
    assert len(table.groups(round_id)) == 3
    assert before in ([], table.groups(round_id)), "what was kept stays"
    assert [table.told(person) for person in crowd] == [["Whom you meet in this coffee round"]] * 6


@pytest.mark.both_databases
def test_several_workers_pair_and_announce_a_round_once(app, table):
    crowd = table.crowd(12)
    round_id = table.open()
    table.join(*crowd)
    with later(days=5, hours=12):
        at_once(app, *[jobs.tend_rounds] * WORKERS)
    assert sorted(map(len, table.groups(round_id))) == [2] * 6
    assert [table.told(person) for person in crowd] == [["Whom you meet in this coffee round"]] * 12
    with app.app_context():
        mails = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.kind == "notice")
        assert db.session.scalar(mails) == 12


@pytest.mark.both_databases
def test_who_opts_in_while_it_closes_has_a_group_or_is_told_that_it_is_too_late(app, table):
    crowd = table.crowd(20)
    round_id = table.open()
    table.join(*crowd[:2])
    late = []

    def opt_in(person):
        def press():
            try:
                table.join(person)
            except NotOpenError:
                late.append(person.id)

        return press

    def close():
        with transaction():
            opening.close_now(round_id, by=table.lead_id)
        jobs.tend_round(round_id)

    at_once(app, close, *[opt_in(person) for person in crowd[2:12]])
    grouped = {id_ for group in table.groups(round_id) for id_ in group}
    assert grouped == table.in_round(round_id)
    assert grouped | set(late) == {person.id for person in crowd[:12]}
    assert not grouped & set(late)


@pytest.mark.both_databases
def test_one_person_in_many_tabs_opts_in_once(app, table, people):
    round_id = table.open()
    at_once(app, *[lambda: table.take_part(people.owner)] * WORKERS)
    assert table.in_round(round_id) == {people.owner.id}


# -- afterwards --------------------------------------------------------------------------------------------------------


def test_each_is_asked_once_whether_it_happened(table):
    one, other = table.crowd(2)
    round_id = table.paired(one, other)
    group_id = table.group_of(one, round_id)
    with later(days=13):
        table.work()
        assert table.told(one, "round_happened") == []
    table.answer(one, group_id)
    with later(days=14, minutes=1):
        table.work()
        table.work()
        assert table.told(one, "round_happened") == [], "whoever has answered is not asked"
        assert table.told(other, "round_happened") == ["Your coffee round: did it happen?"]
        assert table.seen(other, group_id).is_asked
        assert table.seen(other, group_id).answer is None, "nobody sees what another one answered"
        table.answer(other, group_id, Answer.NOT_MET)
    assert table.seen(one, group_id).answer is Answer.MET
    assert table.seen(other, group_id).answer is Answer.NOT_MET


def test_the_figures_are_made_when_the_time_to_answer_is_over_and_stay(table):
    crowd = table.crowd(4, organisations=2)
    round_id = table.paired(*crowd)
    for person in crowd[:2]:
        table.answer(person, table.group_of(person, round_id))
    met = len({table.group_of(person, round_id) for person in crowd[:2]})
    with later(days=14, hours=1):
        table.work()
        assert table.round(round_id).met_across is None
    with clock.frozen(MONDAY + timedelta(days=14) + ANSWERS):
        table.work()
        assert table.round(round_id).state is RoundState.FINISHED
        assert (table.round(round_id).met_across, table.round(round_id).met_within) == (met, 0)
        assert not table.seen(crowd[0], table.group_of(crowd[0], round_id)).can_answer


def test_a_round_that_is_called_off_is_told_and_never_paired(app, table, people):
    round_id = table.open()
    table.join(people.owner)
    with app.app_context(), transaction():
        opening.call_off(round_id, by=people.lead.id)
    with later(days=6):
        table.work()
    assert table.round(round_id).state is RoundState.CANCELLED
    assert table.told(people.owner) == ["A coffee round was called off"]
    with app.app_context():
        assert [event.action for event in db.session.scalars(select(AuditEvent))] == ["open_round", "call_off_round"]
