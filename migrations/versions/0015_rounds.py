"""Coffee rounds: who takes part, groups, the times they offer, what pairing was told."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('group_size', sa.Integer(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ask_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('signed_up', sa.Integer(), nullable=True),
    sa.Column('met_across', sa.Integer(), nullable=True),
    sa.Column('met_within', sa.Integer(), nullable=True),
    sa.CheckConstraint('group_size BETWEEN 2 AND 4', name=op.f('ck_round_a_possible_size')),
    sa.CheckConstraint('opened_at <= closes_at AND closes_at <= ask_at', name=op.f('ck_round_in_order')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_round_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('programme_id', 'number', name=op.f('uq_round_programme_id'))
    )
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.create_index('ix_round_due', ['state', 'closes_at'], unique=False)
        batch_op.create_index('uq_round_open', ['programme_id'], unique=True, postgresql_where=sa.text("state = 'open'"), sqlite_where=sa.text("state = 'open'"))

    op.create_table('round_timetable',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('cadence', sa.String(length=30), nullable=False),
    sa.Column('group_size', sa.Integer(), nullable=False),
    sa.Column('days_open', sa.Integer(), nullable=False),
    sa.Column('days_to_meet', sa.Integer(), nullable=False),
    sa.Column('next_opens_on', sa.Date(), nullable=False),
    sa.CheckConstraint("cadence <> 'once'", name=op.f('ck_round_timetable_comes_again')),
    sa.CheckConstraint('group_size BETWEEN 2 AND 4', name=op.f('ck_round_timetable_a_possible_size')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_round_timetable_programme_id_programme')),
    sa.PrimaryKeyConstraint('programme_id', name=op.f('pk_round_timetable'))
    )
    op.create_table('round_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('icebreaker', sa.String(length=200), nullable=False),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.CheckConstraint('(starts_at IS NULL) = (ends_at IS NULL)', name=op.f('ck_round_group_agreed_in_full')),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_round_group_starts_before_it_ends')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_round_group_programme_id_programme')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_group_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_group')),
    sa.UniqueConstraint('round_id', 'number', name=op.f('uq_round_group_round_id'))
    )
    with op.batch_alter_table('round_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_group_programme_id'), ['programme_id'], unique=False)

    op.create_table('round_snapshot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('inputs', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_round_snapshot_programme_id_programme')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_snapshot_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_snapshot')),
    sa.UniqueConstraint('round_id', 'turn', name=op.f('uq_round_snapshot_round_id'))
    )
    with op.batch_alter_table('round_snapshot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_snapshot_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_snapshot_taken_at'), ['taken_at'], unique=False)

    op.create_table('meeting_time',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_meeting_time_starts_before_it_ends')),
    sa.ForeignKeyConstraint(['by_id'], ['member.id'], name=op.f('fk_meeting_time_by_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['round_group.id'], name=op.f('fk_meeting_time_group_id_round_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_meeting_time_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_time'))
    )
    with op.batch_alter_table('meeting_time', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_time_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_time_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_time_programme_id'), ['programme_id'], unique=False)

    op.create_table('round_entry',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('prefers', sa.JSON(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('looking_since', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("looking_since IS NULL OR state = 'in'", name=op.f('ck_round_entry_only_who_takes_part_looks')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_round_entry_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_round_entry_programme_id_programme')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_entry_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'member_id', name=op.f('pk_round_entry'))
    )
    with op.batch_alter_table('round_entry', schema=None) as batch_op:
        batch_op.create_index('ix_round_entry_looking', ['round_id'], unique=False, postgresql_where=sa.text('looking_since IS NOT NULL'), sqlite_where=sa.text('looking_since IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_round_entry_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_entry_programme_id'), ['programme_id'], unique=False)

    op.create_table('round_seat',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=30), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_round_seat_answered_at_a_time')),
    sa.ForeignKeyConstraint(['group_id'], ['round_group.id'], name=op.f('fk_round_seat_group_id_round_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_round_seat_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_round_seat_programme_id_programme')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_seat_round_id_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'member_id', name=op.f('pk_round_seat'))
    )
    with op.batch_alter_table('round_seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_seat_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_seat_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index('ix_round_seat_round', ['round_id', 'member_id'], unique=False)

    op.create_table('round_taker',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('cadence', sa.String(length=30), nullable=False),
    sa.Column('prefers', sa.JSON(), nullable=False),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("cadence <> 'once'", name=op.f('ck_round_taker_comes_again')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_round_taker_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_round_taker_programme_id_programme')),
    sa.PrimaryKeyConstraint('programme_id', 'member_id', name=op.f('pk_round_taker'))
    )
    with op.batch_alter_table('round_taker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_taker_member_id'), ['member_id'], unique=False)

    op.create_table('meeting_time_yes',
    sa.Column('time_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_meeting_time_yes_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_meeting_time_yes_programme_id_programme')),
    sa.ForeignKeyConstraint(['time_id'], ['meeting_time.id'], name=op.f('fk_meeting_time_yes_time_id_meeting_time'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('time_id', 'member_id', name=op.f('pk_meeting_time_yes'))
    )
    with op.batch_alter_table('meeting_time_yes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_time_yes_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meeting_time_yes_programme_id'), ['programme_id'], unique=False)



def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table('meeting_time_yes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_time_yes_programme_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_time_yes_member_id'))

    op.drop_table('meeting_time_yes')
    with op.batch_alter_table('round_taker', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_taker_member_id'))

    op.drop_table('round_taker')
    with op.batch_alter_table('round_seat', schema=None) as batch_op:
        batch_op.drop_index('ix_round_seat_round')
        batch_op.drop_index(batch_op.f('ix_round_seat_programme_id'))
        batch_op.drop_index(batch_op.f('ix_round_seat_member_id'))

    op.drop_table('round_seat')
    with op.batch_alter_table('round_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_entry_programme_id'))
        batch_op.drop_index(batch_op.f('ix_round_entry_member_id'))
        batch_op.drop_index('ix_round_entry_looking', postgresql_where=sa.text('looking_since IS NOT NULL'), sqlite_where=sa.text('looking_since IS NOT NULL'))

    op.drop_table('round_entry')
    with op.batch_alter_table('meeting_time', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_time_programme_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_time_group_id'))
        batch_op.drop_index(batch_op.f('ix_meeting_time_by_id'))

    op.drop_table('meeting_time')
    with op.batch_alter_table('round_snapshot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_snapshot_taken_at'))
        batch_op.drop_index(batch_op.f('ix_round_snapshot_programme_id'))

    op.drop_table('round_snapshot')
    with op.batch_alter_table('round_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_group_programme_id'))

    op.drop_table('round_group')
    op.drop_table('round_timetable')
    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_index('uq_round_open', postgresql_where=sa.text("state = 'open'"), sqlite_where=sa.text("state = 'open'"))
        batch_op.drop_index('ix_round_due')

    op.drop_table('round')
