"""The life of a case, as one table. Operations turn each move into one conditional update, so two never both win."""

from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLAIMED = "claimed"  # somebody is looking at it
    DECIDED = "decided"  # and can be undone, because nobody has been told
    CLOSED = "closed"  # everybody has been told


class Event(StrEnum):
    """What can happen to it."""

    CLAIM = "claim"
    RELEASE = "release"
    DECIDE = "decide"
    UNDO = "undo"
    TELL = "tell"
    JOIN = "join"  # undone, but its subject has a newer case meanwhile: that one goes on


MOVES = {
    (State.OPEN, Event.CLAIM): State.CLAIMED,
    (State.CLAIMED, Event.RELEASE): State.OPEN,
    (State.OPEN, Event.DECIDE): State.DECIDED,
    (State.CLAIMED, Event.DECIDE): State.DECIDED,
    (State.DECIDED, Event.UNDO): State.CLAIMED,
    (State.DECIDED, Event.JOIN): State.CLOSED,
    (State.DECIDED, Event.TELL): State.CLOSED,
}
WAITING = frozenset({State.OPEN, State.CLAIMED})


class IllegalMoveError(Exception):
    """A case cannot do this from where it stands."""


def after(state: State, event: Event) -> State:
    """Where a case stands after something happened; raises IllegalMoveError."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise IllegalMoveError(f"a case that is {state} cannot {event}") from None


def sources(event: Event) -> frozenset[State]:
    """From where something can happen."""
    return frozenset(state for state, possible in MOVES if possible is event)


def target(event: Event) -> State:
    """Where it leads: the same for all its sources."""
    (state,) = {to for (_, possible), to in MOVES.items() if possible is event}
    return state
