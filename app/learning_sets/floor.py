"""Who may post what, now: the rules that make a set a set. The server asks them for every event. Pure.

Anything that is not allowed gets a sentence that says why: a raw event is refused as kindly as a button is absent.
Source: shared facts on action learning: statements only in answer to questions (WIAL), no replies between members.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from app.learning_sets.stages import Stage

LONGEST_BID = 140  # characters
MOST_ACTIONS = 3  # of a presenter in one session
SILENCE = timedelta(seconds=10)  # after an answer, before the next open question: time to think


class Act(StrEnum):
    """What somebody may post."""

    WORD = "word"  # at the check-in
    REVIEW = "review"  # of an action of one's own
    BID = "bid"
    TELL = "tell"  # presenting and reflecting
    QUESTION = "question"
    ANSWER = "answer"
    PARK = "park"  # the presenter leaves a question for later
    SIT = "sit"  # the presenter takes a question with them, unanswered
    RESOURCE = "resource"  # something to read, if the presenter asks for it
    ACTION = "action"
    LEARNING = "learning"
    SCORE = "score"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the rules need to know of a session.

    `accepted`: who accepted the present agreement. `turn`: whose turn it is at the check-in. `open_question`: who asked
    the question that waits for its answer. `answered_at`: when the presenter last answered. `queue`: who would like to
    ask, the next first. `done`: who has posted their one word, learning or score in this stage. `actions`: how many the
    presenter has written. `held`: why the process stands still (a pause, a stop), if it does.
    """

    stage: Stage
    accepted: frozenset[int] = frozenset()
    presenter: int | None = None
    turn: int | None = None
    open_question: int | None = None
    answered_at: datetime | None = None
    queue: tuple[int, ...] = ()
    done: frozenset[int] = frozenset()
    actions: int = 0
    wants_resources: bool = False
    held: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in the session. A guide asks nothing of the process and brings no issue; `owns` are action ids."""

    member_id: int
    guides: bool = False
    owns: frozenset[int] = field(default_factory=frozenset)


ACTS: dict[Stage, frozenset[Act]] = {
    Stage.CHECK_IN: frozenset({Act.WORD}),
    Stage.ACTIONS_REVIEW: frozenset({Act.REVIEW}),
    Stage.BIDS: frozenset({Act.BID}),
    Stage.PRESENT: frozenset({Act.TELL}),
    Stage.CLARIFY: frozenset({Act.QUESTION, Act.ANSWER, Act.PARK}),
    Stage.QUESTIONS: frozenset({Act.QUESTION, Act.ANSWER, Act.PARK, Act.SIT}),
    Stage.REFLECT: frozenset({Act.TELL, Act.RESOURCE}),
    Stage.ACTIONS: frozenset({Act.ACTION}),
    Stage.SET_REVIEW: frozenset({Act.LEARNING, Act.SCORE}),
}
OF_THE_PRESENTER = frozenset({Act.TELL, Act.ANSWER, Act.PARK, Act.SIT, Act.ACTION})

NOTHING_NOW = "Nothing is posted in this part."
AGREE_FIRST = "Accept the agreement first: it protects everybody here, you too."
PRESENTER_ONLY = "Only the presenter speaks now. Listen, and note your question for yourself."
ASK_ONLY = "Now is the time for questions. Turn what you want to say into one."
NOT_YOUR_TURN = "Somebody else has the floor. Your turn comes."
ONE_AT_A_TIME = "One question at a time: this one has not been answered yet."
LET_IT_SETTLE = "Let the answer settle for a moment. Then ask."
NOT_YOURS = "This action is somebody else’s. Only they say what became of it."


def refusal(room: Room, seat: Seat, act: Act, now: datetime, *, action_id: int | None = None) -> str | None:
    """Why somebody may not post this now: a sentence for them; None when they may."""
    allowed = ACTS.get(room.stage, frozenset())
    if room.held:
        return room.held
    if not allowed:
        return NOTHING_NOW
    if seat.member_id not in room.accepted:
        return AGREE_FIRST
    if act not in allowed:
        return ASK_ONLY if Act.QUESTION in allowed and seat.member_id != room.presenter else _wrong_act(room, seat)
    return _of_stage(room, seat, act, now, action_id)


def _wrong_act(room: Room, seat: Seat) -> str:
    if room.presenter is not None and seat.member_id != room.presenter:
        return PRESENTER_ONLY
    return NOTHING_NOW if room.stage not in ACTS else f"This is the part for {room.stage.words.lower()}."


def _of_stage(room: Room, seat: Seat, act: Act, now: datetime, action_id: int | None) -> str | None:
    if act in OF_THE_PRESENTER:
        return _of_presenter(room, seat, act)
    if act is Act.QUESTION:
        return _question(room, seat, now)
    if act is Act.RESOURCE:
        return _resource(room, seat)
    against = {
        Act.WORD: (room.turn != seat.member_id, NOT_YOUR_TURN),
        Act.REVIEW: (action_id not in seat.owns, NOT_YOURS),
        Act.BID: (seat.guides, "The facilitator brings no issue: this time belongs to the members."),
        Act.LEARNING: (seat.member_id in room.done, "One each: you have shared yours."),
    }
    stands, sentence = against.get(act, (False, ""))
    return sentence if stands else None


def _resource(room: Room, seat: Seat) -> str | None:
    if not room.wants_resources:
        return "The presenter has not asked for things to read."
    return "This round is for the others." if seat.member_id == room.presenter else None


def _of_presenter(room: Room, seat: Seat, act: Act) -> str | None:
    if seat.member_id != room.presenter:
        return PRESENTER_ONLY
    if act in {Act.ANSWER, Act.PARK, Act.SIT} and room.open_question is None:
        return "There is no question to answer."
    if act is Act.ACTION and room.actions >= MOST_ACTIONS:
        return f"{MOST_ACTIONS} actions are plenty for a month. Change one instead."
    return None


def _question(room: Room, seat: Seat, now: datetime) -> str | None:
    if seat.member_id == room.presenter:
        return "You bring the issue: the questions are the others’."
    if seat.guides:
        return "The facilitator guards the process and leaves the questions to the members."
    if room.open_question is not None:
        return ONE_AT_A_TIME
    if room.stage is Stage.QUESTIONS:
        if room.queue[:1] != (seat.member_id,):
            return NOT_YOUR_TURN if room.queue else "Ask for the floor first."
        if room.answered_at is not None and now - room.answered_at < SILENCE:
            return LET_IT_SETTLE
    return None


def queue(asking: Sequence[int], asked: Collection[int] | Sequence[int]) -> tuple[int, ...]:
    """In which order those who would like to ask may do so: whoever asked least first, then who asked for it first.

    `asking` are members in the order in which they asked for the floor; `asked` has a member once for each question
    they asked in this issue.
    """
    times = list(asked)
    first = {member: place for place, member in reversed(list(enumerate(asking)))}
    return tuple(sorted(first, key=lambda member: (times.count(member), first[member])))
