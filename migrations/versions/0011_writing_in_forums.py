"""Writing in forums: drafts under the key of their page, followed boards, what a deleted post was before."""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.drop_table('draft')  # nobody could write yet
    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('key', sa.String(length=36), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_draft_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_draft_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('member_id', 'key', name=op.f('uq_draft_member_id'))
    )
    op.create_index('ix_draft_place', 'draft', ['member_id', 'place'], unique=False)
    op.create_index(op.f('ix_draft_programme_id'), 'draft', ['programme_id'], unique=False)
    # Not in batch mode, which would make the tables anew on SQLite and lose the triggers of the full-text index.
    op.add_column('post', sa.Column('state_before', sa.String(length=30), nullable=True))
    op.add_column('board_position', sa.Column('follow', sa.String(length=30), server_default='normal', nullable=False))


def downgrade() -> None:
    """Go down again."""
    op.drop_column('board_position', 'follow')
    op.drop_column('post', 'state_before')
    op.drop_table('draft')
    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_draft_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_draft_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('member_id', 'place', name=op.f('uq_draft_member_id'))
    )
    op.create_index(op.f('ix_draft_programme_id'), 'draft', ['programme_id'], unique=False)
