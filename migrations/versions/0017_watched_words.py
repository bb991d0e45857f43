"""Words that moderators watch, and traces of posts."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('post_trace',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('said', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_post_trace_author_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_post_trace_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post_trace'))
    )
    with op.batch_alter_table('post_trace', schema=None) as batch_op:
        batch_op.create_index('ix_post_trace_at', ['at'], unique=False)
        batch_op.create_index('ix_post_trace_author', ['author_id', 'programme_id', 'at'], unique=False)

    op.create_table('watched_word',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('pattern', sa.String(length=80), nullable=False),
    sa.Column('effect', sa.String(length=30), nullable=False),
    sa.Column('suggestion', sa.String(length=200), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(effect = 'suggest') = (suggestion <> '')", name=op.f('ck_watched_word_suggests_something')),
    sa.ForeignKeyConstraint(['added_by_id'], ['member.id'], name=op.f('fk_watched_word_added_by_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_watched_word_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watched_word')),
    sa.UniqueConstraint('programme_id', 'pattern', name=op.f('uq_watched_word_programme_id'))
    )


def downgrade() -> None:
    """Go down."""
    op.drop_table('watched_word')
    with op.batch_alter_table('post_trace', schema=None) as batch_op:
        batch_op.drop_index('ix_post_trace_author')
        batch_op.drop_index('ix_post_trace_at')

    op.drop_table('post_trace')
