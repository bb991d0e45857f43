"""Starting imports, and moving them on: rows of the outbox for the worker, or at once for the command line."""

import re
from collections.abc import Callable, Iterator

from app.core import clock, outbox
from app.core.db import db, transaction
from app.signposting.openreferral.fetching import Fetcher, whole_feed
from app.signposting.openreferral.files import UnreadableError, entries_of
from app.signposting.openreferral.values import Json
from app.signposting.upkeep.models import ImportBatch
from app.signposting.upkeep.operations import importing
from app.signposting.upkeep.rules import Stage

KIND = "directory_import"
LONGEST_SOURCE = 60
MOST_NOTES = 50


def source_of(programme_id: int | None, name: str) -> str:
    """How a feed is known in the rows: by its name and the programme that reads it, so that none reaches another."""
    bare = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-")[:LONGEST_SOURCE] or "feed"
    return bare if programme_id is None else f"{programme_id}/{bare}"


def start(
    *,
    programme_id: int | None,
    name: str,
    origin: str,
    content: str | None,
    ours: bool,
    publish: bool,
    by: int | None,
) -> ImportBatch:
    """An import that waits to be read: of a file with `content`, else of the address `origin`."""
    batch = ImportBatch(
        programme_id=programme_id,
        source=source_of(programme_id, name),
        origin=origin[:500],
        content=content,
        ours=ours,
        publish=publish,
        started_by_id=by,
        started_at=clock.now(),
    )
    db.session.add(batch)
    db.session.flush()
    return batch


def hand_over(batch: ImportBatch) -> None:
    """Let the worker do what the stage of an import asks for, in the caller's transaction."""
    key = f"{KIND}:{batch.id}:{batch.stage.value}"
    outbox.put(KIND, key, {"batch_id": batch.id}, programme_id=batch.programme_id)


def work(batch_id: int, *, local: bool, enough: Callable[[], bool] | None = None) -> bool:
    """Do what an import waits for, outside any transaction; False when there was `enough` before it was all done."""
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None:
        return True
    stage = batch.stage
    if stage is Stage.WAITING:
        _read(batch, local=local)
    elif stage is Stage.KEEPING:
        return importing.keep_all(batch_id, enough=enough)
    elif stage is Stage.UNDOING:
        return importing.undo_all(batch_id, enough=enough)
    return True


def _read(batch: ImportBatch, *, local: bool) -> None:
    batch_id, origin, content = batch.id, batch.origin, batch.content
    db.session.rollback()
    notes: list[str] = []
    try:
        importing.read_all(batch_id, _entries(origin, content, notes, local=local))
    except UnreadableError as wrong:
        importing.fail(batch_id, str(wrong))
    with transaction():
        db.session.get_one(ImportBatch, batch_id).notes = notes[:MOST_NOTES]


def _entries(origin: str, content: str | None, notes: list[str], *, local: bool) -> Iterator[Json]:
    if content is not None:
        yield from entries_of(origin, content)
        return
    # Read to its end before anything is kept: a transaction never waits for somebody else's server.
    yield from list(whole_feed(origin, Fetcher(local=local).json, notes.append))
