"""Risks and kept records of them."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('risk',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('harm', sa.String(length=120), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('likelihood', sa.String(length=30), nullable=False),
    sa.Column('impact', sa.String(length=30), nullable=False),
    sa.Column('measures', sa.Text(), nullable=False),
    sa.Column('owner', sa.String(length=120), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_risk_programme_id_programme')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['member.id'], name=op.f('fk_risk_updated_by_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk'))
    )
    with op.batch_alter_table('risk', schema=None) as batch_op:
        batch_op.create_index('ix_risk_programme', ['programme_id', 'id'], unique=False)

    op.create_table('risk_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(length=30), nullable=False),
    sa.Column('note', sa.String(length=1000), nullable=False),
    sa.Column('risks', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kept_by_id', sa.Integer(), nullable=True),
    sa.Column('review_on', sa.Date(), nullable=False),
    sa.CheckConstraint('number >= 1', name=op.f('ck_risk_record_numbered_from_one')),
    sa.ForeignKeyConstraint(['kept_by_id'], ['member.id'], name=op.f('fk_risk_record_kept_by_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_risk_record_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_risk_record')),
    sa.UniqueConstraint('programme_id', 'number', name=op.f('uq_risk_record_programme_id'))
    )


def downgrade() -> None:
    """Go down."""
    op.drop_table('risk_record')
    with op.batch_alter_table('risk', schema=None) as batch_op:
        batch_op.drop_index('ix_risk_programme')

    op.drop_table('risk')
