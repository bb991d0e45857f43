"""Watching words: adding, changing, removing them, and taking a list in. Every step leaves an audit row."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError

from app.core import audit, clock
from app.core.db import db
from app.moderation.screening.models import WatchedWord
from app.moderation.screening.queries import words
from app.moderation.screening.watchwords import MOST_WORDS, Watched, WrongPatternError

SUBJECT = "watched_word"


class Changes(NamedTuple):
    """What a list changed: how many words are new, how many do something else now, how many were removed."""

    added: int
    changed: int
    removed: int


def watch(programme_id: int, watched: Watched, *, by_id: int) -> WatchedWord:
    """Watch a word; raises WrongPatternError when it is watched already or there are too many."""
    if len(words.rows(programme_id)) >= MOST_WORDS:
        raise WrongPatternError(f"You watch {MOST_WORDS} words already. Remove some first")
    row = WatchedWord(
        programme_id=programme_id,
        pattern=watched.pattern,
        effect=watched.effect,
        suggestion=watched.suggestion,
        added_at=clock.now(),
        added_by_id=by_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise WrongPatternError("That word is watched already. Change it in the list") from None
    _record("watch_word", row, by_id)
    return row


def change(row: WatchedWord, watched: Watched, *, by_id: int) -> None:
    """Let a word do something else; its pattern stays."""
    row.effect, row.suggestion = watched.effect, watched.suggestion
    db.session.flush()
    _record("change_watched_word", row, by_id)


def unwatch(row: WatchedWord, *, by_id: int) -> None:
    """Watch a word no longer."""
    _record("unwatch_word", row, by_id)
    db.session.delete(row)
    db.session.flush()


def take_in(programme_id: int, listed: Sequence[Watched], *, instead: bool, by_id: int) -> Changes:
    """Take a list in: words that are there are changed; with `instead`, those that are not in the list are removed.

    Raises WrongPatternError when there would be too many.
    """
    known = {row.pattern: row for row in words.rows(programme_id)}
    wanted = {each.pattern: each for each in listed}
    removed = [row for pattern, row in known.items() if instead and pattern not in wanted]
    changed = [
        (known[pattern], each)
        for pattern, each in wanted.items()
        if pattern in known and (known[pattern].effect, known[pattern].suggestion) != (each.effect, each.suggestion)
    ]
    for row in removed:
        unwatch(row, by_id=by_id)
    for row, each in changed:
        change(row, each, by_id=by_id)
    added = [each for pattern, each in wanted.items() if pattern not in known]
    for each in added:
        watch(programme_id, each, by_id=by_id)
    return Changes(len(added), len(changed), len(removed))


def _record(action: str, row: WatchedWord, by_id: int) -> None:
    audit.record(action, SUBJECT, row.id, actor_id=by_id, programme_id=row.programme_id, effect=row.effect.value)
