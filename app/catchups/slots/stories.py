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


def may_be_shown(consents: Collection[tuple[ConsentState, int]], version: int) -> bool:
    """Whether everybody named agreed to the words as they are now; a story that names nobody is never shown.

    `consents` are states with the version of the words that they are about.
    """
    return bool(consents) and all(state is ConsentState.GIVEN and about == version for state, about in consents)
