"""Where in a source a passage, a choice or one of its attributes stands.

A story carries no places, and of choices none are kept: nearly everything in a large file is right, so it is quicker to
look again for what is not. Sections are known by their number, in the order of the file; so are the choices of one.
"""

import re
from collections.abc import Iterator

from app.scenarios.format.choices import ATTRIBUTE, CHOICE, is_one_link
from app.scenarios.format.headers import HEADER


class Places:
    """Finds things again in the text they were read from, as offsets in it. `headers` is what HEADER finds in it.

    The reader puts the number of each passage's section, special ones included, into `numbers`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.headers = list(HEADER.finditer(text))
        self.numbers: dict[str, int] = {}
        self._looked_into: tuple[int, list[re.Match[str]]] = -1, []
        self._choices_of: tuple[int, list[re.Match[str]]] = -1, []

    def header(self, number: int, group: int = 0) -> int:
        """Where a header begins, or one of HEADER's groups in it."""
        return self.headers[number].start(group) + (group == 0)

    def body(self, number: int) -> int:
        """Where the body of a section begins: at the newline after its header."""
        return self.headers[number].end()

    def end(self, number: int) -> int:
        """Where a section ends: at the newline before the next, or with the text."""
        return self.headers[number + 1].start() if number + 1 < len(self.headers) else len(self.text)

    def body_of(self, number: int) -> str:
        """The body of a section."""
        return self.text[self.body(number) : self.end(number)]

    def within(self, number: int, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """What a pattern finds in the body of a section."""
        return pattern.finditer(self.text, self.body(number), self.end(number))

    def line(self, number: int, index: int) -> re.Match[str]:
        """What CHOICE found, by its index in the section, lines with several links included."""
        if self._looked_into[0] != number:  # problems come section by section: keep the last
            self._looked_into = number, list(self.within(number, CHOICE))
        return self._looked_into[1][index]

    def between(self, number: int) -> Iterator[tuple[int, int]]:
        """The stretches of a section's body that are no choices."""
        at = self.body(number)
        for found in self.within(number, CHOICE):
            yield at, found.start()
            at = found.end()
        yield at, self.end(number)

    def passage(self, name: str) -> int:
        """The first character of a passage's header."""
        return self.header(self.numbers[name])

    def choice(self, name: str, index: int) -> int:
        """The list marker of a passage's choice."""
        return self._choice(name, index).start() + 1

    def link(self, name: str, index: int) -> int:
        """The brackets of a choice's link."""
        return self._choice(name, index).start(1) - 2

    def attribute(self, name: str, index: int, key: str) -> int:
        """The value of a choice's attribute, or the choice when it has none such."""
        return attribute_at(self._choice(name, index), key)

    def directive(self, name: str, key: str) -> int:
        """The value of a passage's line `skip:` or `signpost:`."""
        pattern = re.compile(rf"\n{key}:[ \t]*+(?=\S)")
        return next(self.within(self.numbers[name], pattern)).end()

    def _choice(self, name: str, index: int) -> re.Match[str]:
        number = self.numbers[name]
        if self._choices_of[0] != number:
            self._choices_of = number, [found for found in self.within(number, CHOICE) if is_one_link(found[1])]
        return self._choices_of[1][index]


def attribute_at(found: re.Match[str], key: str) -> int:
    """Where the value of an attribute of what CHOICE found stands; where the choice stands when it has none such."""
    for row in ATTRIBUTE.finditer(found.string, found.end(1), found.end()):
        if row[1] == key:
            return row.start(2)
    return found.start() + 1
