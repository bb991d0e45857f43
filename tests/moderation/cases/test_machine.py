"""The table of moves of a case, and that nothing else is possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.moderation.cases.machine import MOVES, WAITING, Event, IllegalMoveError, State, after, sources, target

EVERY = [(state, event) for state in State for event in Event]


@pytest.mark.parametrize(("state", "event"), [pair for pair in EVERY if pair not in MOVES])
def test_what_is_not_in_the_table_is_refused(state, event):
    with pytest.raises(IllegalMoveError, match=r"^a case that is"):
        after(state, event)


@pytest.mark.parametrize(("state", "event"), MOVES)
def test_operations_move_as_the_table_says(state, event):
    """Operations use sources() and target(): they are the same table seen from the event."""
    assert state in sources(event)
    assert after(state, event) is target(event)


def test_nothing_follows_the_end():
    assert not any(state is State.CLOSED for state, _event in MOVES)


@given(st.lists(st.sampled_from(Event), max_size=30))
def test_whatever_happens_a_case_is_decided_before_it_is_closed(events):
    state, seen = State.OPEN, [State.OPEN]
    for event in events:
        try:
            state = after(state, event)
        except IllegalMoveError:
            continue
        seen.append(state)
    if State.CLOSED in seen:
        assert State.DECIDED in seen[: seen.index(State.CLOSED)]
        assert seen[-1] is State.CLOSED, "nothing reopens it"


@given(st.lists(st.sampled_from(Event), max_size=30))
def test_a_decision_that_is_not_undone_is_the_last(events):
    """Between two decisions there is always an undo: no case is decided twice."""
    state, open_decisions = State.OPEN, 0
    for event in events:
        try:
            state = after(state, event)
        except IllegalMoveError:
            continue
        open_decisions += (event is Event.DECIDE) - (event in {Event.UNDO, Event.JOIN})
        assert open_decisions in {0, 1}
        assert (state in WAITING) <= (open_decisions == 0)
