"""An import: read into rows that say what would happen, keep them one by one, and undo all of it.

Each row stands in a savepoint of its own, so one that fails leaves the others alone, and a worker that dies goes on
where it was. What the feed has not changed since the last time is left as the team has made it.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from sqlalchemy import delete, func, select, update

from app.core import audit, clock
from app.core.db import db, transaction
from app.signposting.kinds import ServiceState
from app.signposting.models import Location, Provider, ServiceAtLocation, SupportService
from app.signposting.openreferral.listing import Listing
from app.signposting.openreferral.operations.feeds import TEAM, Feed
from app.signposting.openreferral.operations.keeping import fill, new_service
from app.signposting.openreferral.operations.terms import settled
from app.signposting.openreferral.queries.listings import WHOLE, listing_of
from app.signposting.openreferral.reading import read
from app.signposting.openreferral.values import Json
from app.signposting.openreferral.writing import written
from app.signposting.operations.indexing import index
from app.signposting.upkeep.models import ImportBatch, ImportRow
from app.signposting.upkeep.operations.history import hold, next_version, restore, snapshot
from app.signposting.upkeep.rules import Change, Outcome, Plan, Stage

log = logging.getLogger(__name__)

Enough = Callable[[], bool]
Act = Callable[[ImportBatch, ImportRow], None]

CHUNK = 50
MOST_FINDINGS = 60  # of one entry
EDITED = {
    "where": "",
    "did": "changed",
    "why": "The team has changed this entry since the last import. The words of the feed replace theirs.",
}


def feed_of(batch: ImportBatch) -> Feed:
    """Whose words the entries of an import are: a feed's, or our own from an earlier export."""
    return TEAM if batch.ours else Feed(batch.source)


# -- reading -----------------------------------------------------------------------------------------------------------


def read_all(batch_id: int, entries: Iterable[Json]) -> None:
    """Keep what each entry would become, a chunk to a transaction; what an earlier attempt read is read again."""
    with transaction():
        db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch_id))
    known: set[str] = set()
    number = 0
    rest = iter(entries)
    while chunk := list(islice(rest, CHUNK)):
        with transaction():
            batch = db.session.get_one(ImportBatch, batch_id)
            for entry in chunk:
                number += 1
                db.session.add(_row(batch, number, entry, known))
            batch.total = batch.done = number
    with transaction():
        batch = db.session.get_one(ImportBatch, batch_id)
        batch.stage, batch.content, batch.total, batch.done = Stage.READ, None, number, 0


def _row(batch: ImportBatch, number: int, entry: Json, known: set[str]) -> ImportRow:
    listing, findings = read(entry, seed=_seed(batch, entry), ours=batch.ours)
    noted = [asdict(finding) for finding in findings[:MOST_FINDINGS]]
    row = ImportRow(batch_id=batch.id, number=number, findings=noted, plan=Plan.REFUSED)
    if listing is None:
        return row
    row.key, row.name = listing.uuid, listing.name
    if listing.uuid in known:
        row.findings = [*noted, _finding("refused", "An entry with the same id stands before it in this import.")]
        return row
    known.add(listing.uuid)
    _plan(batch, row, listing)
    return row


def _seed(batch: ImportBatch, entry: Json) -> str:
    """What stays the same of an entry without an id, from one import to the next."""
    said = [str(entry.get(key) or "")[:200] for key in ("name", "url", "postcode")] if isinstance(entry, dict) else []
    return "/".join((batch.source, *said))


def _plan(batch: ImportBatch, row: ImportRow, listing: Listing) -> None:
    service = _there(batch, listing.uuid)
    row.document = written(listing)
    row.plan = Plan.NEW
    if service is None:
        return
    row.service_id = service.id
    if not batch.ours and (last := _last(batch, service)) is not None:
        row.plan = Plan.SAME if last.document == row.document else Plan.CHANGED
        if row.plan is Plan.CHANGED and last.version != service.version:
            row.findings = [*row.findings, EDITED]
        return
    row.plan = Plan.SAME if _says(service, listing) else Plan.CHANGED


