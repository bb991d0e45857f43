"""What words may mean: as they were typed, and the words of our entries that they were probably meant to be.

The words of all entries are kept in memory; only what was added since is read again. What people type is never kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Engine, func, select

from app.core.db import db
from app.signposting.models import SearchWord
from app.signposting.words import asked_words

SHORTEST = 4  # letters; in shorter words a slip makes another word
LONG = 7  # letters; from here on two slips are forgiven
ALTERNATIVES = 3


@dataclass(slots=True)
class _Known:
    last_id: int = 0
    words: list[str] = field(default_factory=list)
    every: set[str] = field(default_factory=set)


_known: WeakKeyDictionary[Engine, _Known] = WeakKeyDictionary()


def meant_by(text: str) -> list[list[str]]:
    """For each word that was typed: the word, and where no entry has it, what it may have been meant to be."""
    typed = asked_words(text)
    if not typed:
        return []
    known = _up_to_date()
    return [[word, *([] if word in known.every else _like(word, known.words))] for word in typed]


def _like(word: str, known: Sequence[str]) -> list[str]:
    if len(word) < SHORTEST:
        return []
    slips = 2 if len(word) >= LONG else 1
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=ALTERNATIVES)
    return [found for found, _distance, _place in near]


def _up_to_date() -> _Known:
    known = _known.setdefault(db.engine, _Known())
    newest = db.session.scalar(select(func.max(SearchWord.id))) or 0
    if newest < known.last_id:  # another database under the same address, as in tests
        known.last_id, known.words, known.every = 0, [], set()
    if newest > known.last_id:
        rows = db.session.execute(select(SearchWord.id, SearchWord.word).where(SearchWord.id > known.last_id)).all()
        new = [row.word for row in rows if row.word not in known.every]
        known.every.update(new)
        known.words.extend(new)
        known.last_id = newest
    return known
