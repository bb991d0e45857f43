"""Where a list of topics goes on: the key of the last row shown, as it stands in an address. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_form = re.compile(r"([01])\.(\d{1,17})\.(\d{1,10})", re.ASCII)  # microseconds: until the year 5138
LARGEST_ID = 2_147_483_647


@dataclass(frozen=True, slots=True)
class Cursor:
    """Pinned or not, when something was last new, id: by these a board's topics are in order."""

    pinned: bool
    newest_at: datetime
    topic_id: int

    def __str__(self) -> str:
        """As an address has it."""
        return f"{int(self.pinned)}.{(self.newest_at - _EPOCH) // timedelta(microseconds=1)}.{self.topic_id}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The cursor in an address; None where there is none that makes sense."""
        found = _form.fullmatch(text)
        if not found or int(found[3]) > LARGEST_ID:
            return None
        return cls(found[1] == "1", _EPOCH + timedelta(microseconds=int(found[2])), int(found[3]))
