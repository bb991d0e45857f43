"""Leads at the same time, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.core.db import db, transaction
from app.programme import operations, queries
from app.programme.models import PageVersion

WRITERS = 6


def at_once(app, work):
    """What became of the same work, done by several at the same time."""

    def one(number):
        with app.app_context():
            try:
                with transaction():
                    work(number)
            except operations.ChangedMeanwhileError:
                return "changed meanwhile"
            finally:
                db.session.remove()
            return "saved"

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


@pytest.mark.both_databases
def test_of_several_editors_one_saves_and_the_others_are_told(app, site, page_of, look):
    page = page_of("role")

    def save(number):
        draft = operations.PageDraft(title="The role", summary="", body=f"Text {number}.", in_menu=True)
        operations.save_page(page.id, draft, seen_version=1, by=site.lead.id)

    assert sorted(at_once(app, save)) == ["changed meanwhile"] * (WRITERS - 1) + ["saved"]
    assert page_of("role").version == 2
    kept = look(lambda: db.session.scalars(db.select(PageVersion.version).filter_by(page_id=page.id)).all())
    assert sorted(kept) == [1, 2]


@pytest.mark.both_databases
def test_every_move_of_a_date_is_counted(app, site, event_of):
    before = event_of("Workshop one")

    def move(number):
        event = queries.cohort_event(site.programme_id, "spring", before.id)
        draft = operations.DateDraft(
            kind=event.kind,
            title=f"Workshop one, moved by {number}",
            starts_at=before.starts_at + timedelta(days=number + 1),
            ends_at=before.ends_at + timedelta(days=number + 1),
            venue=event.venue,
        )
        operations.change_date(event, draft, by=site.lead.id)

    assert at_once(app, move) == ["saved"] * WRITERS
    with app.app_context():
        assert queries.cohort_event(site.programme_id, "spring", before.id).sequence == WRITERS
