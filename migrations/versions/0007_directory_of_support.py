"""The directory of support: services with their ways, hours, places and needs, and what the search reads."""

from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

# What begins with fts_ is no part of the models (app.core.db.in_models). A later migration that makes service_index anew
# on SQLite has to make these triggers anew as well.
SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE fts_service USING fts5(
        name, needs, words, content='service_index', content_rowid='service_id',
        tokenize='porter unicode61 remove_diacritics 2', prefix='3'
    )
    """,
    """
    CREATE TRIGGER fts_service_insert AFTER INSERT ON service_index BEGIN
        INSERT INTO fts_service(rowid, name, needs, words) VALUES (new.service_id, new.name, new.needs, new.words);
    END
    """,
    """
    CREATE TRIGGER fts_service_delete AFTER DELETE ON service_index BEGIN
        INSERT INTO fts_service(fts_service, rowid, name, needs, words)
        VALUES ('delete', old.service_id, old.name, old.needs, old.words);
    END
    """,
    """
    CREATE TRIGGER fts_service_update AFTER UPDATE ON service_index BEGIN
        INSERT INTO fts_service(fts_service, rowid, name, needs, words)
        VALUES ('delete', old.service_id, old.name, old.needs, old.words);
        INSERT INTO fts_service(rowid, name, needs, words) VALUES (new.service_id, new.name, new.needs, new.words);
    END
    """,
)
POSTGRESQL_SEARCH = (
    """
    ALTER TABLE service_index ADD COLUMN fts_document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', name), 'A')
        || setweight(to_tsvector('english', needs), 'B')
        || setweight(to_tsvector('english', words), 'D')
    ) STORED
    """,
    "CREATE INDEX fts_service_index_document ON service_index USING gin (fts_document)",
)


def upgrade() -> None:
    """Go up: what the small table of before held is carried over."""
    bind = op.get_bind()
    before = bind.execute(sa.text("SELECT * FROM support_service")).mappings().all()
    op.drop_table('support_service')
    _create()
    for statement in SQLITE_SEARCH if bind.dialect.name == "sqlite" else POSTGRESQL_SEARCH:
        op.execute(statement)
    for row in before:
        _carry_over(bind, row)
    if bind.dialect.name == "postgresql" and before:
        op.execute("SELECT setval('support_service_id_seq', (SELECT max(id) FROM support_service))")


def downgrade() -> None:
    """Go down: names, summaries and addresses are kept, all else is lost."""
    bind = op.get_bind()
    kept = bind.execute(
        sa.text("SELECT id, programme_id, slug, name, summary, url, urgent, position FROM support_service")
    ).mappings().all()
    if bind.dialect.name == "sqlite":
        for event in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER fts_service_{event}")
        op.execute("DROP TABLE fts_service")
    else:
        op.execute("DROP INDEX fts_service_index_document")
    op.drop_index(op.f('ix_service_schedule_at_location_id'), table_name='service_schedule')
    op.drop_index(op.f('ix_service_schedule_service_id'), table_name='service_schedule')
    op.drop_table('service_schedule')
    op.drop_index(op.f('ix_service_term_term_id'), table_name='service_term')
    op.drop_table('service_term')
    op.drop_index(op.f('ix_service_source_service_id'), table_name='service_source')
    op.drop_table('service_source')
    op.drop_index(op.f('ix_service_phone_service_id'), table_name='service_phone')
    op.drop_table('service_phone')
    op.drop_index(op.f('ix_service_language_service_id'), table_name='service_language')
    op.drop_table('service_language')
    op.drop_table('service_index')
    op.drop_index(op.f('ix_service_contact_service_id'), table_name='service_contact')
    op.drop_table('service_contact')
    op.drop_index(op.f('ix_service_at_location_location_id'), table_name='service_at_location')
    op.drop_table('service_at_location')
    op.drop_index(op.f('ix_service_area_service_id'), table_name='service_area')
    op.drop_table('service_area')
    op.drop_index(op.f('ix_saved_service_service_id'), table_name='saved_service')
    op.drop_table('saved_service')
    op.drop_index('ix_support_service_listed', table_name='support_service')
    op.drop_index('ix_support_service_next_check', table_name='support_service')
    op.drop_index(op.f('ix_support_service_organisation_id'), table_name='support_service')
    op.drop_index(op.f('ix_support_service_owner_id'), table_name='support_service')
    op.drop_index(op.f('ix_support_service_programme_id'), table_name='support_service')
    op.drop_index(op.f('ix_support_service_provider_id'), table_name='support_service')
    op.drop_table('support_service')
    op.drop_table('term_synonym')
    op.drop_index(op.f('ix_taxonomy_term_parent_id'), table_name='taxonomy_term')
    op.drop_table('taxonomy_term')
    op.drop_index(op.f('ix_support_provider_programme_id'), table_name='support_provider')
    op.drop_table('support_provider')
    op.drop_index('uq_need_gap_month', table_name='need_gap')
    op.drop_table('need_gap')
    op.drop_table('taxonomy')
    op.drop_index('ix_support_location_point', table_name='support_location')
    op.drop_table('support_location')
    op.drop_table('search_word')
    old = _old_table()
    for row in kept:
        short = {"slug": row["slug"][:60], "name": row["name"][:120], "url": row["url"][:300]}
        bind.execute(old.insert().values(**(dict(row) | short), telephone="", text="", checked=""))


def _carry_over(bind: sa.Connection, row: sa.RowMapping) -> None:
    now = datetime.now(UTC)
    service = sa.table("support_service", *(sa.column(name) for name in NEW_COLUMNS))
    phone = sa.table("service_phone", *(sa.column(name) for name in PHONE_COLUMNS))
    values = dict.fromkeys(NEW_COLUMNS, "") | {
        "id": row["id"], "programme_id": row["programme_id"], "slug": row["slug"], "name": row["name"],
        "summary": row["summary"], "url": row["url"], "urgent": bool(row["urgent"]), "position": row["position"],
        "uuid": str(uuid4()), "state": "published", "status": "active", "reach": "national", "independent": False,
        "cook_version": 0, "always_open": False, "bank_holidays": "unknown", "needs_checking": True, "version": 1,
        "created_at": sa.bindparam("created_at", now, sa.DateTime(timezone=True)),
        "updated_at": sa.bindparam("updated_at", now, sa.DateTime(timezone=True)),
        "extra": sa.bindparam("extra", {}, sa.JSON()),
    }
    bind.execute(service.insert().values(**values))
    ways = [("voice", row["telephone"], ""), ("text", row["text"], row["text"])]
    for place, (kind, number, label) in enumerate(ways):
        digits = "".join(sign for sign in number if sign.isdigit()) if kind == "text" else number
        if digits:
            bind.execute(phone.insert().values(
                uuid=str(uuid4()), service_id=row["id"], kind=kind, number=digits[:40], extension="", label=label,
                position=place, extra=sa.bindparam("extra", {}, sa.JSON()),
            ))


NEW_COLUMNS = (
    "id", "uuid", "programme_id", "slug", "state", "status", "urgent", "reach", "independent", "position", "name",
    "summary", "description", "html", "cook_version", "what_happens", "alert", "url", "chat_url", "email", "eligibility",
    "area", "organisation_kinds", "professions", "ways", "always_open", "bank_holidays", "hours_words", "fees",
    "confidential_words", "needs_checking", "source", "version", "created_at", "updated_at", "extra",
)
PHONE_COLUMNS = ("uuid", "service_id", "kind", "number", "extension", "label", "position", "extra")


def _old_table() -> sa.Table:
    made = op.create_table('support_service',
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
    return made


def _create() -> None:
    op.create_table('search_word',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('word', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_word')),
    sa.UniqueConstraint('word', name=op.f('uq_search_word_word'))
    )
    op.create_table('support_location',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('location_type', sa.String(length=30), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('city', sa.String(length=120), nullable=False),
    sa.Column('region', sa.String(length=120), nullable=False),
    sa.Column('county', sa.String(length=120), nullable=False),
    sa.Column('postcode', sa.String(length=20), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('accessibility', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_id', sa.String(length=200), nullable=True),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.CheckConstraint('(latitude IS NULL) = (longitude IS NULL)', name=op.f('ck_support_location_a_point_has_both')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_location')),
    sa.UniqueConstraint('source', 'source_id', name=op.f('uq_support_location_source')),
    sa.UniqueConstraint('uuid', name=op.f('uq_support_location_uuid'))
    )
    op.create_index('ix_support_location_point', 'support_location', ['latitude', 'longitude'], unique=False)
    op.create_table('taxonomy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('uri', sa.String(length=500), nullable=False),
    sa.Column('version', sa.String(length=40), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_taxonomy')),
    sa.UniqueConstraint('name', name=op.f('uq_taxonomy_name')),
    sa.UniqueConstraint('uuid', name=op.f('uq_taxonomy_uuid'))
    )
    op.create_table('need_gap',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('need', sa.String(length=60), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.CheckConstraint('times > 0', name=op.f('ck_need_gap_counted')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_need_gap_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need_gap'))
    )
    op.create_index('uq_need_gap_month', 'need_gap', ['programme_id', 'need', 'month'], unique=True)
    op.create_table('support_provider',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_id', sa.String(length=200), nullable=True),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_support_provider_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_provider')),
    sa.UniqueConstraint('source', 'source_id', name=op.f('uq_support_provider_source')),
    sa.UniqueConstraint('uuid', name=op.f('uq_support_provider_uuid'))
    )
    op.create_index(op.f('ix_support_provider_programme_id'), 'support_provider', ['programme_id'], unique=False)
    op.create_table('taxonomy_term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('taxonomy_id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(length=200), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('uri', sa.String(length=500), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['taxonomy_term.id'], name=op.f('fk_taxonomy_term_parent_id_taxonomy_term')),
    sa.ForeignKeyConstraint(['taxonomy_id'], ['taxonomy.id'], name=op.f('fk_taxonomy_term_taxonomy_id_taxonomy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_taxonomy_term')),
    sa.UniqueConstraint('taxonomy_id', 'code', name=op.f('uq_taxonomy_term_taxonomy_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_taxonomy_term_uuid'))
    )
    op.create_index(op.f('ix_taxonomy_term_parent_id'), 'taxonomy_term', ['parent_id'], unique=False)
    op.create_table('term_synonym',
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['term_id'], ['taxonomy_term.id'], name=op.f('fk_term_synonym_term_id_taxonomy_term'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('term_id', 'words', name=op.f('pk_term_synonym'))
    )
    op.create_table('support_service',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('provider_id', sa.Integer(), nullable=True),
    sa.Column('template', sa.String(length=30), nullable=True),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('status', sa.String(length=30), nullable=False),
    sa.Column('urgent', sa.Boolean(), nullable=False),
    sa.Column('reach', sa.String(length=30), nullable=False),
    sa.Column('independent', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('summary', sa.String(length=500), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('cook_version', sa.Integer(), nullable=False),
    sa.Column('what_happens', sa.String(length=1000), nullable=False),
    sa.Column('alert', sa.String(length=500), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('chat_url', sa.String(length=500), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('eligibility', sa.String(length=1000), nullable=False),
    sa.Column('minimum_age', sa.Double(), nullable=True),
    sa.Column('maximum_age', sa.Double(), nullable=True),
    sa.Column('area', sa.String(length=200), nullable=False),
    sa.Column('organisation_kinds', sa.String(length=100), nullable=False),
    sa.Column('professions', sa.String(length=200), nullable=False),
    sa.Column('for_managers', sa.Boolean(), nullable=True),
    sa.Column('ways', sa.String(length=100), nullable=False),
    sa.Column('always_open', sa.Boolean(), nullable=False),
    sa.Column('bank_holidays', sa.String(length=30), nullable=False),
    sa.Column('hours_words', sa.String(length=300), nullable=False),
    sa.Column('free', sa.Boolean(), nullable=True),
    sa.Column('fees', sa.String(length=500), nullable=False),
    sa.Column('confidential', sa.String(length=30), nullable=True),
    sa.Column('confidential_words', sa.String(length=500), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('next_check_on', sa.Date(), nullable=True),
    sa.Column('needs_checking', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_id', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_by_id', sa.Integer(), nullable=True),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.CheckConstraint('checked_on <= next_check_on', name=op.f('ck_support_service_checks_in_order')),
    sa.CheckConstraint('minimum_age <= maximum_age', name=op.f('ck_support_service_ages_in_order')),
    sa.CheckConstraint('organisation_id IS NULL OR programme_id IS NOT NULL', name=op.f('ck_support_service_organisation_has_a_programme')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_support_service_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['owner_id'], ['member.id'], name=op.f('fk_support_service_owner_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_support_service_programme_id_programme')),
    sa.ForeignKeyConstraint(['provider_id'], ['support_provider.id'], name=op.f('fk_support_service_provider_id_support_provider')),
    sa.ForeignKeyConstraint(['updated_by_id'], ['member.id'], name=op.f('fk_support_service_updated_by_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_service')),
    sa.UniqueConstraint('organisation_id', 'template', name=op.f('uq_support_service_organisation_id')),
    sa.UniqueConstraint('slug', name=op.f('uq_support_service_slug')),
    sa.UniqueConstraint('source', 'source_id', name=op.f('uq_support_service_source')),
    sa.UniqueConstraint('uuid', name=op.f('uq_support_service_uuid'))
    )
    op.create_index('ix_support_service_listed', 'support_service', ['state', 'urgent', 'reach', 'name', 'id'], unique=False)
    op.create_index('ix_support_service_next_check', 'support_service', ['next_check_on'], unique=False)
    op.create_index(op.f('ix_support_service_organisation_id'), 'support_service', ['organisation_id'], unique=False)
    op.create_index(op.f('ix_support_service_owner_id'), 'support_service', ['owner_id'], unique=False)
    op.create_index(op.f('ix_support_service_programme_id'), 'support_service', ['programme_id'], unique=False)
    op.create_index(op.f('ix_support_service_provider_id'), 'support_service', ['provider_id'], unique=False)
    op.create_table('saved_service',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_saved_service_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_saved_service_service_id_support_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'service_id', name=op.f('pk_saved_service'))
    )
    op.create_index(op.f('ix_saved_service_service_id'), 'saved_service', ['service_id'], unique=False)
    op.create_table('service_area',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_service_area_service_id_support_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_area')),
    sa.UniqueConstraint('uuid', name=op.f('uq_service_area_uuid'))
    )
    op.create_index(op.f('ix_service_area_service_id'), 'service_area', ['service_id'], unique=False)
    op.create_table('service_at_location',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('location_id', sa.Integer(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['location_id'], ['support_location.id'], name=op.f('fk_service_at_location_location_id_support_location'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_service_at_location_service_id_support_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_at_location')),
    sa.UniqueConstraint('service_id', 'location_id', name=op.f('uq_service_at_location_service_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_service_at_location_uuid'))
    )
    op.create_index(op.f('ix_service_at_location_location_id'), 'service_at_location', ['location_id'], unique=False)
    op.create_table('service_contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('telephone', sa.String(length=40), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_service_contact_service_id_support_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_contact')),
    sa.UniqueConstraint('uuid', name=op.f('uq_service_contact_uuid'))
    )
    op.create_index(op.f('ix_service_contact_service_id'), 'service_contact', ['service_id'], unique=False)
    op.create_table('service_index',
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('needs', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_service_index_service_id_support_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('service_id', name=op.f('pk_service_index'))
    )
    op.create_table('service_language',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_service_language_service_id_support_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_language')),
    sa.UniqueConstraint('uuid', name=op.f('uq_service_language_uuid'))
    )
    op.create_index(op.f('ix_service_language_service_id'), 'service_language', ['service_id'], unique=False)
    op.create_table('service_phone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('extension', sa.String(length=20), nullable=False),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_service_phone_service_id_support_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_phone')),
    sa.UniqueConstraint('uuid', name=op.f('uq_service_phone_uuid'))
    )
    op.create_index(op.f('ix_service_phone_service_id'), 'service_phone', ['service_id'], unique=False)
    op.create_table('service_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('read_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_service_source_service_id_support_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_source'))
    )
    op.create_index(op.f('ix_service_source_service_id'), 'service_source', ['service_id'], unique=False)
    op.create_table('service_term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.Column('link_type', sa.String(length=80), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_service_term_service_id_support_service'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['term_id'], ['taxonomy_term.id'], name=op.f('fk_service_term_term_id_taxonomy_term'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_term')),
    sa.UniqueConstraint('service_id', 'term_id', name=op.f('uq_service_term_service_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_service_term_uuid'))
    )
    op.create_index(op.f('ix_service_term_term_id'), 'service_term', ['term_id'], unique=False)
    op.create_table('service_schedule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('at_location_id', sa.Integer(), nullable=True),
    sa.Column('freq', sa.String(length=10), nullable=False),
    sa.Column('interval', sa.Integer(), nullable=False),
    sa.Column('byday', sa.String(length=80), nullable=False),
    sa.Column('bymonthday', sa.String(length=120), nullable=False),
    sa.Column('opens_at', sa.Time(), nullable=True),
    sa.Column('closes_at', sa.Time(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('description', sa.String(length=500), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['at_location_id'], ['service_at_location.id'], name=op.f('fk_service_schedule_at_location_id_service_at_location'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['service_id'], ['support_service.id'], name=op.f('fk_service_schedule_service_id_support_service'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_schedule')),
    sa.UniqueConstraint('uuid', name=op.f('uq_service_schedule_uuid'))
    )
    op.create_index(op.f('ix_service_schedule_at_location_id'), 'service_schedule', ['at_location_id'], unique=False)
    op.create_index(op.f('ix_service_schedule_service_id'), 'service_schedule', ['service_id'], unique=False)
