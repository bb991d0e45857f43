"""The audit log is append-only, and whatever is done to it shows."""

import threading

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from app.core import audit
from app.core.audit import AuditChain, AuditEvent
from app.core.db import db, is_sqlite, transaction

pytestmark = pytest.mark.both_databases


def record(count: int) -> None:
    for number in range(count):
        with transaction():
            audit.record("page.saved", "page", number, actor_id=None, programme_id=None, version=number)


def without_its_guard() -> None:
    """What somebody with the database's own password could do."""
    if is_sqlite():
        for verb in ("UPDATE", "DELETE"):
            db.session.execute(text(f"DROP TRIGGER audit_event_no_{verb}"))
    else:
        db.session.execute(text("SET LOCAL session_replication_role = replica"))


@pytest.fixture
def log(app):
    with app.app_context():
        record(5)
        yield


@pytest.mark.usefixtures("log")
def test_a_log_that_was_left_alone_is_sound():
    verdict = audit.verify()
    assert (verdict.sound, verdict.events) == (True, 5)


@pytest.mark.parametrize("change", [update(AuditEvent).values(action="nothing.happened"), delete(AuditEvent)])
@pytest.mark.usefixtures("log")
def test_the_database_refuses_to_change_a_row(change):
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(change)
    db.session.rollback()
    assert audit.verify().events == 5


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        (lambda ids: update(AuditEvent).where(AuditEvent.id == ids[2]).values(subject_id=99), 2),
        (lambda ids: update(AuditEvent).where(AuditEvent.id == ids[0]).values(actor_id=None, detail={"version": 1}), 0),
        (lambda ids: delete(AuditEvent).where(AuditEvent.id == ids[1]), 2),
    ],
)
@pytest.mark.usefixtures("log")
def test_an_altered_or_removed_row_shows(what, broken):
    ids = db.session.scalars(select(AuditEvent.id).order_by(AuditEvent.id)).all()
    with transaction():
        without_its_guard()
        db.session.execute(what(ids))
    assert audit.verify().broken_at == ids[broken]


@pytest.mark.usefixtures("log")
def test_a_tail_that_was_cut_off_shows():
    newest = db.session.scalar(select(AuditEvent.id).order_by(AuditEvent.id.desc()))
    with transaction():
        without_its_guard()
        db.session.execute(delete(AuditEvent).where(AuditEvent.id == newest))
    assert audit.verify().broken_at == 0


@pytest.mark.usefixtures("log")
def test_an_emptied_log_shows():
    with transaction():
        without_its_guard()
        db.session.execute(delete(AuditEvent))
    assert not audit.verify().sound


def test_a_rolled_back_act_leaves_no_trace(app):
    with app.app_context():
        with pytest.raises(ZeroDivisionError), transaction():
            audit.record("page.saved", "page", 1, actor_id=None, programme_id=None)
            raise ZeroDivisionError
        assert (audit.verify().sound, audit.verify().events) == (True, 0)


def test_many_at_once_make_one_chain(app):
    def work() -> None:
        with app.app_context():
            record(10)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with app.app_context():
        assert audit.verify() == audit.Verdict(60, None)
        assert db.session.get(AuditChain, 1).length == 60
