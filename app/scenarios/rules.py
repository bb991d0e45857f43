"""Pure decisions of playing: words for approaches and for how far somebody is, and what may be an address."""

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST_WORDS = 2_000
"""Characters that somebody may write at a words passage or in a reflection field."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60
ADDRESSES = frozenset({"api", "check", "flow", "live", "media", "mine", "new", "practice", "runs", "search", "studio"})
"""Words that stand for pages below /scenarios and so cannot name a scenario."""


@dataclass(frozen=True, slots=True)
class Approach:
    """A way of being an active bystander."""

    name: str
    meaning: str


APPROACHES = {
    "direct": Approach("Direct", "Name it briefly, then turn to the person targeted. No arguing."),
    "distract": Approach("Distract", "Turn to the person targeted with something ordinary, or bring them back in."),
    "delegate": Approach("Delegate", "Ask somebody better placed. Say who, and what you ask of them."),
    "delay": Approach(
        "Delay", "Check in with the person targeted afterwards. It still counts when the moment has passed."
    ),
    "document": Approach(
        "Document", "Note the facts, where somebody is already helping. The person targeted says what becomes of it."
    ),
}
"""The five Ds (source: Right To Be). None is better than another; a choice may also be none of them."""


class Progress(StrEnum):
    """How far somebody has come with a scenario."""

    NOT_YET = "not yet"
    UNDER_WAY = "under way"
    PRACTISED = "practised"


def progress(*, begun: bool, finished: bool) -> Progress:
    """How far somebody is who has begun a run, or has reached an ending, at least once."""
    if finished:
        return Progress.PRACTISED
    return Progress.UNDER_WAY if begun else Progress.NOT_YET


def may_be_a_slug(slug: str) -> bool:
    """Whether a scenario can have this slug: small letters, digits and single hyphens, and no address of ours."""
    return len(slug) <= LONGEST_SLUG and SLUG.fullmatch(slug) is not None and slug not in ADDRESSES