def _says(service: SupportService, listing: Listing) -> bool:
    """Whether an entry says what the listing says; when it was changed and checked are the team's own business."""
    there, said = listing_of(service), settled(listing, TEAM)
    return there == replace(said, uuid=there.uuid, updated_at=there.updated_at, checked_on=there.checked_on)


def _there(batch: ImportBatch, key: str) -> SupportService | None:
    """The entry that a row is about; one of another programme is out of reach."""
    named = SupportService.uuid == key if batch.ours else SupportService.source_id == key
    found = select(SupportService).where(named, SupportService.programme_id.is_not_distinct_from(batch.programme_id))
    if not batch.ours:
        found = found.where(SupportService.source == batch.source)
    elif batch.programme_id is not None:
        found = select(SupportService).where(
            named, SupportService.programme_id.is_(None) | (SupportService.programme_id == batch.programme_id)
        )
    else:
        found = select(SupportService).where(named)
    return db.session.scalar(found.options(*WHOLE))


def _last(batch: ImportBatch, service: SupportService) -> ImportRow | None:
    return db.session.scalar(
        select(ImportRow)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(
            ImportRow.service_id == service.id,
            ImportRow.outcome == Outcome.KEPT,
            ImportBatch.source == batch.source,
            ImportBatch.id != batch.id,
        )
        .order_by(ImportRow.id.desc())
        .limit(1)
    )


# -- keeping and undoing -----------------------------------------------------------------------------------------------


def keep_all(batch_id: int, *, enough: Enough | None = None) -> bool:
    """Keep every row that says something new; False when there was `enough` before all were kept."""
    return _each(batch_id, Outcome.WAITING, (Plan.NEW, Plan.CHANGED), _keep, Stage.KEPT, enough)


def undo_all(batch_id: int, *, enough: Enough | None = None) -> bool:
    """Let every entry be what it was before the import, but for those that somebody has changed since."""
    done = _each(batch_id, Outcome.KEPT, tuple(Plan), _undo, Stage.UNDONE, enough)
    if done:
        with transaction():
            _sweep(db.session.get_one(ImportBatch, batch_id))
    return done


def _each(batch_id: int, outcome: Outcome, plans: Sequence[Plan], act: Act, end: Stage, enough: Enough | None) -> bool:
    todo = (
        select(ImportRow)
        .where(ImportRow.batch_id == batch_id, ImportRow.outcome == outcome, ImportRow.plan.in_(plans))
        .order_by(ImportRow.number)
        .limit(CHUNK)
    )
    while enough is None or not enough():
        with transaction():
            batch = db.session.get_one(ImportBatch, batch_id)
            rows = db.session.scalars(todo).all()
            touched = [row.service_id for row in rows if _tried(batch, row, act) and row.service_id]
            index(touched)
            batch.done = min(batch.total, batch.done + len(rows))
            if not rows:
                batch.stage, batch.ended_at, batch.done = end, clock.now(), batch.total
                _note(batch, end)
                return True
    return False


def _tried(batch: ImportBatch, row: ImportRow, act: Act) -> bool:
    try:
        with db.session.begin_nested():
            act(batch, row)
    except Exception as wrong:  # noqa: BLE001 - whatever it is, the other entries go on
        # The kind of mistake only: its words may hold what somebody wrote.
        log.warning("row %s of import %s could not be kept (%s)", row.number, batch.id, type(wrong).__name__)
        row.outcome, row.fault = Outcome.FAILED, "It could not be saved. The other entries were not touched by this."
        return False
    return True


