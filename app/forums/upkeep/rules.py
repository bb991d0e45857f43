"""Pure decisions about boards: when aliases hide anybody, and what may change once people have written."""

import re
from dataclasses import dataclass

from app.forums.rules import RESERVED, Audience, Label

ENOUGH_FOR_ALIASES = 50  # readers; among fewer, people guess who a heron is. Source: facts/moderation-and-law
STRICTNESS = (Label.OPEN, Label.CHATHAM_HOUSE, Label.BOARD_ONLY)  # from the loosest on
LONGEST_SLUG = 60
_slug = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_not_slug = re.compile(r"[^a-z0-9]+")


class NotPossibleError(Exception):
    """A board cannot be as somebody wants it; `field` is what to change, the message a sentence for them."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSettings:
    """All that leads and moderators say of a board."""

    name: str
    slug: str
    description: str = ""
    audience: Audience = Audience.EVERYONE
    cohort_id: int | None = None
    label: Label = Label.OPEN
    anonymity: bool = False
    pre_approval: bool = False
    sensitive: bool = False


def hides_anybody(readers: int) -> bool:
    """Whether an alias is of use on a board with so many readers."""
    return readers >= ENOUGH_FOR_ALIASES


def slug_of(name: str) -> str:
    """An address made of a name."""
    return _not_slug.sub("-", name.lower()).strip("-")[:LONGEST_SLUG].rstrip("-")


def slug_complaint(slug: str) -> str | None:
    """What is wrong with an address, as a sentence."""
    if not _slug.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        return "Use small letters, numbers and hyphens in the address, like night-shift"
    if slug in RESERVED:
        return f"The address “{slug}” is a page of its own. Choose another one"
    return None


def refuse_broken_promises(before: BoardSettings, after: BoardSettings) -> None:
    """What was promised to those who have written stays: nobody new reads it, and nothing of it may be passed on.

    Anonymity can be turned off: what was written under aliases keeps them. Raises NotPossibleError.
    """
    if (before.audience, before.cohort_id) != (after.audience, after.cohort_id):
        raise NotPossibleError(
            "audience", "People have written here for those who read it now. Make a new board for somebody else"
        )
    if STRICTNESS.index(after.label) < STRICTNESS.index(before.label):
        raise NotPossibleError(
            "label", f"People have written here under “{before.label.words}”. The label can only become stricter"
        )
    if before.sensitive and not after.sensitive:
        raise NotPossibleError(
            "sensitive", "People have written here knowing that nothing goes into mail or feeds. This has to stay"
        )
