"""Imports: what can be is kept, all else is told, and all of it can be undone."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from app.core import outbox
from app.core.audit import AuditEvent
from app.core.db import db, transaction
from app.signposting.kinds import ServiceState
from app.signposting.models import Location, Provider, ServiceContact, SupportService
from app.signposting.openreferral.files import to_json, to_table
from app.signposting.openreferral.operations.feeds import TEAM
from app.signposting.openreferral.operations.keeping import new_service
from app.signposting.openreferral.queries.listings import fresh, listing_of
from app.signposting.openreferral.queries.pages import every_public
from app.signposting.openreferral.writing import written
from app.signposting.upkeep.models import ImportBatch, ImportRow, ServiceVersion
from app.signposting.upkeep.operations import batches, importing
from app.signposting.upkeep.operations.editing import check
from app.signposting.upkeep.queries import imports
from app.signposting.upkeep.rules import Outcome, Plan, Stage
from tests.signposting.openreferral import directory
from tests.signposting.openreferral.entries import listings
from tests.signposting.upkeep.dirty import FEED, TEXT


def started(text, *, programme_id=None, ours=False, publish=True, name="council", by=None):
    """The id of an import that has been read."""
    about = {"programme_id": programme_id, "ours": ours, "publish": publish, "by": by}
    with transaction():
        batch_id = batches.start(name=name, origin="feed.json", content=text, **about).id
    batches.work(batch_id, local=True)
    return batch_id


def kept(text, **about):
    """The id of an import that has been kept."""
    batch_id = started(text, **about)
    move(batch_id, Stage.KEEPING, Stage.READ)
    return batch_id


def move(batch_id, stage, before):
    with transaction():
        assert importing.begin(imports.by_id(batch_id), stage, [before])
    batches.work(batch_id, local=True)


def undone(batch_id):
    move(batch_id, Stage.UNDOING, Stage.KEPT)


def services():
    return db.session.scalars(select(SupportService).order_by(SupportService.name)).all()


def state_of_everything():
    db.session.rollback()
    said = [(row.state, written(listing_of(fresh(row.id))) | {"last_modified": ""}) for row in services()]
    return sorted((document["id"], state, json.dumps(document)) for state, document in said)


@pytest.mark.both_databases
def test_a_dirty_feed_is_kept_as_far_as_it_goes_and_told_about(app):
    with app.app_context():
        batch_id = kept(TEXT)
        rows = list(imports.all_rows(batch_id))
        assert [row.plan for row in rows] == ["new", "new", "refused", "refused", "new", "refused", "refused", "new"]
        assert imports.outcomes(batch_id) == {Outcome.KEPT: 4}
        told = " ".join(f"{each['where']} {each['did']} {each['why']}" for each in rows[0].findings)
        for part in ("HTML", "was a digit lost?", "0116 295 0750", "neither weekly nor monthly", "People by name"):
            assert part in told
        counselling = db.session.scalars(select(SupportService).where(SupportService.name.startswith("Comm"))).one()
        assert counselling.summary == "We listen."
        assert [phone.number for phone in counselling.phones] == ["0116 295 0750"]
        assert {row.byday for row in counselling.schedules} == {"MO,TU", "MO,TU,WE,TH,FR"}
        assert counselling.needs_checking
        assert db.session.scalar(select(func.count()).select_from(ServiceContact)) == 0
        assert not any(service.urgent for service in services())


def test_the_same_feed_again_changes_nothing_and_what_the_team_mended_stays(app, people):
    with app.app_context():
        kept(TEXT)
        with transaction():
            service = services()[0]
            check(service, by=people.lead.id)
        before = state_of_everything()
        again = kept(TEXT)
        assert set(imports.plans(again)) == {Plan.SAME, Plan.REFUSED}
        assert state_of_everything() == before
        changed = [{**FEED[0], "name": "Community counselling and tea"}]
        told = next(imports.all_rows(kept(json.dumps(changed))))
        assert told.plan is Plan.CHANGED
        assert any("The team has changed this entry" in each["why"] for each in told.findings)


@pytest.mark.both_databases
def test_undoing_restores_what_was_there_and_leaves_what_was_changed_since(app, people):
    with app.app_context():
        first = kept(TEXT)
        before = state_of_everything()
        second = [{**FEED[0], "name": "Renamed"}, {**FEED[1], "name": "Also renamed"}, {"id": "99", "name": "New one"}]
        batch_id = kept(json.dumps(second))
        assert imports.plans(batch_id) == {Plan.CHANGED: 2, Plan.NEW: 1}
        undone(batch_id)
        assert state_of_everything() == before
        assert imports.by_id(batch_id).stage is Stage.UNDONE
        with transaction():
            check(services()[0], by=people.lead.id)
        undone(first)
        assert imports.outcomes(first) == {Outcome.UNDONE: 3, Outcome.LEFT: 1}
        assert len(services()) == 1
        assert db.session.scalar(select(func.count()).select_from(Location)) == 0
        assert db.session.scalar(select(func.count()).select_from(Provider)) == 0


def test_one_row_that_cannot_be_saved_leaves_the_others_alone(app, monkeypatch):
    real = importing.new_service

    def stumbling(listing, *about, **more):
        if listing.name == "Walking group":
            raise RuntimeError("no")
        return real(listing, *about, **more)

    monkeypatch.setattr(importing, "new_service", stumbling)
    with app.app_context():
        batch_id = kept(TEXT)
        assert imports.outcomes(batch_id) == {Outcome.KEPT: 3, Outcome.FAILED: 1}
        assert imports.by_id(batch_id).stage is Stage.KEPT


def test_a_long_import_goes_on_where_it_was(app, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    many = json.dumps([{"id": str(number), "name": f"Service {number}"} for number in range(7)])
    with app.app_context():
        batch_id = started(many)
        with transaction():
            importing.begin(imports.by_id(batch_id), Stage.KEEPING, [Stage.READ])
        turns = iter([False, False, True])
        assert batches.work(batch_id, local=True, enough=lambda: next(turns)) is False
        assert (imports.by_id(batch_id).done, imports.by_id(batch_id).total) == (4, 7)
        assert batches.work(batch_id, local=True)
        assert len(services()) == 7


def test_the_worker_does_it_from_the_outbox(app):
    with app.app_context():
        with transaction():
            about = {"programme_id": None, "ours": False, "publish": False, "by": None}
            batch = batches.start(name="x", origin="feed.json", content=TEXT, **about)
            batches.hand_over(batch)
            batch_id = batch.id
        outbox.sweep()
        assert imports.by_id(batch_id).stage is Stage.READ
        with transaction():
            importing.begin(imports.by_id(batch_id), Stage.KEEPING, [Stage.READ])
            db.session.expire_all()
            batches.hand_over(imports.by_id(batch_id))
        outbox.sweep()
        assert {service.state for service in services()} == {ServiceState.DRAFT}
        actions = db.session.scalars(select(AuditEvent.action)).all()
        assert "directory_import_kept" in actions


def test_what_cannot_be_read_is_said_and_is_not_tried_again(app):
    with app.app_context():
        batch_id = started("{")
        assert imports.by_id(batch_id).stage is Stage.FAILED
        assert "no JSON" in imports.by_id(batch_id).fault
        with transaction():
            assert not importing.begin(imports.by_id(batch_id), Stage.KEEPING, [Stage.READ])


def test_a_feed_reaches_nothing_that_did_not_come_by_it(app, people):
    """Neither our own entry with the same id, nor that of another programme, nor a provider that both name."""
    with app.app_context():
        with transaction():
            service = new_service(directory.listing(2), TEAM, "")
            mine = service.id
        before = state_of_everything()
        document = {**written(directory.listing(2)), "name": "Taken over", "url": "https://evil.example/"}
        document["organization"]["name"] = "Taken over"
        text = json.dumps([document])
        kept(text, programme_id=people.programme_id)
        kept(text, programme_id=people.other_programme_id)
        after = state_of_everything()
        assert len(after) == 3
        assert set(before) <= set(after)
        kept(text, programme_id=people.other_programme_id, ours=True)
        kept_by = db.session.scalars(select(SupportService.programme_id)).all()
        assert sorted(kept_by, key=str) == sorted([None, people.programme_id, people.other_programme_id], key=str)
        assert fresh(mine).name == "Taken over"  # a lead may bring back what all programmes share


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(found=st.lists(listings(), min_size=1, max_size=3, unique_by=lambda each: each.uuid), table=st.booleans())
def test_every_entry_goes_from_one_directory_to_an_empty_one_unchanged(app, found, table):
    """And a second time, where nothing changes any more."""
    write = to_table if table else to_json
    with app.app_context():
        with transaction():
            for kind in (ImportBatch, ServiceVersion, SupportService, Location, Provider):
                db.session.execute(delete(kind))
            db.session.expunge_all()
        text = write(map(written, found))
        with transaction():
            about = {"programme_id": None, "ours": True, "publish": True, "by": None}
            batch_id = batches.start(name="x", origin=f"x.{'csv' if table else 'json'}", content=text, **about).id
        batches.work(batch_id, local=True)
        move(batch_id, Stage.KEEPING, Stage.READ)
        assert [row.findings for row in imports.all_rows(batch_id)] == [[]] * len(found)
        there = {listing.uuid: listing for listing in every_public()}
        assert there.keys() == {each.uuid for each in found}
        for each in found:
            mine = there[each.uuid]
            assert replace(mine, updated_at=each.updated_at) == each
            assert each.updated_at in {None, mine.updated_at}
        out = write(map(written, every_public()))
        again = started(out, ours=True) if not table else None
        assert again is None or set(imports.plans(again)) == {Plan.SAME}


def test_rows_of_an_import_are_counted(app):
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ImportRow)) == 0
        kept(TEXT)
        assert db.session.scalar(select(func.count()).select_from(ImportRow)) == len(FEED)
