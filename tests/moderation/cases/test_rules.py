"""Lanes, verdicts, hours and marks: the pure parts."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.rules import Role
from app.moderation.cases.paging import Mark, highlighted
from app.moderation.cases.rota import Turn, staffed, to_alert
from app.moderation.cases.rulebook import BY_CODE
from app.moderation.cases.rules import (
    FOR_MEMBERS,
    OUTCOME_WORDS,
    REASON_WORDS,
    Lane,
    Measure,
    Outcome,
    Reason,
    Source,
    can_be_appealed,
    first_of,
    is_about_staff,
    lane_of,
)
from app.moderation.cases.verdicts import GROUNDS, Ground, by_one_key, complaint, title, usual

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda since: datetime(2026, 1, 1, tzinfo=UTC) + since)


def test_everything_has_words():
    assert set(REASON_WORDS) == set(Reason)
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert set(GROUNDS) == set(Ground)
    assert all(ground.rule is None or ground.rule in BY_CODE for ground in Ground)


@given(st.sampled_from(Source), st.sampled_from(Reason))
def test_safeguarding_and_wellbeing_are_urgent_whoever_raises_them(source, reason):
    urgent = reason in {Reason.SAFEGUARDING, Reason.WELLBEING}
    assert (lane_of(source, reason).urgency == 0) == urgent


@given(st.lists(st.sampled_from(Lane), min_size=1))
def test_the_lane_of_a_case_is_never_less_urgent_than_any_of_its_concerns(lanes):
    assert first_of(lanes).urgency == min(lane.urgency for lane in lanes)


@pytest.mark.parametrize(
    ("lane", "role", "expected"),
    [
        (Lane.REPORTS, Role.MODERATOR, True),
        (Lane.SAFEGUARDING, Role.FACILITATOR, True),
        (Lane.REPORTS, Role.PARTICIPANT, False),
        (Lane.REPORTS, Role.AUTHOR, False),
        (Lane.WELLBEING, Role.LEAD, False),
        (Lane.HOLDS, Role.LEAD, False),
    ],
)
def test_what_is_said_against_those_with_authority_goes_outside(lane, role, expected):
    assert is_about_staff(lane, {role}) is expected


@given(st.sampled_from(Outcome), st.sampled_from(Measure))
def test_what_takes_something_can_be_appealed(outcome, measure):
    harmless = {
        Outcome.PUBLISH, Outcome.NO_ACTION, Outcome.SUPPORT, Outcome.PASS_ON, Outcome.ANSWER, Outcome.UPHOLD,
        Outcome.REVERSE,
    }  # fmt: skip
    assert can_be_appealed(outcome, measure) == (outcome not in harmless or measure is not Measure.NONE)


@given(st.sampled_from(Lane), st.sampled_from(FOR_MEMBERS), st.sets(st.sampled_from(Outcome)))
def test_each_key_stands_for_one_decision_that_can_be_carried_out(lane, reason, offered):
    keys = by_one_key(lane, offered)
    assert len({key for key, _ in keys}) == len(keys) or {Outcome.UPHOLD, Outcome.REVERSE} & offered
    for _key, outcome in keys:
        made = usual(outcome, reason, None)
        assert complaint(made, offered, NOW) is None
        assert title(outcome, made.measure, about_words=True)


def test_keys_of_an_appeal_differ():
    assert by_one_key(Lane.APPEALS, (Outcome.UPHOLD, Outcome.REVERSE)) == [
        ("p", Outcome.UPHOLD),
        ("r", Outcome.REVERSE),
    ]


def turn(**changed):
    return Turn(**({"member_id": 1, "weekday": 2, "starts": time(9), "ends": time(17)} | changed))


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        (turn(), NOW, True),
        (turn(), NOW.replace(hour=17), False),
        (turn(weekday=3), NOW, False),
        (turn(starts=time(22), ends=time(6)), NOW.replace(hour=23), True),
        (turn(starts=time(22), ends=time(6)), NOW.replace(day=5, hour=5), True),
        (turn(starts=time(22), ends=time(6)), NOW.replace(hour=5), False),
        (turn(weekday=6, starts=time(22), ends=time(6)), NOW.replace(day=9, hour=5), True),  # Sunday into Monday
        (turn(starts=time(0), ends=time(0)), NOW, True),  # the whole day
        (turn(), datetime(2026, 7, 1, 8, 30, tzinfo=UTC), True),  # 9:30 in London in summer
    ],
)
def test_hours_cover_moments_on_the_clocks_of_london(hours, moment, expected):
    assert hours.covers(moment) is expected


@given(MOMENTS)
def test_whoever_is_there_is_alerted_before_whoever_is_on_call(moment):
    rota = [turn(weekday=day, on_call=False) for day in range(5)]
    rota += [turn(member_id=2, weekday=day, starts=time(0), ends=time(0), on_call=True) for day in range(7)]
    assert to_alert(rota, moment) == ([1] if staffed(rota, moment) else [2])


@given(st.integers(0, 1), MOMENTS, st.integers(1, 2**31))
def test_a_mark_survives_its_address(urgency, moment, number):
    mark = Mark(urgency, moment, number)
    assert Mark.read(str(mark)) == mark


@given(st.text(max_size=60))
def test_whatever_stands_in_an_address_is_a_mark_or_nothing(text):
    assert Mark.read(text) is None or str(Mark.read(text))


@pytest.mark.parametrize("text", ["1-2", "a-b-c", "1-99999999999999999999999999-1", "²-1-1", "-1-1-1"])
def test_nonsense_is_no_mark(text):
    assert Mark.read(text) is None or Mark.read(text).id == 1


SPANS = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.just("phone")), max_size=8)


@given(st.text(max_size=60), SPANS)
def test_a_highlighted_text_is_always_the_whole_text(text, spans):
    assert "".join(piece.text for piece in highlighted(text, spans)) == text


def test_findings_are_cut_out():
    pieces = highlighted("Ring 0116 now", [(5, 9, "phone")])
    assert [(piece.text, piece.kind) for piece in pieces] == [("Ring ", None), ("0116", "phone"), (" now", None)]


@given(st.timedeltas(timedelta(days=-400), timedelta(days=800)))
def test_measures_end_in_the_future_and_within_a_year(ahead):
    made = usual(Outcome.REMOVE, Reason.SPAM, None)
    verdict = made.__class__(
        **{name: getattr(made, name) for name in made.__slots__}
        | {"measure": Measure.SUSPEND, "measure_until": NOW + ahead}
    )
    fits = timedelta(0) < ahead <= timedelta(days=366)
    assert (complaint(verdict, {Outcome.REMOVE}, NOW) is None) == fits
    assert complaint(verdict, {Outcome.REMOVE}, NOW, punitive=False) is not None
