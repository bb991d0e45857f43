"""What somebody is about to write to, as rows: a board, a topic, a post, each only if they read it."""

from collections.abc import Collection

from sqlalchemy import and_, or_, select

from app.core import clock
from app.core.db import db
from app.forums.acts import Standing
from app.forums.models import Board, Post, Tag, Topic, TopicTag
from app.forums.queries import readable
from app.forums.rules import PostState, Reader, TopicKind
from app.moderation.screening.trust import REGULAR_POSTS


def board(reader: Reader, slug: str) -> Board | None:
    """A board that the reader reads."""
    return db.session.scalar(select(Board).where(readable.boards(reader), Board.slug == slug))


def board_by_id(reader: Reader, board_id: int) -> Board | None:
    """As `board`, by its id."""
    return db.session.scalar(select(Board).where(readable.boards(reader), Board.id == board_id))


def topic(reader: Reader, topic_id: int) -> tuple[Topic, Board] | None:
    """A topic that the reader reads, and its board."""
    row = db.session.execute(
        select(Topic, Board)
        .join(Board, Board.id == Topic.board_id)
        .where(Topic.id == topic_id, readable.topics(reader))
        .execution_options(populate_existing=True)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def post(reader: Reader, post_id: int) -> tuple[Post, Topic, Board] | None:
    """A post whose words the reader reads, or that they deleted themselves, with its topic and board."""
    deleted_by_them = and_(Post.state == PostState.DELETED, Post.author_id == reader.member_id)
    row = db.session.execute(
        select(Post, Topic, Board)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(Post.id == post_id, or_(readable.posts(reader), and_(readable.boards(reader), deleted_by_them)))
        .execution_options(populate_existing=True)
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else None


def standing(reader: Reader, post: Post, topic: Topic, board: Board, *, silenced: bool = False) -> Standing:
    """How a reader stands to a post, for the table of acts."""
    asks = topic.kind is TopicKind.QUESTION and topic.author_id == reader.member_id
    return Standing(
        shut_out=reader.shut_out or silenced,
        writes=not board.closed or reader.moderates,
        is_author=post.author_id == reader.member_id,
        is_asker=asks,
        moderates=reader.moderates,
        state=post.state,
        is_first=post.number == 1,
        topic_closed=topic.closed or topic.state is not PostState.PUBLISHED,
        written_at=post.created_at,
        deleted_at=post.state_at if post.state is PostState.DELETED else None,
        now=clock.now(),
    )


def tags(topic: Topic) -> list[str]:
    """The tags of a topic."""
    found = select(Tag.slug).join(TopicTag, TopicTag.tag_id == Tag.id).where(TopicTag.topic_id == topic.id)
    return list(db.session.scalars(found.order_by(Tag.slug)))


def has_alias(reader: Reader, topic: Topic) -> bool:
    """Whether the reader has written in a topic without their name."""
    mine = select(Post.id).where(
        Post.topic_id == topic.id, Post.author_id == reader.member_id, Post.alias_id.is_not(None)
    )
    return db.session.scalar(mine.limit(1)) is not None


def published_by(reader: Reader) -> int:
    """How many posts of somebody stand, up to the number that matters (screening.trust)."""
    mine = select(Post.id).where(
        Post.author_id == reader.member_id,
        Post.programme_id == reader.programme_id,
        Post.state == PostState.PUBLISHED,
    )
    return len(db.session.scalars(mine.limit(REGULAR_POSTS)).all())


def topic_of(post: Post) -> Topic:
    """The topic of a post that was found already."""
    return db.session.get_one(Topic, post.topic_id)


def answered(topic: Topic, post_id: int | None) -> int | None:
    """The post that is answered, if it stands in the same topic and can be read."""
    found = select(Post.id).where(Post.id == post_id, Post.topic_id == topic.id, Post.state == PostState.PUBLISHED)
    return db.session.scalar(found) if post_id is not None else None


def names_of_places(reader: Reader, places: Collection[str]) -> dict[str, str]:
    """What the places of drafts are called, those that the reader can still go to: three queries, however many."""
    ids: dict[str, set[int]] = {"board": set(), "topic": set(), "post": set()}
    for place in places:
        kind, _slash, number = place.partition("/")
        ids[kind].add(int(number))
    boards = select(Board.id, Board.name).where(Board.id.in_(ids["board"]), readable.boards(reader))
    topics = (
        select(Topic.id, Topic.title)
        .join(Board, Board.id == Topic.board_id)
        .where(Topic.id.in_(ids["topic"]), readable.topics(reader))
    )
    posts = (
        select(Post.id, Topic.title)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(Post.id.in_(ids["post"]), readable.posts(reader), Post.author_id == reader.member_id)
    )
    return {
        f"{kind}/{row[0]}": row[1]
        for kind, found in (("board", boards), ("topic", topics), ("post", posts))
        if ids[kind]
        for row in db.session.execute(found)
    }


def slug_of(board_id: int) -> str:
    """The slug of a board that was found already."""
    return db.session.scalars(select(Board.slug).where(Board.id == board_id)).one()
