"""How migrations run: on the app's own engine, in one transaction, on SQLite and PostgreSQL alike."""

import logging

import sqlalchemy as sa
from alembic import context
from flask import current_app

from app.core.crypto import EncryptedJson, EncryptedText
from app.core.db import UtcDateTime, in_models

log = logging.getLogger("alembic")
db = current_app.extensions["migrate"].db


def render_item(kind: str, thing: object, _autogen_context: object) -> str | bool:
    """Write our own column types as what they are in the database: a migration must outlive the class."""
    if kind == "type":
        if isinstance(thing, UtcDateTime):
            return "sa.DateTime(timezone=True)"
        if isinstance(thing, EncryptedText | EncryptedJson):
            return "sa.Text()"
        if isinstance(thing, sa.Enum | sa.TypeDecorator) and thing.length:
            return f"sa.String(length={thing.length})"
    return False


def run() -> None:
    """Migrate, without foreign keys on SQLite: it changes a table by making it anew, which must not cascade."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            render_as_batch=True,
            compare_type=True,
            include_name=in_models,
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration left rows without their parents: {broken[:5]}")
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run()
