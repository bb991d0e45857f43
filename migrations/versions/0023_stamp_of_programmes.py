"""A number that rises with every change of a programme or a public page, so that the shell can be kept between changes."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

TABLES = ('programme', 'page')
EVENTS = ('INSERT', 'UPDATE', 'DELETE')

# A later migration that makes `programme` or `page` anew on SQLite has to make their triggers again.
SQLITE = [
    f'CREATE TRIGGER programme_stamp_{table}_{event.lower()} AFTER {event} ON {table} '
    'BEGIN UPDATE programme_stamp SET version = version + 1; END'
    for table in TABLES
    for event in EVENTS
]
POSTGRESQL = [
    """
    CREATE FUNCTION programme_stamp_rise() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE programme_stamp SET version = version + 1;
        RETURN NULL;
    END $$
    """,
    *(
        f'CREATE TRIGGER programme_stamp_{table} AFTER INSERT OR UPDATE OR DELETE ON {table} '
        'FOR EACH STATEMENT EXECUTE FUNCTION programme_stamp_rise()'
        for table in TABLES
    ),
]
SQLITE_BACK = [f'DROP TRIGGER programme_stamp_{table}_{event.lower()}' for table in TABLES for event in EVENTS]
POSTGRESQL_BACK = [
    *(f'DROP TRIGGER programme_stamp_{table} ON {table}' for table in TABLES),
    'DROP FUNCTION programme_stamp_rise()',
]


def upgrade() -> None:
    """Go up."""
    stamp = op.create_table('programme_stamp',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_programme_stamp_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_stamp'))
    )
    op.bulk_insert(stamp, [{'id': 1, 'version': 1}])
    for statement in SQLITE if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Go down."""
    for statement in SQLITE_BACK if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL_BACK:
        op.execute(statement)
    op.drop_table('programme_stamp')
