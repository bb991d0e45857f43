"""Pure decisions about stories: nobody's story is told without them."""

from collections.abc import Collection
from enum import StrEnum


class ConsentState(StrEnum):
    """What somebody in a story said."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"  # or taken back

    @property
    def words(self) -> str:
        """The state as leads read it."""
        return {"asked": "Not answered yet", "given": "Agreed", "refused": "Does not agree"}[self.value]


def may_be_shown(consents: Collection[tuple[ConsentState, int]], version: int, people: int) -> bool:
    """Whether each of the `people` named agreed to the words as they are now; one that names nobody is never shown.

    `consents` are states with the version of the words that they are about.
    """
    agreed = [about for state, about in consents if state is ConsentState.GIVEN and about == version]
    return people > 0 and len(agreed) == len(consents) == people
