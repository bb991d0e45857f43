"""Databases for tests: made once by the real migrations, then given to each test as new.

Code under test commits for real, so nothing can be rolled back: on SQLite each test gets a copy of a migrated file, on
PostgreSQL each test process has a database of its own that is emptied before a test (a few milliseconds each).
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import make_url

from app import create_app
from app.config import Settings
from app.core.db import db

PREFIX = "upstander_test"

# Foreign keys and the triggers that guard the audit log stand aside for a moment.
EMPTY = """
DO $$
DECLARE each record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
  LOOP EXECUTE format('DELETE FROM %I', each.tablename); END LOOP;
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'as_new'
  LOOP EXECUTE format('INSERT INTO %I SELECT * FROM as_new.%I', each.tablename, each.tablename); END LOOP;
END $$;
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""


def test_settings(database_url: str, instance: Path, **changed: object) -> Settings:
    """The settings of a product under test: not a demonstration, nothing that leaves this machine."""
    values: dict[str, object] = {
        "demo": False,
        "testing": True,
        "database_url": database_url,
        "secret_key": "a secret that only the tests know, 0123456789",
        "data_keys": ("dGVzdHMgb25seTogMzIgYnl0ZXMgb2YgYSBrZXkgMDE=",),
        "instance": instance,
        "public_url": "http://localhost",
    }
    return Settings(**(values | changed))  # type: ignore[arg-type]


test_settings.__test__ = False  # type: ignore[attr-defined]


def migrate(database_url: str, instance: Path) -> None:
    """Bring a database to the newest migration."""
    app = create_app(test_settings(database_url, instance))
    with app.app_context():
        try:
            upgrade()
        finally:
            db.engine.dispose()


def migrated_sqlite(folder: Path) -> Path:
    """A migrated SQLite file, to be copied."""
    path = folder / "template.db"
    migrate(f"sqlite:///{path}", folder)
    with_log = path.with_name(f"{path.name}-wal")
    assert not with_log.exists(), "a connection to the template is still open"
    return path


def copy_of(template: Path, folder: Path) -> str:
    """The address of a fresh copy."""
    return f"sqlite:///{shutil.copyfile(template, folder / 'test.db')}"


@contextmanager
def postgres_database(server_url: str, name: str) -> Iterator[str]:
    """A new PostgreSQL database that is dropped at the end."""
    server = psycopg.connect(server_url, autocommit=True)
    _drop_what_ended_runs_left(server)
    database = f"{PREFIX}_{os.getpid()}_{name}"
    try:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        yield (
            make_url(server_url)
            .set(drivername="postgresql+psycopg", database=database)
            .render_as_string(hide_password=False)
        )
    finally:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
        server.close()


class Emptying:
    """Makes a migrated PostgreSQL database as new, with the rows that migrations put there."""

    def __init__(self, database_url: str) -> None:
        plain = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        self.connection = psycopg.connect(plain, autocommit=True)
        self.connection.execute("CREATE SCHEMA as_new")
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        for (name,) in self.connection.execute(query).fetchall():
            table = sql.Identifier(str(name))
            if self.connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(table)).fetchone():
                self.connection.execute(sql.SQL("CREATE TABLE as_new.{0} AS SELECT * FROM public.{0}").format(table))

    def __call__(self) -> None:
        """Empty every table and start every sequence again."""
        self.connection.execute(EMPTY)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def _drop_what_ended_runs_left(server: psycopg.Connection) -> None:
    rows = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]).fetchall()
    for (name,) in rows:
        pid = str(name).removeprefix(f"{PREFIX}_").partition("_")[0]
        if not (pid.isdecimal() and Path(f"/proc/{pid}").exists()):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
