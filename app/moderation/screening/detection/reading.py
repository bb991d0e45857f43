"""A text as the detectors read it, with the way back to the text as it was written.

Numbers are hidden from patterns by accident (a no-break space, emphasis, a soft hyphen, digits of another script) and
on purpose. A reading has plain digits, spaces and dashes, and none of what a reader of the page would not see.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

UNUSUAL = re.compile(r"[^\t-\r\x20-\x7e]|[*~`_\\]|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
ADDRESS = re.compile(
    r"(?:https?|ftp)://[^\s<>\"]+|(?<![\w.-])www\.[^\s<>\"]+"
    r"|(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,10}/[^\s<>\"]*",
    re.IGNORECASE,
)
DIALS = re.compile(r"https?://(?:wa\.me|api\.whatsapp\.com)/", re.IGNORECASE)  # addresses that are a telephone number
LETTER_O = re.compile(r"(?<![^\W_])[Oo](?=7\d{2,4}[ .-]?\d{2})")  # a mobile number that begins with the letter
HIDDEN = "\x01"  # stands for a character of a web address: no letter, no digit, no space
INVISIBLE = {"Cf", "Mn", "Me", "Cc"}
OF_CATEGORY = {"Zs": " ", "Zl": "\n", "Zp": "\n", "Pd": "-"}
INSTEAD = (
    dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4", "'")
    | dict.fromkeys("\u00b7\u2022\u2024\u2027", ".")
    | {"\u2212": "-"}
)


@dataclass(frozen=True)
class Reading:
    """`text` to read; from each of `marks` in it on, the original goes on at that one of `origins`.

    `widths` are lengths in the original of characters that were longer there: &nbsp; was six.
    """

    text: str
    marks: list[int]
    origins: list[int]
    widths: dict[int, int]

    @cached_property
    def plain(self) -> str:
        """The text with web addresses blanked out, so that no number in them is taken for somebody's."""
        return LETTER_O.sub("0", ADDRESS.sub(_blank, self.text))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the reading stands in the text as it was written."""
        return self._origin(start), self._origin(end - 1) + self.widths.get(end - 1, 1)

    def before(self, start: int, reach: int) -> str:
        """What stands before a place."""
        return self.plain[max(0, start - reach) : start]

    def after(self, end: int, reach: int) -> str:
        """What stands after a place."""
        return self.plain[end : end + reach]

    def _origin(self, at: int) -> int:
        mark = bisect_right(self.marks, at) - 1
        return self.origins[mark] + at - self.marks[mark]


def read(text: str) -> Reading:
    """The reading of a text."""
    marks, origins = [0], [0]
    widths: dict[int, int] = {}
    shift = 0  # how much shorter the reading is than the text, so far

    def replace(found: re.Match[str]) -> str:
        nonlocal shift
        instead = _plain_character(text, found)
        wider = len(found[0]) - len(instead)
        if wider:
            at = found.start() - shift
            if instead:
                widths[at] = len(found[0])
                marks.append(at)
                origins.append(found.start())
            shift += wider
            marks.append(at + len(instead))
            origins.append(found.end())
        return instead

    return Reading(UNUSUAL.sub(replace, text), marks, origins, widths)


def _plain_character(text: str, found: re.Match[str]) -> str:
    """One character, or none, for what was found; an entity that is several characters stays as it is."""
    shown = found[0]
    match shown[0]:
        case "*" | "~" | "`":
            return ""
        case "_":
            return _underscore(text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1])
        case "\\":
            follows = text[found.end() : found.end() + 1]
            return "" if follows and follows.isascii() and not follows.isalnum() and not follows.isspace() else shown
        case "&":
            meant = html.unescape(shown)
            return _character(meant) if len(meant) == 1 else shown
    return _character(shown)


def _underscore(before: str, after: str) -> str:
    """Emphasis is left out; between digits it separates; inside a word it is part of it."""
    if before.isdigit() and after.isdigit():
        return " "
    return "_" if before.isalnum() and after.isalnum() else ""


@lru_cache(maxsize=4096)
def _character(shown: str) -> str:
    """The ASCII of a digit, space, dash, apostrophe or wide letter; "" for what is not seen; others as they are."""
    category = unicodedata.category(shown)
    if category in INVISIBLE:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(shown))
    instead = INSTEAD.get(shown) or OF_CATEGORY.get(category) or unicodedata.normalize("NFKC", shown)
    return instead if len(instead) == 1 else shown


def _blank(found: re.Match[str]) -> str:
    return found[0] if DIALS.match(found[0]) else HIDDEN * len(found[0])
