"""Forums: boards, topics, posts and what members leave on them; the full-text index of posts."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

# The index holds published posts of published topics, and nothing else: triggers take out what is held, hidden or
# gone in the same transaction, whoever changes the row. A later migration that makes `post` or `topic` anew on SQLite
# (batch mode does, except to add a column) has to drop and make these again.
SQLITE = (
    """
    CREATE VIEW post_text AS
    SELECT post.id AS id, CASE post.number WHEN 1 THEN topic.title ELSE '' END AS title, post.plain AS plain
    FROM post JOIN topic ON topic.id = post.topic_id
    """,
    """
    CREATE VIRTUAL TABLE fts_post USING fts5(
        title, plain, content='post_text', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER fts_post_put AFTER INSERT ON post WHEN new.state = 'published' BEGIN
        INSERT INTO fts_post (rowid, title, plain)
        SELECT new.id, CASE new.number WHEN 1 THEN topic.title ELSE '' END, new.plain
        FROM topic WHERE topic.id = new.topic_id AND topic.state = 'published';
    END
    """,
    """
    CREATE TRIGGER fts_post_change AFTER UPDATE OF plain, state, topic_id, number ON post BEGIN
        INSERT INTO fts_post (fts_post, rowid, title, plain)
        SELECT 'delete', old.id, CASE old.number WHEN 1 THEN topic.title ELSE '' END, old.plain
        FROM topic WHERE topic.id = old.topic_id AND topic.state = 'published' AND old.state = 'published';
        INSERT INTO fts_post (rowid, title, plain)
        SELECT new.id, CASE new.number WHEN 1 THEN topic.title ELSE '' END, new.plain
        FROM topic WHERE topic.id = new.topic_id AND topic.state = 'published' AND new.state = 'published';
    END
    """,
    """
    CREATE TRIGGER fts_post_take AFTER DELETE ON post WHEN old.state = 'published' BEGIN
        INSERT INTO fts_post (fts_post, rowid, title, plain)
        SELECT 'delete', old.id, CASE old.number WHEN 1 THEN topic.title ELSE '' END, old.plain
        FROM topic WHERE topic.id = old.topic_id AND topic.state = 'published';
    END
    """,
    """
    CREATE TRIGGER fts_post_topic AFTER UPDATE OF title, state ON topic
    WHEN old.title <> new.title OR old.state <> new.state BEGIN
        INSERT INTO fts_post (fts_post, rowid, title, plain)
        SELECT 'delete', post.id, CASE post.number WHEN 1 THEN old.title ELSE '' END, post.plain
        FROM post WHERE post.topic_id = old.id AND post.state = 'published' AND old.state = 'published'
        AND (post.number = 1 OR old.state <> new.state);
        INSERT INTO fts_post (rowid, title, plain)
        SELECT post.id, CASE post.number WHEN 1 THEN new.title ELSE '' END, post.plain
        FROM post WHERE post.topic_id = new.id AND post.state = 'published' AND new.state = 'published'
        AND (post.number = 1 OR old.state <> new.state);
    END
    """,
)

POSTGRESQL = (
    """
    CREATE TABLE fts_post (
        post_id integer NOT NULL CONSTRAINT pk_fts_post PRIMARY KEY
            CONSTRAINT fk_fts_post_post_id_post REFERENCES post (id) ON DELETE CASCADE,
        search tsvector NOT NULL
    )
    """,
    "CREATE INDEX ix_fts_post_search ON fts_post USING gin (search)",
    """
    CREATE FUNCTION fts_post_vector(number integer, title text, plain text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT setweight(to_tsvector('english', CASE number WHEN 1 THEN title ELSE '' END), 'A')
            || setweight(to_tsvector('english', plain), 'B')
    $$
    """,
    """
    CREATE FUNCTION fts_post_of_post() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            DELETE FROM fts_post WHERE post_id = OLD.id;
        END IF;
        IF NEW.state = 'published' THEN
            INSERT INTO fts_post (post_id, search)
            SELECT NEW.id, fts_post_vector(NEW.number, topic.title, NEW.plain)
            FROM topic WHERE topic.id = NEW.topic_id AND topic.state = 'published';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER fts_post_put AFTER INSERT OR UPDATE OF plain, state, topic_id, number ON post
    FOR EACH ROW EXECUTE FUNCTION fts_post_of_post()
    """,
    """
    CREATE FUNCTION fts_post_of_topic() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM fts_post USING post
        WHERE fts_post.post_id = post.id AND post.topic_id = NEW.id
        AND (post.number = 1 OR OLD.state <> NEW.state);
        IF NEW.state = 'published' THEN
            INSERT INTO fts_post (post_id, search)
            SELECT post.id, fts_post_vector(post.number, NEW.title, post.plain)
            FROM post WHERE post.topic_id = NEW.id AND post.state = 'published'
            AND (post.number = 1 OR OLD.state <> NEW.state);
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER fts_post_topic AFTER UPDATE OF title, state ON topic
    FOR EACH ROW WHEN (OLD.title <> NEW.title OR OLD.state <> NEW.state) EXECUTE FUNCTION fts_post_of_topic()
    """,
)

SQLITE_BACK = (
    "DROP TRIGGER fts_post_topic",
    "DROP TRIGGER fts_post_take",
    "DROP TRIGGER fts_post_change",
    "DROP TRIGGER fts_post_put",
    "DROP TABLE fts_post",
    "DROP VIEW post_text",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER fts_post_topic ON topic",
    "DROP TRIGGER fts_post_put ON post",
    "DROP FUNCTION fts_post_of_topic()",
    "DROP FUNCTION fts_post_of_post()",
    "DROP TABLE fts_post",
    "DROP FUNCTION fts_post_vector(integer, text, text)",
)


def upgrade() -> None:
    """Go up."""
    op.create_table('tag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_tag_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tag')),
    sa.UniqueConstraint('programme_id', 'slug', name=op.f('uq_tag_programme_id'))
    )
    op.create_table('board',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('description', sa.String(length=300), nullable=False),
    sa.Column('audience', sa.String(length=30), nullable=False),
    sa.Column('cohort_id', sa.Integer(), nullable=True),
    sa.Column('label', sa.String(length=30), nullable=False),
    sa.Column('anonymity', sa.Boolean(), nullable=False),
    sa.Column('pre_approval', sa.Boolean(), nullable=False),
    sa.Column('sensitive', sa.Boolean(), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('topics', sa.Integer(), nullable=False),
    sa.Column('posts', sa.Integer(), nullable=False),
    sa.CheckConstraint("(audience = 'cohort') = (cohort_id IS NOT NULL)", name=op.f('ck_board_a_cohort_has_its_board')),
    sa.CheckConstraint('topics >= 0 AND posts >= 0', name=op.f('ck_board_counts_something')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_board_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_board_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board')),
    sa.UniqueConstraint('programme_id', 'slug', name=op.f('uq_board_programme_id'))
    )
    op.create_index(op.f('ix_board_cohort_id'), 'board', ['cohort_id'], unique=False)
    op.create_index(op.f('ix_board_programme_id'), 'board', ['programme_id'], unique=False)
    op.create_table('board_acknowledgement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=True),
    sa.Column('cohort_id', sa.Integer(), nullable=True),
    sa.Column('label', sa.String(length=30), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(board_id IS NULL) <> (cohort_id IS NULL)', name=op.f('ck_board_acknowledgement_of_a_board_or_a_cohort')),
    sa.ForeignKeyConstraint(['board_id'], ['board.id'], name=op.f('fk_board_acknowledgement_board_id_board'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_board_acknowledgement_cohort_id_cohort'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_board_acknowledgement_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_board_acknowledgement_programme_id_programme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_acknowledgement')),
    sa.UniqueConstraint('member_id', 'board_id', 'label', name=op.f('uq_board_acknowledgement_member_id')),
    sa.UniqueConstraint('member_id', 'cohort_id', 'label', name='uq_board_acknowledgement_cohort')
    )
    op.create_index(op.f('ix_board_acknowledgement_board_id'), 'board_acknowledgement', ['board_id'], unique=False)
    op.create_index(op.f('ix_board_acknowledgement_cohort_id'), 'board_acknowledgement', ['cohort_id'], unique=False)
    op.create_index(op.f('ix_board_acknowledgement_programme_id'), 'board_acknowledgement', ['programme_id'], unique=False)
    op.create_table('board_position',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('read_until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['board_id'], ['board.id'], name=op.f('fk_board_position_board_id_board'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_board_position_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_board_position_programme_id_programme')),
    sa.PrimaryKeyConstraint('member_id', 'board_id', name=op.f('pk_board_position'))
    )
    op.create_index('ix_board_position_board_id', 'board_position', ['board_id'], unique=False)
    op.create_index(op.f('ix_board_position_programme_id'), 'board_position', ['programme_id'], unique=False)
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
    op.create_table('topic',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('anonymous', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('state_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('newest_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('newest_number', sa.Integer(), nullable=False),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.Column('posts', sa.Integer(), nullable=False),
    sa.Column('pinned', sa.Boolean(), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.Column('accepted_number', sa.Integer(), nullable=True),
    sa.CheckConstraint("accepted_number IS NULL OR kind = 'question'", name=op.f('ck_topic_only_questions_have_answers')),
    sa.CheckConstraint("state IN ('published', 'held') OR state_at IS NOT NULL", name=op.f('ck_topic_kept_back_at_a_time')),
    sa.CheckConstraint('0 <= newest_number AND newest_number <= last_number', name=op.f('ck_topic_newest_is_one_of_them')),
    sa.CheckConstraint('0 <= posts AND posts <= last_number', name=op.f('ck_topic_no_more_posts_than_numbers')),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_topic_author_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['board_id'], ['board.id'], name=op.f('fk_topic_board_id_board')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_topic_programme_id_programme')),
    sa.ForeignKeyConstraint(['state_by_id'], ['member.id'], name=op.f('fk_topic_state_by_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic'))
    )
    op.create_index(op.f('ix_topic_author_id'), 'topic', ['author_id'], unique=False)
    op.create_index('ix_topic_list', 'topic', ['board_id', 'pinned', 'newest_at', 'id'], unique=False)
    op.create_index('ix_topic_newest', 'topic', ['programme_id', 'newest_at'], unique=False)
    op.create_table('reading_position',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('last_read', sa.Integer(), nullable=False),
    sa.Column('follow', sa.String(length=30), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('last_read >= 0', name=op.f('ck_reading_position_read_something')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_reading_position_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_reading_position_programme_id_programme')),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_reading_position_topic_id_topic'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'topic_id', name=op.f('pk_reading_position'))
    )
    op.create_index(op.f('ix_reading_position_programme_id'), 'reading_position', ['programme_id'], unique=False)
    op.create_index('ix_reading_position_topic_id', 'reading_position', ['topic_id', 'follow'], unique=False)
    op.create_table('topic_alias',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_topic_alias_member_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_topic_alias_programme_id_programme')),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_topic_alias_topic_id_topic'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_topic_alias')),
    sa.UniqueConstraint('topic_id', 'member_id', name=op.f('uq_topic_alias_topic_id')),
    sa.UniqueConstraint('topic_id', 'name', name='uq_topic_alias_name')
    )
    op.create_index(op.f('ix_topic_alias_member_id'), 'topic_alias', ['member_id'], unique=False)
    op.create_index(op.f('ix_topic_alias_programme_id'), 'topic_alias', ['programme_id'], unique=False)
    op.create_table('topic_tag',
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('tag_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_topic_tag_programme_id_programme')),
    sa.ForeignKeyConstraint(['tag_id'], ['tag.id'], name=op.f('fk_topic_tag_tag_id_tag'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_topic_tag_topic_id_topic'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('topic_id', 'tag_id', name=op.f('pk_topic_tag'))
    )
    op.create_index(op.f('ix_topic_tag_programme_id'), 'topic_tag', ['programme_id'], unique=False)
    op.create_index(op.f('ix_topic_tag_tag_id'), 'topic_tag', ['tag_id'], unique=False)
    op.create_table('post',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('alias_id', sa.Integer(), nullable=True),
    sa.Column('reply_to_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('state_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('cook_version', sa.Integer(), nullable=False),
    sa.Column('client_key', sa.String(length=36), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('plain', sa.Text(), nullable=False),
    sa.CheckConstraint("state IN ('published', 'held') OR state_at IS NOT NULL", name=op.f('ck_post_kept_back_at_a_time')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_post_numbered_from_one')),
    sa.ForeignKeyConstraint(['alias_id'], ['topic_alias.id'], name=op.f('fk_post_alias_id_topic_alias')),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_post_author_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_post_programme_id_programme')),
    sa.ForeignKeyConstraint(['reply_to_id'], ['post.id'], name=op.f('fk_post_reply_to_id_post'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['state_by_id'], ['member.id'], name=op.f('fk_post_state_by_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_post_topic_id_topic')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post')),
    sa.UniqueConstraint('author_id', 'client_key', name=op.f('uq_post_author_id')),
    sa.UniqueConstraint('topic_id', 'number', name=op.f('uq_post_topic_id'))
    )
    op.create_index(op.f('ix_post_alias_id'), 'post', ['alias_id'], unique=False)
    op.create_index(op.f('ix_post_programme_id'), 'post', ['programme_id'], unique=False)
    op.create_index(op.f('ix_post_reply_to_id'), 'post', ['reply_to_id'], unique=False)
    op.create_table('bookmark',
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_bookmark_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_bookmark_post_id_post'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_bookmark_programme_id_programme')),
    sa.PrimaryKeyConstraint('member_id', 'post_id', name=op.f('pk_bookmark'))
    )
    op.create_index(op.f('ix_bookmark_post_id'), 'bookmark', ['post_id'], unique=False)
    op.create_index(op.f('ix_bookmark_programme_id'), 'bookmark', ['programme_id'], unique=False)
    op.create_table('mention',
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_mention_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_mention_post_id_post'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_mention_programme_id_programme')),
    sa.PrimaryKeyConstraint('post_id', 'member_id', name=op.f('pk_mention'))
    )
    op.create_index(op.f('ix_mention_member_id'), 'mention', ['member_id'], unique=False)
    op.create_index(op.f('ix_mention_programme_id'), 'mention', ['programme_id'], unique=False)
    op.create_table('post_quote',
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('quoted_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_post_quote_post_id_post'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_post_quote_programme_id_programme')),
    sa.ForeignKeyConstraint(['quoted_id'], ['post.id'], name=op.f('fk_post_quote_quoted_id_post'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('post_id', 'quoted_id', name=op.f('pk_post_quote'))
    )
    op.create_index(op.f('ix_post_quote_programme_id'), 'post_quote', ['programme_id'], unique=False)
    op.create_index(op.f('ix_post_quote_quoted_id'), 'post_quote', ['quoted_id'], unique=False)
    op.create_table('post_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_post_revision_post_id_post'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_post_revision_programme_id_programme')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['member.id'], name=op.f('fk_post_revision_replaced_by_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post_revision')),
    sa.UniqueConstraint('post_id', 'version', name=op.f('uq_post_revision_post_id'))
    )
    op.create_index(op.f('ix_post_revision_programme_id'), 'post_revision', ['programme_id'], unique=False)
    op.create_table('reaction',
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_reaction_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['post_id'], ['post.id'], name=op.f('fk_reaction_post_id_post'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_reaction_programme_id_programme')),
    sa.PrimaryKeyConstraint('post_id', 'member_id', 'kind', name=op.f('pk_reaction'))
    )
    op.create_index(op.f('ix_reaction_member_id'), 'reaction', ['member_id'], unique=False)
    op.create_index(op.f('ix_reaction_programme_id'), 'reaction', ['programme_id'], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Go down."""
    for statement in SQLITE_BACK if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL_BACK:
        op.execute(statement)
    op.drop_table('reaction')
    op.drop_index(op.f('ix_post_revision_programme_id'), table_name='post_revision')
    op.drop_table('post_revision')
    op.drop_index(op.f('ix_post_quote_quoted_id'), table_name='post_quote')
    op.drop_index(op.f('ix_post_quote_programme_id'), table_name='post_quote')
    op.drop_table('post_quote')
    op.drop_index(op.f('ix_mention_programme_id'), table_name='mention')
    op.drop_index(op.f('ix_mention_member_id'), table_name='mention')
    op.drop_table('mention')
    op.drop_index(op.f('ix_bookmark_programme_id'), table_name='bookmark')
    op.drop_index(op.f('ix_bookmark_post_id'), table_name='bookmark')
    op.drop_table('bookmark')
    op.drop_index(op.f('ix_post_reply_to_id'), table_name='post')
    op.drop_index(op.f('ix_post_programme_id'), table_name='post')
    op.drop_index(op.f('ix_post_alias_id'), table_name='post')
    op.drop_table('post')
    op.drop_index(op.f('ix_topic_tag_tag_id'), table_name='topic_tag')
    op.drop_index(op.f('ix_topic_tag_programme_id'), table_name='topic_tag')
    op.drop_table('topic_tag')
    op.drop_index(op.f('ix_topic_alias_programme_id'), table_name='topic_alias')
    op.drop_index(op.f('ix_topic_alias_member_id'), table_name='topic_alias')
    op.drop_table('topic_alias')
    op.drop_index('ix_reading_position_topic_id', table_name='reading_position')
    op.drop_index(op.f('ix_reading_position_programme_id'), table_name='reading_position')
    op.drop_table('reading_position')
    op.drop_index('ix_topic_newest', table_name='topic')
    op.drop_index('ix_topic_list', table_name='topic')
    op.drop_index(op.f('ix_topic_author_id'), table_name='topic')
    op.drop_table('topic')
    op.drop_index(op.f('ix_draft_programme_id'), table_name='draft')
    op.drop_table('draft')
    op.drop_index(op.f('ix_board_position_programme_id'), table_name='board_position')
    op.drop_index('ix_board_position_board_id', table_name='board_position')
    op.drop_table('board_position')
    op.drop_index(op.f('ix_board_acknowledgement_programme_id'), table_name='board_acknowledgement')
    op.drop_index(op.f('ix_board_acknowledgement_cohort_id'), table_name='board_acknowledgement')
    op.drop_index(op.f('ix_board_acknowledgement_board_id'), table_name='board_acknowledgement')
    op.drop_table('board_acknowledgement')
    op.drop_index(op.f('ix_board_programme_id'), table_name='board')
    op.drop_index(op.f('ix_board_cohort_id'), table_name='board')
    op.drop_table('board')
    op.drop_table('tag')
