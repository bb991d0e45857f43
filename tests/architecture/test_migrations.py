"""Migrations and models agree, and every migration can be taken back, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.core.db import db, in_models
from tests import databases
from tests.architecture.sources import ROOT


def test_there_is_one_head():
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1


@pytest.fixture
def database(request, tmp_path, worker_id):
    """A database of these tests alone, with nothing in it: one that stops half-way spoils no other test."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / 'migrations.db'}"
        return
    with databases.postgres_database(request.getfixturevalue("postgres_url"), f"{worker_id}_migrations") as url:
        yield url


@pytest.mark.both_databases
def test_no_drift(app):
    """Comparing the models with a database that was migrated finds nothing to do."""
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(
                connection,
                opts={"compare_type": True, "compare_server_default": differs, "include_name": in_models},
            )
            assert compare_metadata(context, db.metadata) == []


@pytest.mark.both_databases
def test_every_migration_can_be_taken_back_and_made_again(app):
    with app.app_context():
        upgrade()
        before = _schema()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert _schema() == before


def differs(_context, _inspected, _column, in_database, _default, in_model):
    """Whether two defaults differ; None leaves it to Alembic, which takes an empty text on SQLite for a difference."""
    return False if (in_database, in_model) in {("''", ""), ("('')", "")} else None


def _schema():
    looked = inspect(db.engine)
    return {
        table: (
            {column["name"]: (str(column["type"]), column["nullable"]) for column in looked.get_columns(table)},
            sorted((index["name"] or "", tuple(index["column_names"])) for index in looked.get_indexes(table)),
            sorted((key["name"] or "", tuple(key["column_names"])) for key in looked.get_unique_constraints(table)),
        )
        for table in looked.get_table_names()
    }