def _keep(batch: ImportBatch, row: ImportRow) -> None:
    listing, _findings = read(row.document, seed="", ours=batch.ours)
    if listing is None:
        raise ValueError("a document of ours cannot be read")
    feed = feed_of(batch)
    service = _there(batch, row.key)
    if service is None:
        state = ServiceState.PUBLISHED if batch.publish else ServiceState.DRAFT
        key = "" if batch.ours else row.key
        service = new_service(settled(listing, feed), feed, key, programme_id=batch.programme_id, state=state)
        service.version = 0
        next_version(service, Change.IMPORTED, batch.origin[:200], by=batch.started_by_id)
        service.updated_at = listing.updated_at or service.updated_at
    else:
        hold(service)
        row.before = snapshot(service)
        fill(service, settled(listing, feed), feed)
        next_version(service, Change.IMPORTED, batch.origin[:200], by=batch.started_by_id)
    row.service_id, row.version, row.outcome = service.id, service.version, Outcome.KEPT


def _undo(batch: ImportBatch, row: ImportRow) -> None:
    service = db.session.get(SupportService, row.service_id or 0, options=WHOLE)
    if service is None:
        row.outcome = Outcome.UNDONE
    elif service.version != row.version:
        row.outcome = Outcome.LEFT
    elif row.before is None:
        # The database takes its parts with it; the session would look for some of them twice.
        db.session.expunge(service)
        db.session.execute(delete(SupportService).where(SupportService.id == service.id))
        row.service_id, row.outcome = None, Outcome.UNDONE
    else:
        hold(service)
        restore(service, row.before)
        next_version(service, Change.UNDONE, batch.origin[:200], by=batch.started_by_id)
        # It is again what an earlier import made of it, so that one can still be undone too.
        earlier = (ImportRow.service_id == service.id, ImportRow.version == row.before["version"])
        db.session.execute(update(ImportRow).where(*earlier).values(version=service.version))
        row.outcome = Outcome.UNDONE


def _sweep(batch: ImportBatch) -> None:
    """What only the entries of this feed stood on goes with them."""
    if batch.ours or not batch.source:
        return
    used = select(ServiceAtLocation.location_id)
    db.session.execute(delete(Location).where(Location.source == batch.source, Location.id.not_in(used)))
    run = select(SupportService.provider_id).where(SupportService.provider_id.is_not(None))
    db.session.execute(delete(Provider).where(Provider.source == batch.source, Provider.id.not_in(run)))


def fail(batch_id: int, why: str) -> None:
    """Say that nothing could be read, in a transaction of its own."""
    with transaction():
        batch = db.session.get_one(ImportBatch, batch_id)
        batch.stage, batch.fault, batch.content, batch.ended_at = Stage.FAILED, why[:300], None, clock.now()


def begin(batch: ImportBatch, stage: Stage, fits: Sequence[Stage]) -> bool:
    """Move an import on, in the caller's transaction; False when somebody else has moved it already."""
    moved = db.session.execute(
        update(ImportBatch)
        .where(ImportBatch.id == batch.id, ImportBatch.stage.in_(fits))
        .values(stage=stage, done=0, total=_todo(batch.id, stage))
        .returning(ImportBatch.id)
    ).first()
    return moved is not None


def _todo(batch_id: int, stage: Stage) -> Any:  # noqa: ANN401 - a subquery
    outcome, plans = (
        (Outcome.WAITING, (Plan.NEW, Plan.CHANGED)) if stage is Stage.KEEPING else (Outcome.KEPT, tuple(Plan))
    )
    counted = select(func.count()).where(
        ImportRow.batch_id == batch_id, ImportRow.outcome == outcome, ImportRow.plan.in_(plans)
    )
    return counted.scalar_subquery()


def _note(batch: ImportBatch, end: Stage) -> None:
    audit.record(
        f"directory_import_{end.value}",
        "import_batch",
        batch.id,
        actor_id=batch.started_by_id,
        programme_id=batch.programme_id,
        rows=batch.total,
    )


def _finding(did: str, why: str) -> dict[str, Any]:
    return {"where": "", "did": did, "why": why}
