"""What a moderator may decide, with ground, rule and words; and the decision that one key makes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.moderation.cases.rulebook import BY_CODE
from app.moderation.cases.rules import AGAINST_THE_AUTHOR, NEEDS_TARGET, Lane, Measure, Outcome, Reason

LONGEST_MEASURE = timedelta(days=366)


class Ground(StrEnum):
    """The reason code of a decision. It is counted and shown; the words say the rest."""

    WITHIN_RULES = "within_rules"
    IDENTIFIABLE = "identifiable"
    HARASSMENT = "harassment"
    CONFIDENCE = "confidence"
    SAFETY = "safety"
    PURPOSE = "purpose"
    CARE = "care"
    PLACE = "place"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The ground as everybody reads it."""
        return GROUNDS[self][0]

    @property
    def rule(self) -> str | None:
        """The code of the rule that it usually rests on."""
        return GROUNDS[self][1]


GROUNDS: dict[Ground, tuple[str, str | None]] = {
    Ground.WITHIN_RULES: ("It keeps to the rules", None),
    Ground.IDENTIFIABLE: ("It could tell who somebody is", "privacy"),
    Ground.HARASSMENT: ("It is bullying, harassment or discrimination", "respect"),
    Ground.CONFIDENCE: ("It passes on what was shared in confidence", "confidence"),
    Ground.SAFETY: ("Somebody may come to harm", "safety"),
    Ground.PURPOSE: ("It is advertising, or has nothing to do with why we are here", "purpose"),
    Ground.CARE: ("Out of care for somebody", None),
    Ground.PLACE: ("It fits better in another place", None),
    Ground.OTHER: ("Another reason, which the message gives", None),
}
_of_reason = {
    Reason.IDENTIFIABLE: Ground.IDENTIFIABLE,
    Reason.SCREENING: Ground.IDENTIFIABLE,
    Reason.HARASSMENT: Ground.HARASSMENT,
    Reason.SPAM: Ground.PURPOSE,
    Reason.SAFEGUARDING: Ground.SAFETY,
    Reason.WELLBEING: Ground.CARE,
}

