"""Slots with their sign-ups and stories, and wishes not to meet."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('slot_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('cadence', sa.String(length=30), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_slot_series_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot_series'))
    )
    op.create_index(op.f('ix_slot_series_programme_id'), 'slot_series', ['programme_id'], unique=False)
    op.create_table('not_with',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('wished_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('member_id <> other_id', name=op.f('ck_not_with_two_people')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_not_with_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['member.id'], name=op.f('fk_not_with_other_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'other_id', name=op.f('pk_not_with'))
    )
    op.create_index(op.f('ix_not_with_other_id'), 'not_with', ['other_id'], unique=False)
    op.create_table('slot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('host_id', sa.Integer(), nullable=True),
    sa.Column('cohort_id', sa.Integer(), nullable=True),
    sa.Column('topic', sa.String(length=120), nullable=False),
    sa.Column('agenda', sa.String(length=4000), nullable=False),
    sa.Column('way', sa.String(length=30), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('link', sa.String(length=280), nullable=False),
    sa.Column('room_slug', sa.String(length=60), nullable=True),
    sa.Column('accessibility', sa.String(length=500), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancel_reason', sa.String(length=300), nullable=True),
    sa.Column('attendance_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(cancelled_at IS NULL) = (cancel_reason IS NULL)', name=op.f('ck_slot_cancelled_with_a_reason')),
    sa.CheckConstraint('(series_id IS NULL) = (number IS NULL)', name=op.f('ck_slot_numbered_in_a_series')),
    sa.CheckConstraint('capacity >= 1', name=op.f('ck_slot_has_a_place')),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_slot_starts_before_it_ends')),
    sa.CheckConstraint('taken >= 0 AND taken <= capacity', name=op.f('ck_slot_never_overbooked')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_slot_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['host_id'], ['member.id'], name=op.f('fk_slot_host_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_slot_programme_id_programme')),
    sa.ForeignKeyConstraint(['series_id'], ['slot_series.id'], name=op.f('fk_slot_series_id_slot_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot')),
    sa.UniqueConstraint('series_id', 'number', name=op.f('uq_slot_series_id'))
    )
    op.create_index('ix_slot_ahead', 'slot', ['programme_id', 'starts_at', 'id'], unique=False, postgresql_where=sa.text('cancelled_at IS NULL'), sqlite_where=sa.text('cancelled_at IS NULL'))
    op.create_index(op.f('ix_slot_cohort_id'), 'slot', ['cohort_id'], unique=False)
    op.create_index(op.f('ix_slot_host_id'), 'slot', ['host_id'], unique=False)
    op.create_table('sign_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offer_expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attended', sa.Boolean(), nullable=True),
    sa.CheckConstraint("(state = 'offered') = (offer_expires_at IS NOT NULL)", name=op.f('ck_sign_up_an_offer_expires')),
    sa.CheckConstraint("attended IS NULL OR state = 'booked'", name=op.f('ck_sign_up_only_the_booked_attend')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_sign_up_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_sign_up_programme_id_programme')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_sign_up_slot_id_slot'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_up')),
    sa.UniqueConstraint('slot_id', 'member_id', name=op.f('uq_sign_up_slot_id'))
    )
    op.create_index('ix_sign_up_line', 'sign_up', ['slot_id', 'state', 'joined_at', 'id'], unique=False)
    op.create_index('ix_sign_up_member', 'sign_up', ['member_id', 'state'], unique=False)
    op.create_index('ix_sign_up_offers', 'sign_up', ['state', 'offer_expires_at'], unique=False)
    op.create_index(op.f('ix_sign_up_programme_id'), 'sign_up', ['programme_id'], unique=False)
    op.create_table('slot_story',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_slot_story_programme_id_programme')),
    sa.ForeignKeyConstraint(['slot_id'], ['slot.id'], name=op.f('fk_slot_story_slot_id_slot'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slot_story')),
    sa.UniqueConstraint('slot_id', name=op.f('uq_slot_story_slot_id'))
    )
    op.create_index(op.f('ix_slot_story_programme_id'), 'slot_story', ['programme_id'], unique=False)
    op.create_table('story_consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f('ck_story_consent_answered_at_a_time')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_story_consent_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_story_consent_programme_id_programme')),
    sa.ForeignKeyConstraint(['story_id'], ['slot_story.id'], name=op.f('fk_story_consent_story_id_slot_story'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_consent')),
    sa.UniqueConstraint('story_id', 'member_id', name=op.f('uq_story_consent_story_id'))
    )
    op.create_index(op.f('ix_story_consent_member_id'), 'story_consent', ['member_id'], unique=False)
    op.create_index(op.f('ix_story_consent_programme_id'), 'story_consent', ['programme_id'], unique=False)


def downgrade() -> None:
    """Go down."""
    op.drop_index(op.f('ix_story_consent_programme_id'), table_name='story_consent')
    op.drop_index(op.f('ix_story_consent_member_id'), table_name='story_consent')
    op.drop_table('story_consent')
    op.drop_index(op.f('ix_slot_story_programme_id'), table_name='slot_story')
    op.drop_table('slot_story')
    op.drop_index(op.f('ix_sign_up_programme_id'), table_name='sign_up')
    op.drop_index('ix_sign_up_offers', table_name='sign_up')
    op.drop_index('ix_sign_up_member', table_name='sign_up')
    op.drop_index('ix_sign_up_line', table_name='sign_up')
    op.drop_table('sign_up')
    op.drop_index(op.f('ix_slot_host_id'), table_name='slot')
    op.drop_index(op.f('ix_slot_cohort_id'), table_name='slot')
    op.drop_index('ix_slot_ahead', table_name='slot')
    op.drop_table('slot')
    op.drop_index(op.f('ix_not_with_other_id'), table_name='not_with')
    op.drop_table('not_with')
    op.drop_index(op.f('ix_slot_series_programme_id'), table_name='slot_series')
    op.drop_table('slot_series')
