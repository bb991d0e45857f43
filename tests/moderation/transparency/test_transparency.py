"""Figures of a quarter are published once, after it is over, with small numbers held back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.core import clock
from app.core.crypto import fingerprint
from app.core.db import db, transaction
from app.core.suppression import JOINED
from app.moderation.cases.machine import State
from app.moderation.cases.models import Concern, Decision, ModerationCase
from app.moderation.cases.rules import Lane, Measure, Outcome, Reason, Route, Source
from app.moderation.transparency import demo, operations, queries
from app.moderation.transparency.models import TransparencyQuarter
from app.moderation.transparency.rules import (
    Band,
    Counted,
    Quarter,
    band,
    median_band,
    plain,
    publishable,
    read_plain,
)

MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
SPRING = Quarter(2026, 2)
PAGE = "/transparency?programme=here"
REPORT = Counted(Lane.REPORTS, Reason.SPAM, Outcome.REMOVE, timedelta(hours=3))
HOLD = Counted(Lane.HOLDS, Reason.SCREENING, Outcome.EDIT, timedelta(days=2))


def a_case(people, opened_at=MAY, outcome=Outcome.REMOVE, lane=Lane.REPORTS, reason=Reason.SPAM, hours=3):
    case = ModerationCase(
        programme_id=people.programme_id, subject_type="own_words", subject_id=None, lane=lane, urgency=1,
        route=Route.TEAM, state=State.DECIDED if outcome else State.OPEN, version=1, opened_at=opened_at,
        decided_at=opened_at + timedelta(hours=hours) if outcome else None,
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    common = {"programme_id": people.programme_id, "case_id": case.id}
    db.session.add(Concern(**common, source=Source.MEMBER, reason=reason, words="", findings={}, raised_at=opened_at))
    if outcome:
        at = case.decided_at
        db.session.add(
            Decision(
                **common, decided_by_id=people.moderator.id, outcome=outcome, measure=Measure.NONE, ground="g",
                words="", before={}, decided_at=at, tell_at=at,
            )
        )  # fmt: skip
    db.session.flush()


def publish(at):
    with clock.frozen(at), transaction():
        return operations.publish_due()


@pytest.fixture
def page(app, people, anonymous):
    """A function that gives the public page of the programme here."""
    app.extensions["programme_in_sight"] = lambda: people.programme_id
    return lambda more="": anonymous.get(f"/transparency{more}")


@pytest.mark.both_databases
def test_a_quarter_is_published_once_four_weeks_after_it_is_over(app, people, page):
    assert "No quarter has been published yet" in page().text
    with app.app_context():
        with transaction():
            for _ in range(6):
                a_case(people)
            a_case(people, datetime(2026, 6, 30, 23, 30, tzinfo=UTC))  # in London, that is July
        assert publish(datetime(2026, 7, 20, tzinfo=UTC)) == 0
        assert publish(datetime(2026, 7, 30, tzinfo=UTC)) == 1
        with transaction():
            a_case(people)
        assert publish(datetime(2026, 7, 31, tzinfo=UTC)) == 0
        (kept,) = db.session.scalars(select(TransparencyQuarter))
        assert read_plain(kept.figures).figure() == 6
    text = page().text
    assert "April to June 2026" in text
    assert "6 cases" in text
    assert "Within a day".lower() in text.lower()
    assert page("?quarter=2026-Q1").status_code == 404


def test_small_numbers_are_nowhere_in_what_is_kept_or_shown(app, people, page):
    cases = [REPORT] * 17 + [HOLD] * 12 + [Counted(Lane.APPEALS, Reason.APPEAL, Outcome.REVERSE, timedelta(days=9))]
    with app.app_context():
        with transaction():
            operations.publish(people.programme_id, SPRING, cases)
        (kept,) = db.session.scalars(select(TransparencyQuarter))
        found = read_plain(kept.figures)
    assert found.figure(lane="appeals") is None
    assert all(count == 0 or count >= 5 for cells in found.figures.values() for count in cells.values())
    text = page().text
    assert "30 cases" in text
    assert "Together: " in text


def test_so_few_that_nothing_is_shown(app, people, page):
    with app.app_context(), transaction():
        operations.publish(people.programme_id, SPRING, [REPORT] * 3)
    assert "So we show none for this quarter" in page().text


def test_another_programme_counts_for_itself(app, people, page):
    with app.app_context(), transaction():
        operations.publish(people.other_programme_id, SPRING, [REPORT] * 9)
    assert "9 cases" not in page().text


def test_cases_that_wait_undone_decisions_and_appeals_count_as_they_should(app, people):
    with app.app_context():
        with transaction():
            a_case(people, outcome=None)
            a_case(people, lane=Lane.APPEALS, reason=Reason.APPEAL, outcome=Outcome.UPHOLD, hours=100)
        found = queries.cases(people.programme_id, SPRING)
    assert sorted((each.outcome, each.lane, band(each.took)) for each in found if each.outcome) == [
        (Outcome.UPHOLD, Lane.APPEALS, Band.WEEK)
    ]
    assert [each.lane for each in found if each.outcome is None] == [Lane.REPORTS]


def test_the_demonstration_has_a_quarter(app, people, page):
    with app.app_context(), transaction():
        demo.load(people.programme_id)
    text = page().text
    assert "57 cases" in text
    assert "Holds" in text


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_each_day_is_in_one_quarter(day):
    quarter = Quarter.of(day)
    assert quarter.first_day <= day < quarter.next.first_day
    assert Quarter.read(quarter.code) == quarter
    assert not quarter.is_settled(day)


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "26-Q1", "²026-Q1", "2026-Q"])
def test_what_is_no_quarter_is_none(text):
    assert Quarter.read(text) is None


moments = st.sampled_from([None, timedelta(hours=1), timedelta(days=2), timedelta(days=5), timedelta(days=30)])
counted = st.builds(
    Counted, st.sampled_from(Lane), st.sampled_from(Reason), st.none() | st.sampled_from(Outcome), moments
)


@given(st.lists(counted, max_size=60))
@settings(deadline=None, max_examples=40)
def test_the_median_is_right_wherever_it_is_shown_and_what_is_kept_reads_the_same(cases):
    found = publishable(cases, b"secret")
    assert read_plain(plain(found)) == found
    shown = median_band(found)
    if shown:
        order = list(Band)
        decided = sorted((band(case.took) for case in cases if case.took), key=order.index)
        middle = {decided[(len(decided) - 1) // 2], decided[len(decided) // 2]}
        assert shown in middle


def test_covers_are_chosen_by_the_secret_of_the_installation(app):
    with app.app_context():
        assert len(fingerprint("transparency:1:2026-Q2")) == 32
    found = publishable([REPORT] * 9 + [HOLD] * 2, b"x")
    assert found.figure(lane=JOINED) in {9, 11, 2 + 9}