WORDS = {
    Outcome.PUBLISH: "We looked at it and it is published. Thank you for your patience.",
    Outcome.EDIT: "We changed what could have told who somebody is, and published the rest.",
    Outcome.HIDE: "Others cannot see it for now. You can change it, and a moderator looks at it again.",
    Outcome.REMOVE: "It was removed, because it does not keep to the rule below.",
    Outcome.MOVE: "It is in another place now, where more people will find it.",
    Outcome.SPLIT: "It is a topic of its own now, so that both conversations can be followed.",
    Outcome.MERGE: "It is part of another topic now, where the same is talked about.",
    Outcome.CLOSE: "The topic is closed to replies. What was said stays.",
    Outcome.SUPPORT: (
        "Somebody read what you wrote and thought of you. You have done nothing wrong. If you would like to talk to "
        "somebody, the support page lists who is there now."
    ),
    Outcome.UPHOLD: "Somebody who had no part in the decision looked at it again. It stays as it is.",
    Outcome.REVERSE: "Somebody who had no part in the decision looked at it again. It was wrong, and we are sorry.",
}  # what an author reads, unless a canned reply says it better


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A decision as it is made. `text` is the changed body, `target_id` where something goes."""

    outcome: Outcome
    ground: Ground
    rule: str | None = None
    words: str = ""
    measure: Measure = Measure.NONE
    measure_until: datetime | None = None
    text: str = ""
    target_id: int | None = None


def complaint(verdict: Verdict, offered: Collection[Outcome], now: datetime, *, punitive: bool = True) -> str | None:
    """What is wrong with a verdict, as a sentence; None when it can be carried out.

    Not punitive: somebody is worried about its author, and nobody says anything against them.
    """
    silent = not verdict.words.strip()
    takes_something = verdict.outcome in AGAINST_THE_AUTHOR or verdict.measure is not Measure.NONE
    faults = (
        (verdict.outcome not in offered, "This cannot be decided here"),
        (verdict.rule is not None and verdict.rule not in BY_CODE, "Choose one of the community’s rules"),
        (
            verdict.outcome is Outcome.EDIT and not verdict.text.strip(),
            "Enter the words as they are to be published",
        ),
        (verdict.outcome in NEEDS_TARGET and verdict.target_id is None, "Choose where it goes"),
        (
            verdict.measure is not Measure.NONE and not punitive,
            "Nobody said anything against its author, so nothing is done to them",
        ),
        (takes_something and silent, "Write to the author what was decided and why"),
        (verdict.outcome is Outcome.ANSWER and silent, "Write the answer"),
    )
    return next((sentence for is_wrong, sentence in faults if is_wrong), None) or _complaint_about_time(verdict, now)


def _complaint_about_time(verdict: Verdict, now: datetime) -> str | None:
    if not verdict.measure.lasts:
        return "Only silence and suspension have an end" if verdict.measure_until else None
    if verdict.measure_until is None or verdict.measure_until <= now:
        return "Enter a day in the future until when it holds"
    return "At most for a year" if verdict.measure_until > now + LONGEST_MEASURE else None


def usual_ground(outcome: Outcome, reason: Reason) -> Ground:
    """The ground of the decision that one key makes, from what brought the case."""
    if outcome in {Outcome.PUBLISH, Outcome.NO_ACTION}:
        return Ground.WITHIN_RULES
    if outcome in {Outcome.SUPPORT, Outcome.UPHOLD, Outcome.REVERSE, Outcome.ANSWER}:
        return Ground.CARE if outcome is Outcome.SUPPORT else Ground.OTHER
    if outcome is Outcome.PASS_ON:
        return Ground.SAFETY
    if outcome in {Outcome.MOVE, Outcome.SPLIT, Outcome.MERGE}:
        return Ground.PLACE
    return _of_reason.get(reason, Ground.OTHER)


def usual(outcome: Outcome, reason: Reason, reply: str | None) -> Verdict:
    """The whole decision of one key; `reply` are the words that the moderators keep for it, if they do."""
    ground = usual_ground(outcome, reason)
    return Verdict(outcome=outcome, ground=ground, rule=ground.rule, words=reply or WORDS.get(outcome, ""))


def by_one_key(lane: Lane, offered: Collection[Outcome], *, held: bool = True) -> list[tuple[str, Outcome]]:
    """Key and outcome of what needs no further words, in the order of the buttons.

    What was never held back is not published, and what somebody worries about is not removed with a single key.
    """
    keys = {
        Outcome.PUBLISH: "p",
        Outcome.SUPPORT: "s",
        Outcome.NO_ACTION: "n",
        Outcome.HIDE: "h",
        Outcome.REMOVE: "r",
        Outcome.UPHOLD: "p",
        Outcome.REVERSE: "r",
        Outcome.PASS_ON: "g",
    }
    if lane is not Lane.SAFEGUARDING:
        keys.pop(Outcome.PASS_ON)
    if not held:
        keys.pop(Outcome.PUBLISH)
    if lane is Lane.WELLBEING:
        keys = {outcome: key for outcome, key in keys.items() if outcome in {Outcome.SUPPORT, Outcome.NO_ACTION}}
    else:
        keys.pop(Outcome.SUPPORT)
    return [(key, outcome) for outcome, key in keys.items() if outcome in offered]


def title(outcome: Outcome, measure: Measure, *, about_words: bool) -> str:
    """What was decided, as the heading that its member reads."""
    of_measure = {
        Measure.WARN: "A warning",
        Measure.SILENCE: "You can read, but not write for a time",
        Measure.SUSPEND: "You cannot take part for a time",
    }.get(measure)
    if outcome is Outcome.SUPPORT:
        return "Support is there for you"
    if not about_words or outcome is Outcome.NO_ACTION:
        return of_measure or "Nothing was changed"
    return f"What you wrote was {outcome.done}"
