"""Imports, of the reader's own programme."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import func, select

from app.core import pages
from app.core.db import db
from app.core.pages import Page
from app.signposting.upkeep.models import ImportBatch, ImportRow
from app.signposting.upkeep.rules import Outcome, Plan

LISTED = 20


def by_id(batch_id: int) -> ImportBatch:
    """An import, as the database has it now; for the command line only, which is of no programme."""
    return db.session.get_one(ImportBatch, batch_id, populate_existing=True)


def by_id_or_none(batch_id: int) -> ImportBatch | None:
    """The same, where there may be none."""
    return db.session.get(ImportBatch, batch_id)


def listed(programme_id: int) -> Sequence[ImportBatch]:
    """The last imports of a programme, the newest first."""
    return db.session.scalars(
        select(ImportBatch)
        .where(ImportBatch.programme_id == programme_id)
        .order_by(ImportBatch.id.desc())
        .limit(LISTED)
    ).all()


def batch(programme_id: int, batch_id: int) -> ImportBatch | None:
    """One of them."""
    return db.session.scalar(
        select(ImportBatch).where(ImportBatch.id == batch_id, ImportBatch.programme_id == programme_id)
    )


def plans(batch_id: int) -> Mapping[Plan, int]:
    """How many entries mean what."""
    rows = db.session.execute(
        select(ImportRow.plan, func.count()).where(ImportRow.batch_id == batch_id).group_by(ImportRow.plan)
    )
    return {row[0]: row[1] for row in rows}


def outcomes(batch_id: int) -> Mapping[Outcome, int]:
    """What became of how many of those that mean something new."""
    rows = db.session.execute(
        select(ImportRow.outcome, func.count())
        .where(ImportRow.batch_id == batch_id, ImportRow.plan.in_((Plan.NEW, Plan.CHANGED)))
        .group_by(ImportRow.outcome)
    )
    return {row[0]: row[1] for row in rows}


def rows(batch_id: int, *, plan: Plan | None, page: int) -> Page[ImportRow]:
    """Entries of an import in their order, a page at a time."""
    found = select(ImportRow).where(ImportRow.batch_id == batch_id).order_by(ImportRow.number)
    return pages.page(found.where(ImportRow.plan == plan) if plan else found, page)


def all_rows(batch_id: int) -> Iterator[ImportRow]:
    """All of them."""
    yield from db.session.scalars(select(ImportRow).where(ImportRow.batch_id == batch_id).order_by(ImportRow.number))
