"""The words of a case: its lane, what brought it, what can be decided, and what that does to a member."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from app.accounts.rules import Role

TIME_TO_UNDO = timedelta(seconds=10)  # before the author is told
IDLE_CLAIM = timedelta(minutes=30)  # after that a case goes back to the queue
IDLE_URGENT_CLAIM = timedelta(minutes=10)  # the same for what cannot wait
APPEAL_WITHIN = timedelta(days=90)  # of being told
APPEAL_DUE = timedelta(days=7)
COMPLAINT_DUE = timedelta(days=7)
LONGEST_WORDS, LONGEST_NOTE, LONGEST_ANSWER = 2_000, 2_000, 2_000
LONGEST_LABEL, LONGEST_PATH, LONGEST_ALIAS = 200, 200, 80
DECIDES, ARRANGES = Role.MODERATOR, Role.LEAD
# A report about one of these goes to somebody who does not work beside them.
WITH_AUTHORITY = frozenset({Role.MODERATOR, Role.LEAD, Role.FACILITATOR})


class Lane(StrEnum):
    """Where a case waits. The order is the one in which they are looked at."""

    SAFEGUARDING = "safeguarding"
    WELLBEING = "wellbeing"
    REPORTS = "reports"
    HOLDS = "holds"
    APPEALS = "appeals"

    @property
    def words(self) -> str:
        """The lane as its tab says it."""
        return self.value.capitalize()

    @property
    def urgency(self) -> int:
        """0 goes before 1, however long the others have waited."""
        return 0 if self in URGENT else 1


URGENT = frozenset({Lane.SAFEGUARDING, Lane.WELLBEING})


class Source(StrEnum):
    """Where a concern comes from."""

    MEMBER = "member"  # a report
    HOLD = "hold"  # screening, or a board that asks first
    VISITOR = "visitor"  # a complaint by somebody without an account
    STAFF = "staff"  # a moderator or lead who acts by themselves
    AUTHOR = "author"  # an appeal


class Reason(StrEnum):
    """Why something came to moderators."""

    SAFEGUARDING = "safeguarding"
    WELLBEING = "wellbeing"
    IDENTIFIABLE = "identifiable"
    HARASSMENT = "harassment"
    SPAM = "spam"
    OTHER = "other"
    # Holds
    SCREENING = "screening"
    WATCHED_WORD = "watched_word"
    PRE_APPROVAL = "pre_approval"
    EDITED = "edited"
    # The rest
    COMPLAINT = "complaint"
    APPEAL = "appeal"
    STANDING = "standing"

    @property
    def words(self) -> str:
        """The reason as a moderator reads it."""
        return REASON_WORDS[self][0]

    @property
    def hint(self) -> str:
        """What a member reads below it, before they choose."""
        return REASON_WORDS[self][1]


REASON_WORDS = {
    Reason.SAFEGUARDING: ("Somebody may be at risk of harm", "A child, a person drawing on support or a colleague"),
    Reason.WELLBEING: (
        "Somebody is worried about the person who wrote it",
        "Nobody is told off. They are shown support",
    ),
    Reason.IDENTIFIABLE: ("It says who somebody is", "A patient, a colleague or a place that gives them away"),
    Reason.HARASSMENT: ("Bullying, harassment or discrimination", "Aimed at a person or at a group of people"),
    Reason.SPAM: ("Advertising or spam", ""),
    Reason.OTHER: ("Something else", "Say what in your own words"),
    Reason.SCREENING: ("Screening found what may identify somebody", ""),
    Reason.WATCHED_WORD: ("It has a word in it that moderators watch", ""),
    Reason.PRE_APPROVAL: ("Everything in this place is looked at first", ""),
    Reason.EDITED: ("Its author changed it after it was hidden", ""),
    Reason.COMPLAINT: ("A complaint", ""),
    Reason.APPEAL: ("An appeal against a decision", ""),
    Reason.STANDING: ("Staff act about a member", ""),
}
# In the order in which a member is asked.
FOR_MEMBERS = (
    Reason.WELLBEING, Reason.SAFEGUARDING, Reason.IDENTIFIABLE, Reason.HARASSMENT, Reason.SPAM, Reason.OTHER,
)  # fmt: skip


class Route(StrEnum):
    """Who is to decide."""

    TEAM = "team"  # the moderators of the programme
    INDEPENDENT = "independent"  # whoever is invited from another programme: it is about staff
    ESCALATED = "escalated"  # a lead: no moderator can, because all have a conflict of interest


class Outcome(StrEnum):
    """What is decided about the words themselves."""

    PUBLISH = "publish"
    EDIT = "edit"
    HIDE = "hide"
    REMOVE = "remove"
    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    CLOSE = "close"
    NO_ACTION = "no_action"
    SUPPORT = "support"
    PASS_ON = "pass_on"  # noqa: S105 - no password
    ANSWER = "answer"
    UPHOLD = "uphold"
    REVERSE = "reverse"

    @property
    def words(self) -> str:
        """What the button says."""
        return OUTCOME_WORDS[self][0]

    @property
    def done(self) -> str:
        """What was done, after "It was" or "Your post was"."""
        return OUTCOME_WORDS[self][1]


OUTCOME_WORDS = {
    Outcome.PUBLISH: ("Publish", "published"),
    Outcome.EDIT: ("Edit and publish", "changed and published"),
    Outcome.HIDE: ("Hide", "hidden"),
    Outcome.REMOVE: ("Remove", "removed"),
    Outcome.MOVE: ("Move", "moved"),
    Outcome.SPLIT: ("Split off", "made a topic of its own"),
    Outcome.MERGE: ("Merge", "put together with another topic"),
    Outcome.CLOSE: ("Close the topic", "closed to replies"),
    Outcome.NO_ACTION: ("No action", "left as it is"),
    Outcome.SUPPORT: ("Offer support", "left as it is, and support was offered"),
    Outcome.PASS_ON: ("Passed on to safeguarding", "left as it is"),
    Outcome.ANSWER: ("Answer", "answered"),
    Outcome.UPHOLD: ("Uphold the decision", "upheld"),
    Outcome.REVERSE: ("Reverse the decision", "reversed"),
}
# The feature that the words belong to carries these out; the others change nothing there.
CARRIED_OUT = frozenset({
    Outcome.PUBLISH, Outcome.EDIT, Outcome.HIDE, Outcome.REMOVE, Outcome.MOVE, Outcome.SPLIT, Outcome.MERGE,
    Outcome.CLOSE,
})  # fmt: skip
AGAINST_THE_AUTHOR = frozenset({
    Outcome.EDIT, Outcome.HIDE, Outcome.REMOVE, Outcome.MOVE, Outcome.SPLIT, Outcome.MERGE, Outcome.CLOSE,
})  # fmt: skip
NEEDS_TARGET = frozenset({Outcome.MOVE, Outcome.MERGE})
OF_APPEALS = (Outcome.UPHOLD, Outcome.REVERSE)
EVERYWHERE = (Outcome.NO_ACTION, Outcome.SUPPORT, Outcome.PASS_ON)


class Measure(StrEnum):
    """What a decision does to the member, beside what it does to their words."""

    NONE = "none"
    WARN = "warn"
    SILENCE = "silence"
    SUSPEND = "suspend"

    @property
    def words(self) -> str:
        """The measure as a moderator chooses it."""
        return {
            "none": "Nothing more",
            "warn": "Warn them",
            "silence": "Silence them: they read, but do not write, until a day",
            "suspend": "Suspend them until a day. Support, their own words and an appeal stay open",
        }[self.value]

    @property
    def lasts(self) -> bool:
        """Whether it holds until a moment."""
        return self in {Measure.SILENCE, Measure.SUSPEND}


def lane_of(source: Source, reason: Reason) -> Lane:
    """Where a concern belongs. Safeguarding and wellbeing are urgent, whoever raises them."""
    if reason is Reason.SAFEGUARDING:
        return Lane.SAFEGUARDING
    if reason is Reason.WELLBEING:
        return Lane.WELLBEING
    if source is Source.AUTHOR:
        return Lane.APPEALS
    return Lane.HOLDS if source is Source.HOLD else Lane.REPORTS


def first_of(lanes: Iterable[Lane]) -> Lane:
    """The lane of a case that several concerns brought: the one that is looked at first."""
    order = list(Lane)
    return min(lanes, key=order.index)


def is_about_staff(lane: Lane, roles: Iterable[Role]) -> bool:
    """Whether a case says something against somebody with authority, so that their own colleagues should not decide.

    A hold is no accusation, worry about somebody is none either, and an appeal is their own.
    """
    return lane in {Lane.REPORTS, Lane.SAFEGUARDING} and not WITH_AUTHORITY.isdisjoint(roles)


def can_be_appealed(outcome: Outcome, measure: Measure) -> bool:
    """Whether a decision took something from its author."""
    return outcome in AGAINST_THE_AUTHOR or measure is not Measure.NONE
