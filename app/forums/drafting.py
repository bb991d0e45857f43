"""Drafts: what becomes of words that arrive while others are there already. Pure.

Every composing page has a key of its own. While it alone saves under that key, each saving takes the place of the one
before. When the same draft is open twice (a second tab, a phone), the second to save would write over the first: its
words become a draft of their own instead, so that nothing is lost and nothing is mixed.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=180)  # after the last saving
MOST = 100  # drafts of one member; the one that was left alone the longest goes first


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody is writing."""

    title: str = ""
    body: str = ""
    tags: str = ""

    @property
    def are_empty(self) -> bool:
        """Whether nothing is written."""
        return not (self.title.strip() or self.body.strip() or self.tags.strip())

    def go_on_from(self, other: "Words") -> bool:
        """Whether they hold everything that the others hold, in its place: somebody only wrote on."""
        return (
            self.title.startswith(other.title) and self.body.startswith(other.body) and self.tags.startswith(other.tags)
        )


class Saving(StrEnum):
    """What becomes of words that arrive."""

    NEW = "new"  # the first under their key
    SAME = "same"  # they are there already: an answer was lost and the page asks again
    REPLACE = "replace"  # they take the place of what is kept
    APART = "apart"  # they become a draft of their own, because what is kept was written elsewhere


def saving(mine: Words, seen_version: int, kept: Words | None, kept_version: int = 0) -> Saving:
    """What becomes of `mine`, which were written on top of the version that their page saw last (0: none).

    A draft that is gone, because it was posted or thrown away elsewhere, is begun again: these words were not posted.
    """
    if kept is None:
        return Saving.NEW
    if mine == kept:
        return Saving.SAME
    if seen_version == kept_version or mine.go_on_from(kept):
        return Saving.REPLACE
    return Saving.APART
