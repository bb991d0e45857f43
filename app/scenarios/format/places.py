"""Where in a source a passage, a choice or one of its attributes stands, found again only when there is something to say.

Stories carry no places; almost every choice of a large file is right, so looking again for the few that are not is cheap.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from app.scenarios.format.choices import CHOICE, attribute_at, is_one_link
from app.scenarios.format.headers import Header
from app.scenarios.format.model import Passage


class Places:
    """Finds things in the text they were read from. `sections` has each passage's header and where the passage ends."""

    def __init__(self, text: str, sections: Mapping[str, tuple[Header, int]]) -> None:
        self.text, self.sections = text, sections

    def passage(self, passage: Passage) -> int:
        """The first character of a passage's header."""
        return self.sections[passage.name][0].offset

    def choice(self, passage: Passage, index: int) -> int:
        """The list marker of a passage's choice, by its index among the choices."""
        return self._found(passage, index).start() + 1

    def link(self, passage: Passage, index: int) -> int:
        """The brackets of a choice's link."""
        return self._found(passage, index).start(1) - 2

    def attribute(self, passage: Passage, index: int, key: str) -> int:
        """The value of a choice's attribute, or the choice when it has none such."""
        return attribute_at(self._found(passage, index), key)

    def skip(self, passage: Passage) -> int:
        """The value of a passage's `skip:`."""
        return next(found.end() for found in self.within(passage, re.compile(r"\nskip:[ \t]*+(?=\S)")))

    def within(self, passage: Passage, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """What a pattern finds in the body of a passage."""
        header, end = self.sections[passage.name]
        return pattern.finditer(self.text, header.body, end)

    def _found(self, passage: Passage, index: int) -> re.Match[str]:
        accepted = (found for found in self.within(passage, CHOICE) if is_one_link(found[1]))
        return next(islice(accepted, index, None))
