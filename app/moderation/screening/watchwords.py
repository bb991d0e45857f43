"""Words that moderators watch, found in a text however they are written. Pure.

A word is matched whole ("ass" is not in "class"); a star stands for letters ("idiot*", "*phobic"). Case, accents,
invisible characters and digits that stand for letters ("1d10t") make no difference.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from app.moderation.screening.detection.reading import read

LONGEST_PATTERN, LONGEST_SUGGESTION = 80, 200
FEWEST_LETTERS = 2
MOST_WORDS = 500
LETTERS = str.maketrans("013457@$!|l", "oieastasiii")  # what digits and signs stand for; l and i look alike
MARKS = frozenset("013457@$!|")


class Effect(StrEnum):
    """What a watched word does. The order is the one in which they count."""

    BLOCK = "block"
    HOLD = "hold"
    FLAG = "flag"
    SUGGEST = "suggest"

    @property
    def words(self) -> str:
        """The effect as moderators choose it."""
        return EFFECT_WORDS[self][0]

    @property
    def hint(self) -> str:
        """What it means for the author."""
        return EFFECT_WORDS[self][1]


EFFECT_WORDS = {
    Effect.BLOCK: ("Block", "The author is told, and cannot post with it"),
    Effect.HOLD: ("Hold", "A moderator looks before anybody else can read it"),
    Effect.FLAG: ("Flag", "It is published, and moderators are told"),
    Effect.SUGGEST: ("Suggest", "The author is shown another wording, and may keep theirs"),
}


class WrongPatternError(ValueError):
    """What cannot be watched; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A word or phrase that is watched, and for which effect; `suggestion` is what to say instead."""

    pattern: str
    effect: Effect
    suggestion: str = ""


class Match(NamedTuple):
    """Where a watched word stands in a text."""

    watched: Watched
    start: int
    end: int


def tidy(pattern: str) -> str:
    """A pattern as it is kept: small letters, no accents, single spaces. Raises WrongPatternError with a sentence."""
    kept = re.sub(
        r"\*+", "*", " ".join(_folded(read(pattern.replace("*", "\u2217")).text.replace("\u2217", "*")).split())
    )
    if len(kept) > LONGEST_PATTERN:
        raise WrongPatternError(f"Use {LONGEST_PATTERN} characters or fewer")
    letters = sum(sign.isalnum() for sign in kept)
    if letters < FEWEST_LETTERS:
        raise WrongPatternError("Enter at least two letters: one would be in every post")
    if any(sum(sign.isalnum() for sign in word) == 0 for word in kept.split()):
        raise WrongPatternError("A star stands for letters of a word, so write it next to some, like idiot*")
    return kept


def find(text: str, watched: Iterable[Watched]) -> list[Match]:
    """Where watched words stand in a text, in its order; a word that several patterns match counts for each."""
    reading = read(text)
    plain = _folded(reading.text)
    signs = plain.translate(LETTERS)
    found = []
    for each in watched:
        usual, other = _compiled(each.pattern), _compiled(each.pattern.translate(LETTERS))
        spans = {match.span() for match in usual.finditer(plain)}
        # A match among digits that stand for letters counts only where there is one: "50" is no word.
        spans |= {match.span() for match in other.finditer(signs) if _is_disguised(plain[slice(*match.span())])}
        found += [Match(each, *reading.origin(*span)) for span in spans if span[0] < span[1]]
    return sorted(found, key=lambda match: (match.start, match.end, match.watched.pattern))


def effects(matches: Iterable[Match]) -> list[Effect]:
    """The effects of some matches, the strictest first, each once."""
    there = {match.watched.effect for match in matches}
    return [effect for effect in Effect if effect in there]


def read_list(text: str) -> list[Watched]:
    """The words of a list: one a line, "effect: pattern" or "suggest: pattern = another wording"; # begins a note.

    Raises WrongPatternError, naming the line.
    """
    listed = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            listed.append(_read_line(line))
        except ValueError as wrong:
            raise WrongPatternError(f"Line {number}: {wrong}") from None
    if len(listed) > MOST_WORDS:
        raise WrongPatternError(f"A list can have {MOST_WORDS} words. This one has {len(listed)}")
    return listed


def as_list(watched: Sequence[Watched]) -> str:
    """The words as a list that `read_list` reads."""
    return "".join(
        f"{each.effect.value}: {each.pattern}{f' = {each.suggestion}' if each.suggestion else ''}\n" for each in watched
    )


def _read_line(line: str) -> Watched:
    name, colon, rest = line.partition(":")
    known = {effect.value: effect for effect in Effect}
    effect = known.get(name.strip().lower())
    if not colon or effect is None:
        raise WrongPatternError("begin with block:, hold:, flag: or suggest:")
    pattern, _, suggestion = rest.partition("=")
    suggestion = " ".join(suggestion.split())
    if effect is Effect.SUGGEST and not suggestion:
        raise WrongPatternError("say what to suggest, like suggest: manpower = workforce")
    if effect is not Effect.SUGGEST and suggestion:
        raise WrongPatternError("only a word that is suggested for has = and another wording")
    if len(suggestion) > LONGEST_SUGGESTION:
        raise WrongPatternError(f"suggest something of {LONGEST_SUGGESTION} characters or fewer")
    return Watched(tidy(pattern), effect, suggestion)


def _folded(text: str) -> str:
    """Small letters without accents, one for each character, so that places stay what they are."""
    return "".join(map(_letter, text)) if not text.isascii() else text.lower()


@lru_cache(maxsize=4096)
def _letter(sign: str) -> str:
    small = unicodedata.normalize("NFD", sign)[0].lower()
    return small if len(small) == 1 else sign


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    between = r"[\s-]+"
    words = between.join(r"\w*".join(map(re.escape, word.split("*"))) for word in pattern.split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _is_disguised(shown: str) -> bool:
    return not MARKS.isdisjoint(shown) and any(sign.isalpha() for sign in shown)


def around(text: str, match: Match, reach: int = 60) -> tuple[str, str, str]:
    """What stands before a match, the words themselves, and what follows."""
    before, after = text[max(0, match.start - reach) : match.start], text[match.end : match.end + reach]
    return (
        f"{'…' if match.start > reach else ''}{before}",
        text[match.start : match.end],
        f"{after}{'…' if match.end + reach < len(text) else ''}",
    )
