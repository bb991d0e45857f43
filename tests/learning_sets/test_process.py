"""A session as it moves: no sequence of events loses the lease, skips the agreement or moves without being asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.learning_sets import process, stages
from app.learning_sets.process import EXTENSION, LEASE, MOST_EXTENSIONS, Hold, Refused, Session, Stale
from app.learning_sets.stages import CLOSING, OF_AN_ISSUE, ONE_ISSUE, OPENING, OVERTIME, TWO_ISSUES, Stage

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUIDE, DEPUTY, AMINA, BEN = 1, 2, 3, 4
A_SECOND = timedelta(seconds=1)


def session(template=TWO_ISSUES, issues=2):
    return Session(steps=stages.plan(template, issues), starts_at=START, facilitator=GUIDE, deputy=DEPUTY)


def in_the_lobby(**more):
    return process.take_lead(process.open_lobby(session(**more), START), GUIDE, START)


def at(stage, now=START, **more):
    """A session in the first step of a stage."""
    here = in_the_lobby(**more)
    while here.stage is not stage:
        if here.stage is Stage.BIDS:
            wanted = 1 + max(step.issue or 0 for step in here.steps)
            here = process.choose_presenters(here, GUIDE, here.version, (AMINA, BEN)[:wanted], now)
        here = process.go_on(here, GUIDE, here.version, now)
    return here


@pytest.mark.parametrize(("template", "issues"), [(TWO_ISSUES, 2), (ONE_ISSUE, 1)])
def test_the_default_sessions_take_ninety_minutes(template, issues):
    steps = stages.plan(template, issues)
    assert stages.minutes(steps) == 90
    assert [step.stage for step in steps] == [*OPENING, *(OF_AN_ISSUE * issues), *CLOSING]


def test_what_a_set_can_give_each_member():
    assert stages.turns_each(7, 1) == (0, 1)
    assert stages.turns_each(6, 1) == (1, 1)
    assert stages.turns_each(8, 2) == (1, 2)


@pytest.mark.parametrize(("template", "issues"), [(TWO_ISSUES, 0), (TWO_ISSUES | {Stage.BIDS: 0}, 1), ({}, 1)])
def test_a_template_that_cannot_be_kept_to_is_refused(template, issues):
    with pytest.raises(ValueError, match=r"\.$"):
        stages.plan(template, issues)


def test_a_whole_session_in_order():
    here, seen = in_the_lobby(), []
    while not here.stage.is_over:
        seen.append((here.stage, here.presenter))
        if here.stage is Stage.BIDS:
            here = process.choose_presenters(here, GUIDE, here.version, (BEN, AMINA), START)
        here = process.go_on(here, GUIDE, here.version, START)
    issue = [*OF_AN_ISSUE]
    assert seen == [
        (Stage.LOBBY, None),
        *((stage, None) for stage in OPENING),
        *((stage, BEN) for stage in issue),
        *((stage, AMINA) for stage in issue),
        *((stage, None) for stage in CLOSING),
    ]
    assert here.stage is Stage.CLOSED


def test_of_two_at_once_one_wins():
    here = at(Stage.CHECK_IN)
    moved = process.go_on(here, GUIDE, here.version, START)
    with pytest.raises(Stale):
        process.go_on(moved, GUIDE, here.version, START)
    with pytest.raises(Stale):
        process.extend(moved, GUIDE, here.version, START)


def test_presenters_are_chosen_before_issues_begin():
    here = at(Stage.BIDS)
    with pytest.raises(Refused, match="who brings an issue"):
        process.go_on(here, GUIDE, here.version, START)
    for wrong in ((AMINA,), (AMINA, AMINA), (GUIDE, AMINA), (AMINA, BEN, 9)):
        with pytest.raises(Refused):
            process.choose_presenters(here, GUIDE, here.version, wrong, START)


def test_the_deputy_leads_only_when_the_facilitator_is_away():
    here = at(Stage.PRESENT)
    with pytest.raises(Refused, match="is here"):
        process.take_lead(here, DEPUTY, START + LEASE)
    for somebody in (AMINA, BEN):
        with pytest.raises(Refused, match="named deputy"):
            process.take_lead(here, somebody, START + 2 * LEASE)
    late = START + LEASE + A_SECOND
    lost = process.notice_loss(here, late)
    assert lost.hold is Hold.LOST
    led = process.take_lead(lost, DEPUTY, late)
    assert (led.leads, led.hold) == (DEPUTY, None)
    with pytest.raises(Refused, match="whoever leads"):
        process.go_on(led, GUIDE, led.version, late)
    back = process.take_lead(led, GUIDE, late + A_SECOND)
    assert back.leads == GUIDE, "the facilitator may come back at any time"


def test_a_refresh_keeps_the_lease_and_is_no_move():
    here = at(Stage.PRESENT)
    kept = process.take_lead(here, GUIDE, START + A_SECOND)
    assert (kept.version, kept.leased_until) == (here.version, START + A_SECOND + LEASE)
    with pytest.raises(Refused):
        process.keep_lead(here, DEPUTY, START)


def test_time_that_stands_still_is_not_counted():
    here = at(Stage.QUESTIONS)
    before = here.deadline
    stopped = process.stop(here, START + timedelta(minutes=3))
    assert stopped.hold is Hold.STOP
    assert process.stop(stopped, START + timedelta(minutes=4)) == stopped
    with pytest.raises(Refused, match="stands still"):
        process.go_on(stopped, GUIDE, stopped.version, START + A_SECOND)
    later = START + timedelta(minutes=10)
    led = process.keep_lead(stopped, GUIDE, later)
    on = process.resume(led, GUIDE, led.version, later)
    assert on.deadline == before + timedelta(minutes=7)


def test_a_stage_is_extended_twice_at_most_and_anew_in_the_next():
    here = at(Stage.PRESENT)
    before = here.deadline
    for _ in range(MOST_EXTENSIONS):
        here = process.extend(here, GUIDE, here.version, START)
    assert here.deadline == before + MOST_EXTENSIONS * EXTENSION
    with pytest.raises(Refused, match="twice"):
        process.extend(here, GUIDE, here.version, START)
    following = process.go_on(here, GUIDE, here.version, START)
    assert process.extend(following, GUIDE, following.version, START).extensions == 1


def test_it_ends_by_itself_half_an_hour_past_its_plan():
    here = at(Stage.QUESTIONS)
    late = START + timedelta(minutes=90) + OVERTIME
    assert process.end_by_itself(here, late - A_SECOND) == here
    assert process.end_by_itself(here, late).stage is Stage.CLOSED
    assert process.end_by_itself(session(), late).stage is Stage.ABANDONED


def test_the_lobby_opens_ten_minutes_before():
    with pytest.raises(Refused, match="ten minutes"):
        process.open_lobby(session(), START - stages.LOBBY - A_SECOND)
    assert process.open_lobby(session(), START - stages.LOBBY).stage is Stage.LOBBY


PEOPLE = st.sampled_from([GUIDE, DEPUTY, AMINA, BEN])


class AnySession(RuleBasedStateMachine):
    """People press whatever they like, in any order, with old pages and bad connections."""

    def __init__(self):
        super().__init__()
        self.now, self.here = START, session()

    def attempt(self, move, *asked):
        before = self.here
        try:
            self.here = move(before, *asked, self.now)
        except Refused:
            return
        assert self.here.version - before.version in {0, 1}
        if self.here.at != before.at or self.here.ended != before.ended:
            self.check_the_move(before)

    def check_the_move(self, before):
        assert not before.stage.is_over, "what is over stays over"
        assert self.here.at in {before.at, before.at + 1}, "no stage is skipped"
        assert before.hold is None or self.here.ended, "nothing goes on while the process stands still"
        if before.stage is Stage.BIDS and not self.here.ended:
            assert len(before.presenters) == 2

    @rule(seconds=st.integers(0, 120))
    def time_passes(self, seconds):
        self.now += timedelta(seconds=seconds)
        at_stage = (self.here.at, self.here.version)
        assert (self.here.at, self.here.version) == at_stage, "stages never pass by themselves"

    @rule(who=PEOPLE)
    def lobby_or_lead(self, who):
        self.attempt(process.open_lobby)
        self.attempt(process.take_lead, who)
        assert self.here.leads in {None, GUIDE, DEPUTY}

    @rule(who=PEOPLE, behind=st.integers(0, 1), verb=st.sampled_from(["go_on", "extend", "pause", "resume"]))
    def press(self, who, behind, verb):
        led_by = self.here.leads
        before = self.here
        self.attempt(getattr(process, verb), who, self.here.version - behind)
        if self.here != before:
            assert (who, behind) == (led_by, 0), "only whoever leads moves, and only from what they saw"

    @rule(chosen=st.permutations([AMINA, BEN, DEPUTY, GUIDE]).map(lambda all_of_them: tuple(all_of_them[:2])))
    def choose(self, chosen):
        if self.here.leads:
            self.attempt(process.choose_presenters, self.here.leads, self.here.version, chosen)

    @rule()
    def somebody_says_stop(self):
        self.attempt(process.stop)

    @rule()
    def the_server_looks(self):
        self.attempt(process.notice_loss)
        self.attempt(process.end_by_itself)

    @precondition(lambda self: self.here.leads)
    @rule()
    def stay(self):
        self.attempt(process.keep_lead, self.here.leads)

    @invariant()
    def it_makes_sense(self):
        here = self.here
        assert -2 <= here.at < len(here.steps)
        assert (here.hold is None) == (here.held_at is None)
        assert 0 <= here.extensions <= MOST_EXTENSIONS
        assert not {GUIDE, here.facilitator} & set(here.presenters)
        assert replace(here) == here


TestAnySession = AnySession.TestCase
TestAnySession.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
