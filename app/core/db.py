"""The database: one engine recipe, one way to commit.

Source of the SQLite recipe: pysqlite's own transactions lose updates silently, a plain BEGIN fails at once when a read
becomes a write, and a busy timeout freezes every greenlet of the process. So readers BEGIN, writers BEGIN IMMEDIATE,
and the waiting is done here, with a sleep that lets other greenlets run.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

log = logging.getLogger(__name__)

WAIT_FOR_WRITER = 10.0  # seconds
PAUSE = 0.005  # seconds between two tries to become the writer

CONSTRAINT_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class DatabaseBusy(Exception):  # noqa: N818 - it is a state that passes, not a mistake
    """Another process kept the embedded database to itself for longer than a person should wait."""


class Base(DeclarativeBase):
    """The declarative base of every table."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


class Reading(Session):
    """A session that reads without opening a transaction, where that costs two journeys and wins nothing.

    On PostgreSQL a request that only asks (GET) sees each statement's own snapshot anyway. Whatever writes goes through
    `transaction()`, also in such a request, and gets a transaction there.
    """

    def get_bind(self, *_what: object, bind: Engine | Connection | None = None, **_more: object) -> Engine | Connection:
        """The one engine that there is; for what only asks, in the mode that commits by itself."""
        if bind is not None:
            return bind
        engine = self._db.engine
        if engine.dialect.name == "sqlite" or self.info.get("writing") or not _only_asks():
            return engine
        asking: Engine = current_app.extensions["asking_engine"]
        return asking


def _only_asks() -> bool:
    return has_request_context() and request.method in {"GET", "HEAD"}


@event.listens_for(Reading, "before_flush")
def _refuse_to_write(session: Reading, *_what: object) -> None:
    """Where nothing can be rolled back, a row that somebody changed by mistake must not be written."""
    if session.get_bind() is current_app.extensions.get("asking_engine"):
        raise RuntimeError("something was changed outside transaction(), in a request that only asks")


db = SQLAlchemy(model_class=Base, session_options={"class_": Reading})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC; a naive one is refused, because nobody could say what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive moments and turn the others to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: say which time zone it is in")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give back an aware moment in UTC; SQLite forgets the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def in_models(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether migrations compare something with the models: what begins with fts_ is the full-text search's own."""
    return not (name or "").startswith("fts_")


def text_enum(kinds: type[StrEnum]) -> Enum:
    """A column type for one of a few words, kept as the word itself."""
    return Enum(kinds, native_enum=False, length=30, values_callable=lambda every: [kind.value for kind in every])


def init_app(app: Flask) -> None:
    """Bind the database to the app; on SQLite, with the recipe above."""
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"isolation_level": None, "timeout": 0}}
    else:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    app.extensions["asking_engine"] = engine.execution_options(isolation_level="AUTOCOMMIT")
    app.extensions["writer"] = threading.Lock()


def _set_pragmas(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=0"):
        _patiently(partial(connection.execute, f"PRAGMA {pragma}"))


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("write"):
        _patiently(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    else:
        connection.exec_driver_sql("BEGIN")


def _patiently(attempt: Callable[[], object]) -> None:
    """Try until the writer's place is free; raises DatabaseBusy after WAIT_FOR_WRITER seconds."""
    give_up = time.monotonic() + WAIT_FOR_WRITER
    while True:
        try:
            attempt()
        except Exception as error:  # the driver's own, and SQLAlchemy's around it
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            if time.monotonic() > give_up:
                raise DatabaseBusy("The database is busy. Please try again in a moment.") from error
            time.sleep(PAUSE)
        else:
            return


Effect = Callable[[], object]


@contextmanager
def transaction() -> Iterator[list[Effect]]:
    """Commit once, or roll back; the effects that the caller appends run only after the commit.

    What was read before is read again inside, so that a decision never rests on an old state. Nothing slow belongs
    in here (no network, no template): on SQLite every other writer of the installation waits.
    Raises RuntimeError when one transaction is opened inside another, DatabaseBusy when no writer's place came free.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("transaction() was opened inside another one: let the outer one do the work")
    session.rollback()
    effects: list[Effect] = []
    with _turn():
        session.info["writing"] = True
        try:
            session.connection(execution_options={"write": True})
            yield effects
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("writing", None)
    for effect in effects:
        try:
            effect()
        except Exception:
            # The change is kept already; what must happen is a row, and the sweep finds it.
            log.exception("an effect after the commit failed")


def _turn() -> AbstractContextManager[object]:
    """On SQLite, the process's own queue of writers: cheaper and fairer than all of them asking the file."""
    if is_sqlite():
        lock: AbstractContextManager[object] = current_app.extensions["writer"]
        return lock
    return nullcontext()


def insert(table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what happens where the row is there already (on_conflict_do_nothing, …_do_update)."""
    return sqlite.insert(table) if is_sqlite() else postgresql.insert(table)


def is_sqlite() -> bool:
    """Whether the embedded database is in use."""
    return db.engine.dialect.name == "sqlite"
