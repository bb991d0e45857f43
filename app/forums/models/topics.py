"""Topics and their numbered posts, aliases, revisions, drafts, quotes and tags."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.crypto import EncryptedJson
from app.core.db import Model, UtcDateTime, text_enum
from app.forums.rules import (
    LONGEST_ALIAS,
    LONGEST_KEY,
    LONGEST_PLACE,
    LONGEST_TAG,
    LONGEST_TITLE,
    PostState,
    TopicKind,
)

SINCE = "{} IN ('published', 'held') OR state_at IS NOT NULL"  # from then on it was kept from its readers


class Topic(Model):
    """A discussion or a question. Its first post has number 1, and belongs to whoever began it.

    `last_number` is the number that was given last, also to a post that is held: it only rises. `newest_number` and
    `newest_at` are those of the last post that is published, `posts` counts the published ones, the first included.
    `anonymous`: whoever began it did so under their alias in it.
    """

    __tablename__ = "topic"
    __table_args__ = (
        CheckConstraint(SINCE.format("state"), name="kept_back_at_a_time"),
        CheckConstraint("0 <= newest_number AND newest_number <= last_number", name="newest_is_one_of_them"),
        CheckConstraint("0 <= posts AND posts <= last_number", name="no_more_posts_than_numbers"),
        CheckConstraint("accepted_number IS NULL OR kind = 'question'", name="only_questions_have_answers"),
        # The list of a board: pinned ones first, then by what is new.
        Index("ix_topic_list", "board_id", "pinned", "newest_at", "id"),
        Index("ix_topic_newest", "programme_id", "newest_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"))
    kind: Mapped[TopicKind] = mapped_column(text_enum(TopicKind))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    # None only where the account was erased; shown as a former member.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    anonymous: Mapped[bool] = mapped_column(default=False)
    state: Mapped[PostState] = mapped_column(text_enum(PostState))
    state_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    newest_at: Mapped[datetime] = mapped_column(UtcDateTime)
    newest_number: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    posts: Mapped[int] = mapped_column(default=0)
    pinned: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=False)
    # The number of the post that answers the question.
    accepted_number: Mapped[int | None]


class Alias(Model):
    """The name under which a member writes in one topic without their own; nothing links it to another topic."""

    __tablename__ = "topic_alias"
    __table_args__ = (
        UniqueConstraint("topic_id", "member_id"),
        UniqueConstraint("topic_id", "name", name="uq_topic_alias_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_ALIAS))


class Post(Model):
    """One post. Its number in the topic is never given to another one; its author is kept under an alias too.

    `body` is what was written, `html` what app.core.html made of it, `plain` the words of it that search knows.
    `client_key` comes with the form, so that two presses of its button make one post.
    """

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("topic_id", "number"),
        UniqueConstraint("author_id", "client_key"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        CheckConstraint(SINCE.format("state"), name="kept_back_at_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    number: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    alias_id: Mapped[int | None] = mapped_column(ForeignKey("topic_alias.id"), index=True)
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="SET NULL"), index=True)
    state: Mapped[PostState] = mapped_column(text_enum(PostState))
    state_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))
    state_before: Mapped[PostState | None] = mapped_column(text_enum(PostState))  # of a deleted one, for undoing it
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    cook_version: Mapped[int]
    client_key: Mapped[str | None] = mapped_column(String(LONGEST_KEY))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)


class PostRevision(Model):
    """What a post said before it was edited: `version` is the one that these words were."""

    __tablename__ = "post_revision"
    __table_args__ = (UniqueConstraint("post_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), default="")  # of a first post, the topic's
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="SET NULL"))


class Draft(Model):
    """What somebody is writing at a place: "board/3" (a topic), "topic/12" (a reply), "post/7" (an edit).

    `key` is the client key of the page that it is written on, so that posting it there lets go of it. Only its author
    reads it, and nobody has looked at it yet: it is kept closed.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("member_id", "key"), Index("ix_draft_place", "member_id", "place"))

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    words: Mapped[dict[str, str]] = mapped_column(EncryptedJson)  # drafting.Words
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Quote(Model):
    """That a post quotes another one: what was quoted and has to go must be found everywhere."""

    __tablename__ = "post_quote"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    quoted_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)


class Tag(Model):
    """A word that topics of a programme are found by."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("programme_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    slug: Mapped[str] = mapped_column(String(LONGEST_TAG))
    name: Mapped[str] = mapped_column(String(LONGEST_TAG))


class TopicTag(Model):
    """That a topic has a tag."""

    __tablename__ = "topic_tag"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
