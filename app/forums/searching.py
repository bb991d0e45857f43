"""Words that somebody searches for: how they are read, and what of a text is shown where they are found. Pure.

Both databases get the same terms, each in the form that it asks for: words, phrases in quotation marks, and words that
must not be there, with a minus before them.
"""

import re
from dataclasses import dataclass

LONGEST = 200  # characters of a question
MOST_TERMS = 12
AROUND = 90  # characters of a text before the first word that was found
LENGTH = 260  # characters of it that are shown
SHORTEST_STEM = 3

_term = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_word = re.compile(r"\w+(?:['’]\w+)*")
_endings = ("ings", "ing", "edly", "ies", "ed", "es", "ly", "s", "e", "y")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that stand together; `is_wanted` is False for what must not be there."""

    words: tuple[str, ...]
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; whether it is one of the words that were searched for."""

    text: str
    is_found: bool


def read(typed: str) -> list[Term]:
    """The terms of what somebody typed; without any that could be found, none."""
    terms = []
    for minus, phrase, word in _term.findall(typed[:LONGEST]):
        words = tuple(_word.findall((phrase or word).lower()))
        if words:
            terms.append(Term(words, not minus))
    terms = terms[:MOST_TERMS]
    return terms if any(term.is_wanted for term in terms) else []


def for_fts5(terms: list[Term]) -> str:
    """The terms as FTS5 reads them: everything in quotation marks, so that no word is taken for an operator."""
    wanted = " ".join(_quoted(term) for term in terms if term.is_wanted)
    unwanted = [_quoted(term) for term in terms if not term.is_wanted]
    return " NOT ".join([f"({wanted})", *unwanted]) if unwanted else wanted


def for_websearch(terms: list[Term]) -> str:
    """The terms as PostgreSQL's websearch_to_tsquery reads them."""
    return " ".join(("" if term.is_wanted else "-") + _quoted(term) for term in terms)


def pieces(text: str, terms: list[Term]) -> list[Piece]:
    """A text cut where words that were searched for begin and end."""
    stems = {_stem(word) for term in terms if term.is_wanted for word in term.words}
    cut: list[Piece] = []
    at = 0
    for found in _word.finditer(text):
        if _stem(found[0].lower()) in stems:
            cut += [Piece(text[at : found.start()], is_found=False), Piece(found[0], is_found=True)]
            at = found.end()
    cut.append(Piece(text[at:], is_found=False))
    return [piece for piece in cut if piece.text]


def excerpt(text: str, terms: list[Term]) -> list[Piece]:
    """Some of a text around the first word that was searched for (else from its beginning), cut as by `pieces`."""
    first = next((len(piece.text) for piece in pieces(text, terms)[:1] if not piece.is_found), 0)
    start = 0 if first >= len(text) or first <= AROUND else text.find(" ", first - AROUND) + 1
    shown = text[start : start + LENGTH]
    if start + LENGTH < len(text):
        shown = shown.rpartition(" ")[0] or shown
        shown += " …"
    return pieces(("… " if start else "") + shown, terms)


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"'


def _stem(word: str) -> str:
    for ending in _endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
