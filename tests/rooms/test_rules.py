"""Pure rules of rooms."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.rooms import rules
from app.rooms.rules import LONGEST_BODY, SEEN_FOR, Refused, State, Tab

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@given(st.text(max_size=200))
def test_tidy_words_are_tidy_and_stay_so(text):
    try:
        kept = rules.tidy(text)
    except Refused:
        return
    assert kept == kept.strip() != ""
    assert rules.tidy(kept) == kept
    assert "\r" not in kept
    assert "\x00" not in kept


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_whatever_a_client_sends_is_read_or_refused(payload):
    for sent in (payload, {"id": payload, "body": payload}, {"id": str(uuid4()), "body": payload}):
        with suppress(Refused):
            assert 0 < len(rules.read_sending(sent).body) <= LONGEST_BODY
    assert 0 <= rules.read_seq(payload) <= rules.LARGEST_SEQ
    assert rules.read_state(payload) in State


def test_emoji_keep_what_joins_them():
    assert (
        rules.tidy("\N{WOMAN}\u200d\N{STAFF OF AESCULAPIUS}\ufe0f") == "\N{WOMAN}\u200d\N{STAFF OF AESCULAPIUS}\ufe0f"
    )


TABS = st.builds(
    Tab,
    member_id=st.integers(1, 5),
    name=st.sampled_from(["Ann", "Bo", "Cy"]),
    state=st.sampled_from(State),
    seen_at=st.integers(0, 120).map(lambda ago: NOW - timedelta(seconds=ago)),
)


@given(st.lists(TABS))
def test_each_member_is_present_once_and_nobody_who_fell_silent(tabs):
    awake = {tab.member_id for tab in tabs if NOW - tab.seen_at <= SEEN_FOR}
    shown = rules.present(tabs, NOW)
    assert len(shown) == len(awake)
    states = [state for _name, state in shown]
    assert states == sorted(states, key=lambda state: state is not State.HAND), "hands come first"
