"""People, programmes, outbox and audit."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table('audit_chain',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('head', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_chain_only_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_chain'))
    )
    op.create_table('programme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('short_name', sa.String(length=60), nullable=False),
    sa.Column('team_name', sa.String(length=120), nullable=False),
    sa.Column('area', sa.String(length=120), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('host', sa.String(length=253), nullable=True),
    sa.Column('logo', sa.String(length=200), nullable=False),
    sa.Column('targets', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('host', name=op.f('uq_programme_host')),
    sa.UniqueConstraint('slug', name=op.f('uq_programme_slug'))
    )
    op.create_table('cohort',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('smallest', sa.Integer(), nullable=False),
    sa.Column('largest', sa.Integer(), nullable=False),
    sa.CheckConstraint('0 < smallest AND smallest <= largest', name=op.f('ck_cohort_possible_size')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_cohort_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort')),
    sa.UniqueConstraint('programme_id', 'slug', name=op.f('uq_cohort_programme_id'))
    )
    op.create_index(op.f('ix_cohort_programme_id'), 'cohort', ['programme_id'], unique=False)
    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('area', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_organisation_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('programme_id', 'slug', name=op.f('uq_organisation_programme_id'))
    )
    op.create_index(op.f('ix_organisation_programme_id'), 'organisation', ['programme_id'], unique=False)
    op.create_table('outbox_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease', sa.String(length=32), nullable=True),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dead_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.String(length=80), nullable=True),
    sa.CheckConstraint('(lease IS NULL) = (leased_until IS NULL)', name=op.f('ck_outbox_message_lease_has_an_end')),
    sa.CheckConstraint('sent_at IS NULL OR dead_at IS NULL', name=op.f('ck_outbox_message_sent_or_dead')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_outbox_message_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_message_key'))
    )
    op.create_index('ix_outbox_message_due', 'outbox_message', ['sent_at', 'dead_at', 'due_at'], unique=False)
    op.create_index(op.f('ix_outbox_message_programme_id'), 'outbox_message', ['programme_id'], unique=False)
    op.create_table('support_service',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('summary', sa.String(length=500), nullable=False),
    sa.Column('telephone', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(length=80), nullable=False),
    sa.Column('url', sa.String(length=300), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('checked', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_support_service_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_service')),
    sa.UniqueConstraint('slug', name=op.f('uq_support_service_slug'))
    )
    op.create_index(op.f('ix_support_service_programme_id'), 'support_service', ['programme_id'], unique=False)
    op.create_table('cohort_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('venue', sa.String(length=200), nullable=False),
    sa.Column('uid', sa.String(length=64), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_cohort_event_starts_before_it_ends')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_event_cohort_id_cohort'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_cohort_event_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort_event')),
    sa.UniqueConstraint('uid', name=op.f('uq_cohort_event_uid'))
    )
    op.create_index(op.f('ix_cohort_event_cohort_id'), 'cohort_event', ['cohort_id'], unique=False)
    op.create_index(op.f('ix_cohort_event_programme_id'), 'cohort_event', ['programme_id'], unique=False)
    op.create_table('member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('password', sa.String(length=255), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('fs_uniquifier', sa.String(length=64), nullable=False),
    sa.Column('suspended_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('profession', sa.String(length=80), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_member_email_in_lower_case')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_member_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member')),
    sa.UniqueConstraint('email', name=op.f('uq_member_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_member_fs_uniquifier'))
    )
    op.create_index(op.f('ix_member_organisation_id'), 'member', ['organisation_id'], unique=False)
    op.create_table('audit_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject_type', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['member.id'], name=op.f('fk_audit_event_actor_id_member')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_audit_event_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_event_hash')),
    sa.UniqueConstraint('previous_hash', name=op.f('uq_audit_event_previous_hash'))
    )
    op.create_index(op.f('ix_audit_event_programme_id'), 'audit_event', ['programme_id'], unique=False)
    op.create_index('ix_audit_event_subject', 'audit_event', ['subject_type', 'subject_id'], unique=False)
    op.create_table('cohort_membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_membership_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_cohort_membership_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_cohort_membership_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort_membership')),
    sa.UniqueConstraint('cohort_id', 'member_id', name=op.f('uq_cohort_membership_cohort_id'))
    )
    op.create_index(op.f('ix_cohort_membership_cohort_id'), 'cohort_membership', ['cohort_id'], unique=False)
    op.create_index(op.f('ix_cohort_membership_member_id'), 'cohort_membership', ['member_id'], unique=False)
    op.create_index(op.f('ix_cohort_membership_programme_id'), 'cohort_membership', ['programme_id'], unique=False)
    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('role', sa.String(length=30), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('accepted_at IS NULL OR withdrawn_at IS NULL', name=op.f('ck_invitation_accepted_or_withdrawn')),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_invitation_email_in_lower_case')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_invitation_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['member.id'], name=op.f('fk_invitation_invited_by_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_invitation_member_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_invitation_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation'))
    )
    op.create_index(op.f('ix_invitation_email'), 'invitation', ['email'], unique=False)
    op.create_index(op.f('ix_invitation_programme_id'), 'invitation', ['programme_id'], unique=False)
    op.create_table('page',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('summary', sa.String(length=300), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('in_menu', sa.Boolean(), nullable=False),
    sa.Column('video', sa.String(length=80), nullable=False),
    sa.Column('transcript_slug', sa.String(length=60), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('cook_version', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_page_programme_id_programme')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['member.id'], name=op.f('fk_page_updated_by_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page')),
    sa.UniqueConstraint('programme_id', 'slug', name=op.f('uq_page_programme_id'))
    )
    op.create_index(op.f('ix_page_programme_id'), 'page', ['programme_id'], unique=False)
    op.create_table('role_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=30), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('granted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['granted_by_id'], ['member.id'], name=op.f('fk_role_grant_granted_by_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_role_grant_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_role_grant_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('member_id', 'programme_id', 'role', name=op.f('uq_role_grant_member_id'))
    )
    op.create_index(op.f('ix_role_grant_member_id'), 'role_grant', ['member_id'], unique=False)
    op.create_index(op.f('ix_role_grant_programme_id'), 'role_grant', ['programme_id'], unique=False)
    op.create_table('page_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('summary', sa.String(length=300), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['page_id'], ['page.id'], name=op.f('fk_page_version_page_id_page'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['saved_by_id'], ['member.id'], name=op.f('fk_page_version_saved_by_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_version')),
    sa.UniqueConstraint('page_id', 'version', name=op.f('uq_page_version_page_id'))
    )
    op.create_index(op.f('ix_page_version_page_id'), 'page_version', ['page_id'], unique=False)
    _begin_audit_chain()


def downgrade() -> None:
    """Go down."""
    op.drop_index(op.f('ix_page_version_page_id'), table_name='page_version')
    op.drop_table('page_version')
    op.drop_index(op.f('ix_role_grant_programme_id'), table_name='role_grant')
    op.drop_index(op.f('ix_role_grant_member_id'), table_name='role_grant')
    op.drop_table('role_grant')
    op.drop_index(op.f('ix_page_programme_id'), table_name='page')
    op.drop_table('page')
    op.drop_index(op.f('ix_invitation_programme_id'), table_name='invitation')
    op.drop_index(op.f('ix_invitation_email'), table_name='invitation')
    op.drop_table('invitation')
    op.drop_index(op.f('ix_cohort_membership_programme_id'), table_name='cohort_membership')
    op.drop_index(op.f('ix_cohort_membership_member_id'), table_name='cohort_membership')
    op.drop_index(op.f('ix_cohort_membership_cohort_id'), table_name='cohort_membership')
    op.drop_table('cohort_membership')
    op.drop_index('ix_audit_event_subject', table_name='audit_event')
    op.drop_index(op.f('ix_audit_event_programme_id'), table_name='audit_event')
    op.drop_table('audit_event')
    op.drop_index(op.f('ix_member_organisation_id'), table_name='member')
    op.drop_table('member')
    op.drop_index(op.f('ix_cohort_event_programme_id'), table_name='cohort_event')
    op.drop_index(op.f('ix_cohort_event_cohort_id'), table_name='cohort_event')
    op.drop_table('cohort_event')
    op.drop_index(op.f('ix_support_service_programme_id'), table_name='support_service')
    op.drop_table('support_service')
    op.drop_index(op.f('ix_outbox_message_programme_id'), table_name='outbox_message')
    op.drop_index('ix_outbox_message_due', table_name='outbox_message')
    op.drop_table('outbox_message')
    op.drop_index(op.f('ix_organisation_programme_id'), table_name='organisation')
    op.drop_table('organisation')
    op.drop_index(op.f('ix_cohort_programme_id'), table_name='cohort')
    op.drop_table('cohort')
    op.drop_table('programme')
    op.drop_table('audit_chain')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change")


APPEND_ONLY_SQLITE = """
CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON audit_event
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
APPEND_ONLY_POSTGRESQL = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
"""


def _begin_audit_chain() -> None:
    op.execute(f"INSERT INTO audit_chain (id, length, head) VALUES (1, 0, '{'0' * 64}')")
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(APPEND_ONLY_SQLITE.format(verb=verb))
    else:
        op.execute(APPEND_ONLY_POSTGRESQL)
