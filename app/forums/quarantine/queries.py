"""Where a post's words stand, beside the post itself."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, or_, select

from app.accounts.models import Member
from app.core.db import db
from app.forums import mentions
from app.forums.collections.models import CollectionPiece
from app.forums.collections.rules import LIVE
from app.forums.models import Alias, Board, Draft, Mention, Post, PostRevision, Quote, ReadingPosition, Topic
from app.forums.operations.deciding import first_post
from app.forums.queries import audience
from app.forums.quotes import SOURCE
from app.moderation.aliases.seams import Masked
from app.moderation.breaches.seams import Place


def place(post_id: int) -> Place | None:
    """Where a post stands; a topic as a whole is its first post."""
    row = db.session.execute(
        select(Post, Board.name)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(Post.id == post_id)
    ).one_or_none()
    if row is None:
        return None
    post, board = row
    subjects = [("post", post.id)] + ([("topic", post.topic_id)] if post.number == 1 else [])
    return Place(
        programme_id=post.programme_id,
        where=f"Post {post.number} in {board}",
        path=f"/forums/posts/{post.id}",
        cases=tuple(subjects),
    )


def place_of_topic(topic_id: int) -> Place | None:
    """As `place`, of the post that a topic began with."""
    post = first_post(topic_id)
    return place(post.id) if post else None


def masked(post_id: int) -> Masked | None:
    """A post under an alias, for those who may have to know who wrote it; None for any other.

    It is about those whom it names, answers or quotes.
    """
    row = db.session.execute(
        select(Post, Alias.name, Board.name)
        .join(Alias, Alias.id == Post.alias_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(Post.id == post_id)
    ).one_or_none()
    if row is None:
        return None
    post, alias, board = row
    quoted = select(Quote.quoted_id).where(Quote.post_id == post_id)
    answered = select(Post.author_id).where(or_(Post.id == post.reply_to_id, Post.id.in_(quoted)))
    named = select(Mention.member_id).where(Mention.post_id == post_id)
    about = set(db.session.scalars(answered)) | set(db.session.scalars(named))
    return Masked(
        programme_id=post.programme_id,
        author_id=post.author_id,
        shown_as=alias,
        where=f"Post {post.number} in {board}",
        path=f"/forums/posts/{post.id}",
        about_ids=frozenset(each for each in about if each is not None and each != post.author_id),
    )


def held(post_id: int) -> tuple[Post, Topic, Board]:
    """A post, kept from changing until the transaction ends, with topic and board."""
    post = db.session.get_one(Post, post_id, with_for_update=True, populate_existing=True)
    topic = db.session.get_one(Topic, post.topic_id)
    return post, topic, db.session.get_one(Board, topic.board_id)


def revisions(post_id: int) -> Sequence[PostRevision]:
    """What it said before, the oldest first."""
    found = select(PostRevision).where(PostRevision.post_id == post_id)
    return db.session.scalars(found.order_by(PostRevision.version)).all()


def quoting(post: Post) -> Sequence[Post | PostRevision]:
    """Posts and earlier versions of posts that quote it."""
    source = SOURCE.format(post_id=post.id)
    found: list[Post | PostRevision] = []
    for table in (Post, PostRevision):
        quotes = select(table).where(
            table.programme_id == post.programme_id, table.body.contains(source, autoescape=True)
        )
        found += db.session.scalars(quotes)
    return found


def drafts(programme_id: int) -> Iterable[Draft]:
    """Every draft of a programme: they are closed, and can only be looked through one by one."""
    return db.session.scalars(select(Draft).where(Draft.programme_id == programme_id)).all()


def pieces(post_id: int) -> Sequence[CollectionPiece]:
    """The pieces of collections that were made of it."""
    found = select(CollectionPiece).where(CollectionPiece.post_id == post_id, CollectionPiece.state.in_(sorted(LIVE)))
    return db.session.scalars(found).all()


def paths(topic_id: int) -> list[str]:
    """The addresses of all posts of a topic, as notices have them."""
    return [f"/forums/posts/{each}" for each in db.session.scalars(select(Post.id).where(Post.topic_id == topic_id))]


def have_read(post: Post) -> int:
    """How many members, beside its author, have read as far as a post."""
    read = select(func.count()).where(
        ReadingPosition.topic_id == post.topic_id,
        ReadingPosition.last_read >= post.number,
        ReadingPosition.member_id != func.coalesce(post.author_id, 0),
    )
    return db.session.scalar(read) or 0


def could_read(board: Board) -> int:
    """How many members can find the board."""
    return db.session.scalar(select(func.count(Member.id)).where(audience.of(board))) or 0


def as_shown(bodies: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Bodies and their HTML as pages and snapshots show it, with the names that it mentions, and as it is kept."""
    found = set()
    for body, html in bodies:
        found |= {html, mentions.show(html, audience.names(mentions.mentioned(body).shown))}
    return frozenset(found)
