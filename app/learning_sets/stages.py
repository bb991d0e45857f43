"""The stages of a session and how long each is meant to take. A plan is made from a template, which is data. Pure.

Source: shared facts on action learning (the default ninety minutes, with one issue and with two).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MOST_ISSUES = 3
LONGEST_STAGE = 60  # minutes
LOBBY = timedelta(minutes=10)  # how long before the start people may come in
OVERTIME = timedelta(minutes=30)  # after its planned end a session ends by itself


class Stage(StrEnum):
    """Where a session is. Those of an issue come once for each."""

    SCHEDULED = "scheduled"
    LOBBY = "lobby"
    CONTRACT = "contract"
    CHECK_IN = "check_in"
    ACTIONS_REVIEW = "actions_review"
    BIDS = "bids"
    PRESENT = "present"
    CLARIFY = "clarify"
    QUESTIONS = "questions"
    REFLECT = "reflect"
    ACTIONS = "actions"
    SET_REVIEW = "set_review"
    CLOSE = "close"
    CLOSED = "closed"
    ABANDONED = "abandoned"

    @property
    def words(self) -> str:
        """The stage as the room says it."""
        return WORDS[self]

    @property
    def is_over(self) -> bool:
        """Whether nothing follows."""
        return self in {Stage.CLOSED, Stage.ABANDONED}


WORDS = {
    Stage.SCHEDULED: "Not begun",
    Stage.LOBBY: "Lobby",
    Stage.CONTRACT: "Our agreement",
    Stage.CHECK_IN: "Check-in",
    Stage.ACTIONS_REVIEW: "Actions of last time",
    Stage.BIDS: "Who brings an issue",
    Stage.PRESENT: "Presenting",
    Stage.CLARIFY: "Clarifying",
    Stage.QUESTIONS: "Open questions",
    Stage.REFLECT: "Reflecting",
    Stage.ACTIONS: "Actions",
    Stage.SET_REVIEW: "Review of the set",
    Stage.CLOSE: "Close",
    Stage.CLOSED: "Closed",
    Stage.ABANDONED: "Ended early",
}

OPENING = (Stage.CONTRACT, Stage.CHECK_IN, Stage.ACTIONS_REVIEW, Stage.BIDS)
OF_AN_ISSUE = (Stage.PRESENT, Stage.CLARIFY, Stage.QUESTIONS, Stage.REFLECT, Stage.ACTIONS)
CLOSING = (Stage.SET_REVIEW, Stage.CLOSE)

_OPENING_MINUTES = {Stage.CONTRACT: 4, Stage.CHECK_IN: 6, Stage.ACTIONS_REVIEW: 8, Stage.BIDS: 5}
TWO_ISSUES: Mapping[Stage, int] = _OPENING_MINUTES | {
    Stage.PRESENT: 5,
    Stage.CLARIFY: 4,
    Stage.QUESTIONS: 14,
    Stage.REFLECT: 3,
    Stage.ACTIONS: 3,
    Stage.SET_REVIEW: 6,
    Stage.CLOSE: 3,
}
# The process pause of five minutes in the middle of one long issue belongs to its questions.
ONE_ISSUE: Mapping[Stage, int] = _OPENING_MINUTES | {
    Stage.PRESENT: 8,
    Stage.CLARIFY: 8,
    Stage.QUESTIONS: 29,
    Stage.REFLECT: 6,
    Stage.ACTIONS: 4,
    Stage.SET_REVIEW: 8,
    Stage.CLOSE: 4,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a plan. `issue` counts from 0 and is None outside the issues."""

    stage: Stage
    minutes: int
    issue: int | None = None


def plan(template: Mapping[Stage, int], issues: int) -> tuple[Step, ...]:
    """The steps of a session, from the agreement to the close.

    Raises ValueError, with a sentence for whoever makes the template, when it cannot be kept to.
    """
    if not 1 <= issues <= MOST_ISSUES:
        raise ValueError(f"A session has one to {MOST_ISSUES} issues.")
    for stage in (*OPENING, *OF_AN_ISSUE, *CLOSING):
        if not 1 <= template.get(stage, 0) <= LONGEST_STAGE:
            raise ValueError(f"Give “{stage.words}” 1 to {LONGEST_STAGE} minutes.")
    return (
        *(Step(stage, template[stage]) for stage in OPENING),
        *(Step(stage, template[stage], issue) for issue in range(issues) for stage in OF_AN_ISSUE),
        *(Step(stage, template[stage]) for stage in CLOSING),
    )


def minutes(steps: tuple[Step, ...]) -> int:
    """How long a plan takes."""
    return sum(step.minutes for step in steps)


def turns_each(members: int, issues: int, sessions: int = 6) -> tuple[int, int]:
    """How often each member of a set can bring an issue over its sessions: the fewest and the most, if shared fairly.

    Six sessions with one issue give six turns: a set of seven cannot give everybody air time. Two issues give twelve.
    """
    if members < 1:
        raise ValueError("A set has members.")
    each, left = divmod(issues * sessions, members)
    return each, each + (1 if left else 0)
