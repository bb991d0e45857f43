"""Pure decisions about introductions: which step leads where, who may take it, and how long an answer may take."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

ANSWER_WITHIN = timedelta(days=14)  # for whoever coaches
OFFER_LASTS = timedelta(days=7)  # of a place that came free
MOST_AT_ONCE = 10  # people whom one member coaches
LONGEST_ABOUT, LONGEST_TOPICS, LONGEST_NOTE, LONGEST_FEEDBACK = 1_000, 300, 1_000, 2_000


class State(StrEnum):
    """How far an introduction has come."""

    WAITING = "waiting"  # in the line for a place
    OFFERED = "offered"  # a place came free: does whoever waited still want it?
    ASKED = "asked"  # whoever coaches is asked
    AGREED = "agreed"  # both said yes, and see how to reach each other
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # nobody answered in time
    ENDED = "ended"


HOLDS_A_PLACE = frozenset({State.OFFERED, State.ASKED, State.AGREED})
LIVE = HOLDS_A_PLACE | {State.WAITING}
# Whoever coaches is told when their answer is asked for, and not who waits or thinks about it.
NOT_FOR_THE_COACH = frozenset({State.WAITING, State.OFFERED})


class Part(StrEnum):
    """Who somebody is in an introduction."""

    ASKER = "asker"
    COACH = "coach"
    COORDINATOR = "coordinator"


class Verb(StrEnum):
    """What can be done about an introduction."""

    CONFIRM = "confirm"  # yes, I still want the place
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    DECLINE = "decline"
    END = "end"


STEPS: dict[tuple[State, Verb], tuple[State, frozenset[Part]]] = {
    (State.OFFERED, Verb.CONFIRM): (State.ASKED, frozenset({Part.ASKER})),
    (State.WAITING, Verb.WITHDRAW): (State.WITHDRAWN, frozenset({Part.ASKER})),
    (State.OFFERED, Verb.WITHDRAW): (State.WITHDRAWN, frozenset({Part.ASKER})),
    (State.ASKED, Verb.WITHDRAW): (State.WITHDRAWN, frozenset({Part.ASKER})),
    (State.ASKED, Verb.ACCEPT): (State.AGREED, frozenset({Part.COACH})),
    (State.ASKED, Verb.DECLINE): (State.DECLINED, frozenset({Part.COACH})),
    (State.AGREED, Verb.END): (State.ENDED, frozenset(Part)),
}


def step(state: State, verb: Verb, part: Part) -> State | None:
    """Where a verb leads; None when it cannot be done now, or not by this part."""
    target, by_whom = STEPS.get((state, verb), (None, frozenset()))
    return target if part in by_whom else None


def verbs_for(state: State, part: Part) -> list[Verb]:
    """What a part can do now."""
    return [verb for verb in Verb if step(state, verb, part) is not None]


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever asks, as introductions of one programme see them. `apart_from`: with whom a wish not to meet stands."""

    member_id: int
    programme_id: int
    coordinates: bool = False
    apart_from: frozenset[int] = frozenset()
    shut_out: bool = False
