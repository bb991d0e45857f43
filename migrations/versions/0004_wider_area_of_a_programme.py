"""Wider area of a programme: whose colleagues may apply as well."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.add_column('programme', sa.Column('wider_area', sa.String(length=120), server_default='', nullable=False))


def downgrade() -> None:
    """Go down."""
    op.drop_column('programme', 'wider_area')
