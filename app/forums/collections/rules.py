"""Pure decisions about collections: where a piece stands, what may be asked for, what has to go before it is shown."""

from enum import StrEnum

from app.forums.rules import Label

LONGEST_TITLE, LONGEST_ABOUT, LONGEST_NOTE, LONGEST_PIECE = 80, 500, 300, 10_000
RESERVED = frozenset({"asked", "mine", "new", "pieces", "propose"})  # words that are pages of their own
BY_A_MEMBER = "A member"


class PieceState(StrEnum):
    """Where a piece stands."""

    ASKED = "asked"  # its author has not answered
    SHOWN = "shown"  # its author has agreed to these words
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # its author took their consent back
    DROPPED = "dropped"  # a moderator took it out

    @property
    def words(self) -> str:
        """The state as moderators read it."""
        return {
            "asked": "Waits for its author",
            "shown": "Shown",
            "declined": "Its author would rather not",
            "withdrawn": "Its author took it back",
            "dropped": "Taken out",
        }[self.value]


LIVE = frozenset({PieceState.ASKED, PieceState.SHOWN})
SAID_NO = frozenset({PieceState.DECLINED, PieceState.WITHDRAWN})


def may_leave(label: Label, *, sensitive: bool) -> bool:
    """Whether a board's posts may be asked for at all: not where everybody was promised that nothing leaves it."""
    return label is not Label.BOARD_ONLY and not sensitive


def found_in_words(kinds: list[str]) -> str:
    """Why these words cannot be shown, from what screening found: kinds, never the words themselves."""
    what = ", ".join(dict.fromkeys(kinds))
    return f"This still has in it what may be: {what}. Take it out, so that nobody can be recognised"
