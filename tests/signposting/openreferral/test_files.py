"""Files for people and for machines: what goes out comes back."""

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.signposting.openreferral.files import UnreadableError, entries_of, to_json, to_table
from app.signposting.openreferral.reading import read
from app.signposting.openreferral.writing import written
from tests.signposting.openreferral.entries import listings

QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUIET
@given(st.lists(listings(), min_size=1, max_size=2))
@pytest.mark.parametrize(("name", "write"), [("a.json", to_json), ("a.csv", to_table)])
def test_every_entry_goes_out_and_comes_back_unchanged(name, write, found):
    text = write(map(written, found))
    back = [read(entry, seed="", ours=True) for entry in entries_of(name, text)]
    assert [listing for listing, _findings in back] == found
    assert [findings for _listing, findings in back if findings] == []


def test_no_cell_begins_like_a_formula():
    text = to_table([{"name": "=cmd()", "description": "+1", "fees": "'=x", "alert": "'quoted'"}])
    cells = next(csv.DictReader(io.StringIO(text)))
    assert [cells[name] for name in ("name", "description", "fees", "alert")] == ["'=cmd()", "'+1", "''=x", "'quoted'"]
    assert entries_of("a.csv", text) == [{"name": "=cmd()", "description": "+1", "fees": "'=x", "alert": "'quoted'"}]


def test_a_table_as_people_write_it():
    rows = "\ufeffname,telephone,postcode,organisation,minimum_age\nTea and talk,0300 123 1100,le15ww,Friends,16\n"
    [entry] = entries_of("list.CSV", rows)
    listing, findings = read(entry, seed="list/1")
    assert listing.phones[0].number == "0300 123 1100"
    assert (listing.places[0].postcode, listing.provider.name, listing.minimum_age) == ("LE1 5WW", "Friends", 16)
    assert all(finding.did == "changed" for finding in findings)


@pytest.mark.parametrize("wrapped", [lambda one: one, lambda one: [one], lambda one: {"contents": [one]}])
def test_json_in_each_of_its_wrappings(wrapped):
    assert entries_of("x.json", json.dumps(wrapped({"name": "Here"}))) == [{"name": "Here"}]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", " ", "empty"),
        ("a.json", "{", "no JSON"),
        ("a.json", "7", "a number"),
        ("a.json", "[]", "no entries"),
        ("a.json", "[" * 100_000, "nested|JSON"),
        ("a.csv", "title,phone\nx,y\n", "one of them has to be “name”"),
        ("a.csv", 'name\n"half', "no CSV"),
    ],
)
def test_what_cannot_be_read_at_all_is_said(name, text, said):
    with pytest.raises(UnreadableError, match=said):
        entries_of(name, text)
