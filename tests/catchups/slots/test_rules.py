"""Offers end in time, and go to whoever has waited longest among those who may meet everybody in the slot."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.rules import STAFF, Role
from app.catchups.slots.rules import LAST_OFFERS, Reader, SlotKind, first_name, offer_expires_at, whom_to_offer
from app.catchups.slots.stories import ConsentState, may_be_shown

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
moments_ahead = st.timedeltas(timedelta(0), timedelta(days=400))


@pytest.mark.parametrize(
    ("left", "lasts"),
    [
        (timedelta(days=30), timedelta(days=7)),
        (timedelta(days=8), timedelta(days=7)),
        (timedelta(days=7), timedelta(days=6)),
        (timedelta(days=3), timedelta(days=2)),
        (timedelta(days=1), timedelta(hours=12)),
        (timedelta(hours=2), timedelta(hours=1)),
    ],
)
def test_an_offer_lasts_seven_days_or_leaves_time_for_the_next(left, lasts):
    assert offer_expires_at(NOW, NOW + left) == NOW + lasts


@given(left=moments_ahead)
def test_no_offer_outlives_the_start_or_lasts_longer_than_a_week(left):
    expires_at = offer_expires_at(NOW, NOW + left)
    if left < LAST_OFFERS:
        assert expires_at is None
    else:
        assert NOW + timedelta(hours=1) <= expires_at <= NOW + min(left - timedelta(hours=1), timedelta(days=7))


@given(left=moments_ahead, more=moments_ahead)
def test_more_time_never_makes_an_offer_shorter(left, more):
    sooner, later = (offer_expires_at(NOW, NOW + each) for each in (left, left + more))
    assert sooner is None or sooner <= later


@st.composite
def lines(draw):
    waiting = draw(st.lists(st.integers(1, 12), unique=True))
    present = draw(st.sets(st.integers(13, 18)))
    couples = [frozenset(couple) for couple in combinations([*waiting, *present], 2)]
    apart = set(draw(st.lists(st.sampled_from(couples), unique=True))) if couples else set()
    return waiting, present, apart, draw(st.integers(0, 8))


@given(line=lines())
def test_offers_go_in_order_and_never_to_people_who_are_not_to_meet(line):
    waiting, present, apart, free = line
    offered = whom_to_offer(waiting, present, apart, free)
    assert len(offered) <= free
    assert offered == [member_id for member_id in waiting if member_id in offered]
    together = [frozenset(couple) for couple in combinations([*present, *offered], 2)]
    assert not [couple for couple in together if couple in apart and not couple <= set(present)]


@given(line=lines())
def test_whoever_is_passed_over_has_somebody_in_the_slot_they_should_not_meet(line):
    waiting, present, apart, free = line
    offered = whom_to_offer(waiting, present, apart, free)
    reached = waiting if len(offered) < free else waiting[: waiting.index(offered[-1])] if offered else []
    for passed_over in set(reached) - set(offered):
        before = offered[: sum(waiting.index(each) < waiting.index(passed_over) for each in offered)]
        assert any(frozenset((passed_over, other)) in apart for other in [*present, *before])


@given(waiting=st.lists(st.integers(), unique=True), free=st.integers(0, 10))
def test_without_wishes_it_is_the_order_of_joining(waiting, free):
    assert whom_to_offer(waiting, [], set(), free) == waiting[:free]


@given(roles=st.frozensets(st.sampled_from(Role)), cohorts=st.frozensets(st.integers(1, 3)), shut_out=st.booleans())
def test_trusted_are_staff_and_participants_with_a_cohort(roles, cohorts, shut_out):
    reader = Reader(member_id=1, programme_id=1, roles=roles, cohort_ids=cohorts, shut_out=shut_out)
    expected = not shut_out and bool(roles & STAFF or (Role.PARTICIPANT in roles and cohorts))
    assert reader.is_trusted == expected
    assert reader.leads <= reader.is_staff <= reader.is_trusted


def test_a_sponsor_alone_and_a_participant_without_a_cohort_are_not_trusted_yet():
    for role in (Role.SPONSOR, Role.PARTICIPANT):
        assert not Reader(member_id=1, programme_id=1, roles=frozenset({role})).is_trusted


def test_kinds_have_neutral_words_and_their_own_limits():
    assert [kind.words for kind in SlotKind] == [
        "Coffee catch-up",
        "Celebration",
        "Sharing learning",
        "Quarterly meeting",
    ]
    assert [kind.most_places for kind in SlotKind] == [30, 500, 500, 500]


@pytest.mark.parametrize(("name", "first"), [("Petra Peer", "Petra"), ("  Olu  ", "Olu"), ("", "")])
def test_first_names(name, first):
    assert first_name(name) == first


GIVEN, ASKED, REFUSED = ConsentState.GIVEN, ConsentState.ASKED, ConsentState.REFUSED


@pytest.mark.parametrize(
    ("consents", "version", "people", "shown"),
    [
        ([], 1, 0, False),
        ([(GIVEN, 1)], 1, 1, True),
        ([(GIVEN, 1), (ASKED, 1)], 1, 2, False),
        ([(GIVEN, 1), (REFUSED, 1)], 1, 2, False),
        ([(GIVEN, 1)], 2, 1, False),
        ([(GIVEN, 2), (GIVEN, 1)], 2, 2, False),
        ([(GIVEN, 1)], 1, 2, False),
        ([(GIVEN, 3), (GIVEN, 3)], 3, 2, True),
    ],
    ids=[
        "names nobody",
        "all agreed",
        "one silent",
        "one refused",
        "about other words",
        "one about other words",
        "somebody in it has left",
        "all agreed to the newest words",
    ],
)
def test_a_story_is_shown_when_everybody_in_it_agreed_to_these_words(consents, version, people, shown):
    assert may_be_shown(consents, version, people) is shown
