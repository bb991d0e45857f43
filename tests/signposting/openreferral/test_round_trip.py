"""What we write, we read back as it was; what others write never breaks us."""

import json
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.signposting.openreferral.listing import Listing
from app.signposting.openreferral.reading import read
from app.signposting.openreferral.writing import written
from tests.signposting.openreferral.entries import listings

THINGS = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(listings())
def test_every_entry_comes_back_as_it_was_and_nothing_is_noted(listing):
    text = json.dumps(written(listing))
    back, findings = read(json.loads(text), seed="test", ours=True)
    assert findings == []
    assert back == listing


def test_two_plain_texts_make_no_tag_when_they_are_joined():
    listing = Listing(uuid=str(UUID(int=1)), name="Here", summary="<b", description="b> stays")
    back, findings = read(written(listing), seed="test", ours=True)
    assert (back, findings) == (listing, [])


def empty_places(thing):
    """Where a document holds null, "" or nothing at all."""
    if thing in (None, "", [], {}):
        return [thing]
    inner = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else []
    return [place for each in inner for place in empty_places(each)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(listings())
def test_nothing_empty_is_written(listing):
    assert empty_places(written(listing)) == []


def spoilt(document, at, thing):
    """The document with something else in one of its places."""
    paths = list(paths_of(document))
    *way, last = paths[at % len(paths)]
    place = document
    for step in way:
        place = place[step]
    place[last] = thing
    return document


def paths_of(thing, path=()):
    keys = thing.keys() if isinstance(thing, dict) else range(len(thing)) if isinstance(thing, list) else ()
    for key in keys:
        yield (*path, key)
        yield from paths_of(thing[key], (*path, key))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(listings(), st.integers(0, 10**6), THINGS)
def test_whatever_stands_in_a_feed_it_is_read_or_noted_and_what_was_read_is_good(listing, at, thing):
    document = spoilt(json.loads(json.dumps(written(listing))), at, thing)
    found, findings = read(document, seed="test", ours=True)
    assert (found is None) == any(finding.did == "refused" for finding in findings)
    if found:
        again, noted = read(json.loads(json.dumps(written(found))), seed="test", ours=True)
        assert noted == []
        assert again == found


@settings(deadline=None)
@given(THINGS)
def test_anything_at_all_can_be_read(thing):
    found, findings = read(thing, seed="test")
    assert found or findings
