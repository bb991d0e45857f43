"""Inputs that make no sense are refused with a sentence that says where."""

import pytest
from hypothesis import given, settings

from app.catchups.pairing import InputError, Meeting, Person, Preference, RoundInputs, pair, read_inputs
from tests.catchups.pairing.crowds import rounds

ANN = {"id": "ann", "organisation": "A", "profession": "nurse", "area": "north"}
BOB = {"id": 2, "organisation": "B", "profession": None, "area": "south"}
ROUND = {"seed": 1, "group_size": 2, "people": [ANN, BOB], "met": [], "not_with": []}


def changed(**entries):
    return {**ROUND, **entries}


def person(**entries):
    return changed(people=[{**ANN, **entries}, BOB])


def lacking(record, key):
    return {name: entry for name, entry in record.items() if name != key}


def test_what_the_file_says_is_what_is_paired():
    assert read_inputs(changed(met=[["ann", 2, 3]], not_with=[[2, "ann"]], remark="left alone")) == RoundInputs(
        seed=1,
        group_size=2,
        people=(Person("ann", "A", "nurse", "north"), Person(2, "B", None, "south")),
        met=(Meeting("ann", 2, 3),),
        not_with=((2, "ann"),),
    )


def test_a_person_may_say_what_they_prefer():
    people = read_inputs(person(prefers=["same_area", "other_profession"])).people
    assert people[0].prefers == {Preference.SAME_AREA, Preference.OTHER_PROFESSION}


def test_a_number_and_the_same_digits_as_text_are_two_people():
    assert pair(read_inputs(person(id="2"))).groups[0].members == (2, "2")


@settings(max_examples=40)
@given(rounds(most=10))
def test_what_is_stored_reads_back(inputs):
    assert read_inputs(inputs.as_plain()) == inputs


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        ([], "The file must be an object with named entries, not a list."),
        (None, "The file must be an object with named entries, not null."),
        *((lacking(ROUND, key), f"The file has no “{key}”.") for key in ROUND),
        *((changed(people=[BOB, lacking(ANN, key)]), f"Person 2 has no “{key}”.") for key in ANN),
        (changed(seed="1"), "“seed” must be a whole number, not '1'."),
        (changed(seed=1.5), "“seed” must be a whole number, not 1.5."),
        (changed(seed=True), "“seed” must be a whole number, not true."),
        (changed(group_size=1), "The group size is 1. It must be between 2 and 4."),
        (changed(group_size=5), "The group size is 5. It must be between 2 and 4."),
        (changed(group_size=None), "“group_size” must be a whole number, not null."),
        (changed(people={}), "“people” must be a list, not an object."),
        (changed(people=["ann"]), "Person 1 must be an object with named entries, not 'ann'."),
        (changed(met=None), "“met” must be a list, not null."),
        (changed(not_with="no"), "“not_with” must be a list, not 'no'."),
        (person(id=2), "2 is in “people” twice. Each person takes part once."),
        (person(id=1.0), "Person 1: “id” holds 1.0 where an id belongs: a text or a whole number."),
        (person(id=None), "Person 1: “id” holds null where an id belongs: a text or a whole number."),
        (person(id=False), "Person 1: “id” holds false where an id belongs: a text or a whole number."),
        (person(id=""), "Person 1: “id” holds '' where an id belongs: a text or a whole number."),
        (person(area=["n"]), "Person 1: “area” must be a text, or null when it is not known, not a list."),
        (
            person(prefers=["tea"]),
            "Person 1: “prefers” must be a list of some of these: other_organisation, other_profession, same_area.",
        ),
        (person(prefers=[[]]), "Person 1: “prefers” must be a list of some of these: .*"),
        (changed(met=[["ann", 2]]), "Entry 1 of “met” must be a list of three: an id, another id, and how many .*"),
        (changed(met=[["ann", 2, "1"]]), "Entry 1 of “met”: rounds ago must be a whole number, not '1'."),
        (changed(met=[["ann", 2, -1]]), "“met” says that 'ann' and 2 met -1 rounds ago: use 0 or more."),
        (changed(met=[["ann", "2", 1]]), "“met” names '2', who is not in “people”."),
        (changed(met=[["ann", "ann", 1]]), "“met” names 'ann' together with themselves."),
        (changed(not_with=[["ann"]]), "Entry 1 of “not_with” must be a list of two ids."),
        (changed(not_with=[["ann", 3]]), "“not_with” names 3, who is not in “people”."),
        (changed(not_with=[["ann", None]]), "Entry 1 of “not_with” holds null where an id belongs.*"),
        (changed(not_with=[[2, 2]]), "“not_with” names 2 together with themselves."),
        (changed(seed="x" * 100), "“seed” must be a whole number, not 'x{39}….$"),
    ],
)
def test_a_mistake_is_a_sentence(plain, sentence):
    with pytest.raises(InputError, match=f"^{sentence}"):
        read_inputs(plain)
