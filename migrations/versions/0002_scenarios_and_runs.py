"""Scenarios and runs."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('scenario_source',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(hash) = 64', name=op.f('ck_scenario_source_sha256_in_hex')),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_scenario_source'))
    )
    op.create_table('scenario',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('setting', sa.Text(), nullable=False),
    sa.Column('you_are', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('content_notes', sa.JSON(), nullable=False),
    sa.Column('source_hash', sa.String(length=64), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('minutes IS NULL OR minutes > 0', name=op.f('ck_scenario_takes_time')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_scenario_programme_id_programme')),
    sa.ForeignKeyConstraint(['source_hash'], ['scenario_source.hash'], name=op.f('fk_scenario_source_hash_scenario_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scenario')),
    sa.UniqueConstraint('slug', name=op.f('uq_scenario_slug'))
    )
    op.create_index(op.f('ix_scenario_programme_id'), 'scenario', ['programme_id'], unique=False)
    op.create_table('run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('scenario_id', sa.Integer(), nullable=False),
    sa.Column('source_hash', sa.String(length=64), nullable=False),
    sa.Column('start_key', sa.String(length=36), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('at_ending', sa.Boolean(), nullable=False),
    sa.CheckConstraint('finished_at IS NOT NULL OR NOT at_ending', name=op.f('ck_run_ending_has_a_time')),
    sa.CheckConstraint('finished_at IS NULL OR finished_at >= started_at', name=op.f('ck_run_finished_after_start')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_run_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_run_programme_id_programme')),
    sa.ForeignKeyConstraint(['scenario_id'], ['scenario.id'], name=op.f('fk_run_scenario_id_scenario')),
    sa.ForeignKeyConstraint(['source_hash'], ['scenario_source.hash'], name=op.f('fk_run_source_hash_scenario_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_run')),
    sa.UniqueConstraint('member_id', 'start_key', name=op.f('uq_run_member_id'))
    )
    op.create_index('ix_run_member_newest', 'run', ['member_id', 'id'], unique=False)
    op.create_index(op.f('ix_run_programme_id'), 'run', ['programme_id'], unique=False)
    op.create_index(op.f('ix_run_scenario_id'), 'run', ['scenario_id'], unique=False)
    op.create_index(op.f('ix_run_source_hash'), 'run', ['source_hash'], unique=False)
    op.create_table('run_reflection',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('thoughts', sa.Text(), nullable=False),
    sa.Column('intention', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_run_reflection_run_id_run'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('run_id', name=op.f('pk_run_reflection'))
    )
    op.create_table('run_step',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('choice', sa.String(length=200), nullable=True),
    sa.Column('to_position', sa.Integer(), nullable=True),
    sa.Column('passage', sa.Text(), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(kind = 'back') = (to_position IS NOT NULL)", name=op.f('ck_run_step_a_way_back_says_where')),
    sa.CheckConstraint("(kind = 'choose') = (choice IS NOT NULL)", name=op.f('ck_run_step_a_choice_is_named')),
    sa.CheckConstraint("(position = 0) = (kind = 'start')", name=op.f('ck_run_step_begins_once')),
    sa.CheckConstraint("kind IN ('start', 'choose', 'skip', 'back')", name=op.f('ck_run_step_known_kind')),
    sa.CheckConstraint('position >= 0 AND position < 500', name=op.f('ck_run_step_within_a_run')),
    sa.CheckConstraint('to_position >= 0 AND to_position < position', name=op.f('ck_run_step_back_is_to_before')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_run_step_run_id_run'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('run_id', 'position', name=op.f('pk_run_step'))
    )
    op.create_table('run_words',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['run_id', 'position'], ['run_step.run_id', 'run_step.position'], name='fk_run_words_run_step', ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('run_id', 'position', name=op.f('pk_run_words'))
    )
    _keep_what_is_written()


def downgrade() -> None:
    """Go down."""
    op.drop_table('run_words')
    op.drop_table('run_step')
    op.drop_table('run_reflection')
    op.drop_index(op.f('ix_run_source_hash'), table_name='run')
    op.drop_index(op.f('ix_run_scenario_id'), table_name='run')
    op.drop_index(op.f('ix_run_programme_id'), table_name='run')
    op.drop_index('ix_run_member_newest', table_name='run')
    op.drop_table('run')
    op.drop_index(op.f('ix_scenario_programme_id'), table_name='scenario')
    op.drop_table('scenario')
    op.drop_table('scenario_source')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_scenario_change")


# What was played stays as it was played: a source, a step, and whose run it is and of which source.
FIXED = {"scenario_source": "UPDATE", "run_step": "UPDATE", "run": "UPDATE OF member_id, scenario_id, source_hash"}
REFUSE_SQLITE = """
CREATE TRIGGER {table}_is_fixed BEFORE {change} ON {table}
BEGIN SELECT RAISE(ABORT, 'what was played is not changed'); END
"""
REFUSE_POSTGRESQL = """
CREATE TRIGGER {table}_is_fixed BEFORE {change} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_scenario_change()
"""
REFUSAL = """
CREATE FUNCTION refuse_scenario_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was played is not changed'; END $$
"""


def _keep_what_is_written() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if not on_sqlite:
        op.execute(REFUSAL)
    for table, change in FIXED.items():
        op.execute((REFUSE_SQLITE if on_sqlite else REFUSE_POSTGRESQL).format(table=table, change=change))
