"""What people are told about why they were put together."""

import pytest
from hypothesis import given, settings

from app.catchups.pairing import Meeting, Person, RoundInputs, pair
from app.catchups.pairing.reasons import why
from app.catchups.pairing.worth import RECENT, REPEAT
from tests.catchups.pairing.crowds import rounds

NURSE, DOCTOR = ("trust", "nurse", "north"), ("practice", "doctor", "north")


def words(*labels, met=(), size=2):
    return [reason.words for reason in why(labels, met, size)]


def test_a_pair_is_told_what_they_differ_in_and_what_they_share():
    assert words(NURSE, DOCTOR) == [
        "You have not been put together in a round before.",
        "You work in different organisations.",
        "You have different professions.",
        "You are in the same area.",
    ]


@pytest.mark.parametrize(
    ("rounds_ago", "sentence"),
    [
        (0, "You have met before, in this round."),
        (1, "You have met before, in the last round."),
        (4, "You have met before, the last time 4 rounds ago."),
    ],
)
def test_a_pair_that_met_is_told_when(rounds_ago, sentence):
    assert words(NURSE, NURSE, met=[rounds_ago])[0] == sentence


def test_a_three_is_told_about_all_of_it():
    assert words(NURSE, DOCTOR, NURSE, met=[6, 3]) == [
        "Some of you have met before, the last time 3 rounds ago.",
        "You come from 2 organisations.",
        "Between you there are 2 professions.",
        "You are all in the same area.",
        "You are three, so that nobody is left out.",
    ]


def test_a_group_of_the_size_asked_for_is_not_explained_by_it():
    assert "You are three, so that nobody is left out." not in words(NURSE, NURSE, NURSE, size=3)
    assert words(NURSE, NURSE, NURSE, NURSE, size=3)[-1] == "You are four, so that nobody is left out."


def test_what_is_not_known_is_no_reason():
    unknown = (None, None, None)
    assert words(unknown, NURSE) == words(unknown, unknown) == ["You have not been put together in a round before."]


def test_labels_are_compared_as_people_read_them():
    people = (Person(1, "Trust A ", "Nurse", "North"), Person(2, "trust a", "nurse", " "))
    codes = [reason.code for reason in pair(RoundInputs(1, 2, people)).groups[0].reasons]
    assert codes == ["first_meeting"]


@settings(max_examples=40)
@given(rounds(least=2, most=12))
def test_every_group_has_a_reason_and_none_tells_of_wishes(inputs):
    told = {reason.code for group in pair(inputs).groups for reason in group.reasons}
    assert all(group.reasons for group in pair(inputs).groups)
    assert told <= {"first_meeting", "met_before", "other_organisation", "other_profession", "same_area", "one_more"}


def test_the_same_group_is_explained_alike_with_and_without_wishes():
    people, met = (Person(1), Person(2), Person(3)), (Meeting(1, 2, 2),)
    by_chance = pair(RoundInputs(1, 2, (*people[:2],), met))
    by_wishes = pair(RoundInputs(1, 2, people, met, ((1, 3), (2, 3))))
    assert by_chance.groups == by_wishes.groups


def test_of_several_meetings_the_latest_counts():
    for met in ((Meeting(1, 2, 1), Meeting(2, 1, 5)), (Meeting(2, 1, 5), Meeting(1, 2, 1))):
        pairing = pair(RoundInputs(1, 2, (Person(1), Person(2)), met))
        assert pairing.groups[0].reasons[0].words == "You have met before, in the last round."
        assert pairing.weight == -(REPEAT + 51 * RECENT)
