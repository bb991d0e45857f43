"""One way to commit, and writers that race without losing anything."""

import os
import subprocess
import sys
import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, select, update

from app.config import ROOT
from app.core import clock, outbox
from app.core import db as database
from app.core.db import DatabaseBusy, db, transaction
from app.programme.models import Programme

WRITERS, TURNS = 8, 20


@pytest.fixture
def programme_id(app) -> int:
    with app.app_context(), transaction():
        programme = Programme(
            slug="race",
            name="Race",
            short_name="R",
            team_name="T",
            area="A",
            contact_email="t@demo.example",
            stored_targets={"places": 0},
        )
        db.session.add(programme)
        db.session.flush()
        return programme.id


def add_one(programme_id: int) -> None:
    """Read, think and write: what loses updates unless the transaction holds them apart."""
    with transaction():
        programme = db.session.get(Programme, programme_id, with_for_update=True)
        programme.stored_targets = {"places": programme.stored_targets["places"] + 1}


def places(programme_id: int) -> int:
    return db.session.get(Programme, programme_id, populate_existing=True).stored_targets["places"]


@pytest.mark.both_databases
def test_racing_writers_lose_nothing(app, programme_id):
    failures = []

    def write() -> None:
        with app.app_context():
            for _ in range(TURNS):
                try:
                    db.session.get(Programme, programme_id)  # as Flask-Login does before any view
                    add_one(programme_id)
                except Exception as error:  # noqa: BLE001 - it is reported below
                    failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    with app.app_context():
        assert places(programme_id) == WRITERS * TURNS


OUTSIDER = """
import sys
from app import create_app
from app.core.db import db, transaction
from app.programme.models import Programme
from tests.core.test_db import add_one
app = create_app()
print("ready", flush=True)
sys.stdin.readline()
with app.app_context():
    for _ in range(int(sys.argv[2])):
        add_one(int(sys.argv[1]))
"""


@pytest.mark.both_databases
def test_a_writer_in_another_process_loses_nothing_either(app, database, programme_id, tmp_path):
    environment = {**os.environ, "DEMO_MODE": "1", "DATABASE_URL": database, "INSTANCE_PATH": str(tmp_path)}
    command = [sys.executable, "-c", OUTSIDER, str(programme_id), str(TURNS)]
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as outsider:
        assert outsider.stdout.readline() == "ready\n"
        outsider.stdin.write("go\n")
        outsider.stdin.flush()
        with app.app_context():
            for _ in range(TURNS):
                add_one(programme_id)
        assert outsider.wait(60) == 0
    with app.app_context():
        assert places(programme_id) == 2 * TURNS


@pytest.mark.both_databases
def test_effects_run_after_the_commit_only(app, programme_id):
    seen = []
    with app.app_context():
        with transaction() as after:
            after.append(lambda: seen.append(places(programme_id)))
            add = update(Programme).where(Programme.id == programme_id).values(stored_targets={"places": 7})
            db.session.execute(add)
            assert seen == []
        assert seen == [7]
        with pytest.raises(ZeroDivisionError), transaction() as after:
            after.append(lambda: seen.append("never"))
            db.session.execute(add.values(stored_targets={"places": 8}))
            raise ZeroDivisionError
        assert seen == [7]
        assert places(programme_id) == 7


@pytest.mark.both_databases
def test_an_effect_that_fails_does_not_undo_the_change_or_stop_the_next(app, programme_id):
    seen = []

    def fail() -> None:
        raise RuntimeError("the queue is down")

    with app.app_context():
        with transaction() as after:
            after += [fail, lambda: seen.append("ran")]
            db.session.get(Programme, programme_id).name = "Kept"
        assert seen == ["ran"]
        assert db.session.get(Programme, programme_id).name == "Kept"


@pytest.mark.both_databases
def test_a_transaction_inside_another_is_a_mistake(app):
    with app.app_context(), transaction(), pytest.raises(RuntimeError, match="inside another"), transaction():
        pass


@pytest.mark.both_databases
def test_what_was_read_before_is_read_again_inside(app, programme_id):
    with app.app_context():
        programme = db.session.get(Programme, programme_id)
        assert programme.name == "Race"
        with app.app_context(), transaction():  # another session, as another request has
            db.session.get(Programme, programme_id).name = "Changed"
        with transaction():
            assert programme.name == "Changed"


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="naive"):
        database.UtcDateTime().process_bind_param(datetime(2024, 1, 1), None)  # noqa: DTZ001


@pytest.mark.both_databases
def test_moments_come_back_aware_and_in_utc(app):
    app.extensions["outbox"]["letter"] = print
    with app.app_context():
        at = clock.in_london(2025, 7, 1, 16, 30)
        with transaction():
            outbox.put("letter", "key", {}, due_at=at)
        assert db.session.scalar(select(outbox.OutboxMessage.due_at)) == at
        assert db.session.scalar(select(outbox.OutboxMessage.due_at)).utcoffset() == timedelta(0)


def test_a_busy_embedded_database_says_so_after_a_while(app, monkeypatch):
    monkeypatch.setattr(database, "WAIT_FOR_WRITER", 0.05)
    with app.app_context(), create_engine(db.engine.url).connect() as somebody_else:
        somebody_else.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy, match="try again"), transaction():
            pass
        somebody_else.rollback()
        with transaction():  # and then it goes on
            pass


def test_readers_are_not_kept_waiting_by_a_writer(app, monkeypatch):
    monkeypatch.setattr(database, "WAIT_FOR_WRITER", 0.05)
    with app.app_context(), create_engine(db.engine.url).connect() as somebody_else:
        somebody_else.exec_driver_sql("BEGIN IMMEDIATE")
        assert db.session.scalars(select(Programme)).all() == []
        somebody_else.rollback()
