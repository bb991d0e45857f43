"""Coaches and mentors, and introductions to them."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('coach_profile',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('coaches', sa.Boolean(), nullable=False),
    sa.Column('mentors', sa.Boolean(), nullable=False),
    sa.Column('about', sa.String(length=1000), nullable=False),
    sa.Column('topics', sa.String(length=300), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('paused', sa.Boolean(), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('capacity BETWEEN 1 AND 10', name=op.f('ck_coach_profile_a_few_people')),
    sa.CheckConstraint('coaches OR mentors', name=op.f('ck_coach_profile_offers_something')),
    sa.CheckConstraint('taken >= 0 AND taken <= capacity', name=op.f('ck_coach_profile_never_too_many')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_coach_profile_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_coach_profile_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coach_profile')),
    sa.UniqueConstraint('programme_id', 'member_id', name=op.f('uq_coach_profile_programme_id'))
    )
    op.create_index(op.f('ix_coach_profile_member_id'), 'coach_profile', ['member_id'], unique=False)
    op.create_index(op.f('ix_coach_profile_programme_id'), 'coach_profile', ['programme_id'], unique=False)
    op.create_table('introduction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('profile_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('feedback', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('over_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state IN ('offered', 'asked')) = (until IS NOT NULL)", name=op.f('ck_introduction_what_waits_has_an_end')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_introduction_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['profile_id'], ['coach_profile.id'], name=op.f('fk_introduction_profile_id_coach_profile'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_introduction_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction'))
    )
    op.create_index('ix_introduction_line', 'introduction', ['profile_id', 'state', 'asked_at', 'id'], unique=False)
    op.create_index(op.f('ix_introduction_member_id'), 'introduction', ['member_id'], unique=False)
    op.create_index(op.f('ix_introduction_programme_id'), 'introduction', ['programme_id'], unique=False)
    op.create_index('ix_introduction_until', 'introduction', ['until'], unique=False)
    op.create_index('uq_introduction_still_on', 'introduction', ['profile_id', 'member_id'], unique=True, postgresql_where=sa.text("state IN ('waiting', 'offered', 'asked', 'agreed')"), sqlite_where=sa.text("state IN ('waiting', 'offered', 'asked', 'agreed')"))



def downgrade() -> None:
    """Go down."""
    op.drop_index('uq_introduction_still_on', table_name='introduction')
    op.drop_index('ix_introduction_until', table_name='introduction')
    op.drop_index(op.f('ix_introduction_programme_id'), table_name='introduction')
    op.drop_index(op.f('ix_introduction_member_id'), table_name='introduction')
    op.drop_index('ix_introduction_line', table_name='introduction')
    op.drop_table('introduction')
    op.drop_index(op.f('ix_coach_profile_programme_id'), table_name='coach_profile')
    op.drop_index(op.f('ix_coach_profile_member_id'), table_name='coach_profile')
    op.drop_table('coach_profile')
