"""New topics and replies: the number, the counters, the alias, the tags and everything else in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from app.core import clock
from app.core.db import db, insert
from app.core.html import COOK_VERSION, plain
from app.forums.models import Board, Post, PostRevision, Tag, Topic, TopicTag
from app.forums.operations import counters, drafts, following, intake, naming, telling, words
from app.forums.operations.intake import Screened
from app.forums.operations.words import Prepared
from app.forums.rules import PostState, Reader, TopicKind
from app.forums.upkeep.queries import may_post_anonymously


class OtherWordsError(Exception):
    """Something else was posted from the same page before: these words are none of it and must not be lost."""

    def __init__(self, post_id: int) -> None:
        super().__init__(post_id)
        self.post_id = post_id


class ClosedMeanwhileError(Exception):
    """The topic takes no more posts since its page was opened: it was closed, or taken away."""


class NoAliasError(Exception):
    """The board takes no posts without a name (any more): nobody's name is shown because a page was old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody posts, screened. `client_key` came with the page, so that pressing twice posts once."""

    text: Prepared
    client_key: str
    anonymous: bool = False
    reply_to_id: int | None = None
    screened: Screened


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a new topic has beside its first post."""

    title: str
    kind: TopicKind = TopicKind.DISCUSSION
    tags: Sequence[str] = ()


def begin(reader: Reader, board: Board, opening: Opening, written: Written) -> Post:
    """Begin a topic; gives its first post, or the one that was posted from the same page before.

    Raises OtherWordsError, NoAliasError.
    """
    if earlier := _earlier(reader, written):
        return earlier
    now = clock.now()
    topic = Topic(
        programme_id=board.programme_id,
        board_id=board.id,
        kind=opening.kind,
        title=opening.title,
        author_id=reader.member_id,
        anonymous=written.anonymous,
        state=written.screened.state,
        created_at=now,
        newest_at=now,
    )
    db.session.add(topic)
    db.session.flush()
    post = _add(reader, board, topic, written)
    if post is None:
        db.session.delete(topic)
        db.session.flush()
        return _posted_at_once(reader, written)
    tag(topic, opening.tags)
    _after(reader, topic, post, written)
    return post


def reply(reader: Reader, board: Board, topic: Topic, written: Written) -> Post:
    """Add a post to a topic; gives it, or the one that was posted from the same page before.

    Raises OtherWordsError, NoAliasError, ClosedMeanwhileError.
    """
    if earlier := _earlier(reader, written):
        return earlier
    post = _add(reader, board, topic, written)
    _refuse_if_closed(reader, topic)
    if post is None:
        _give_back(topic.id)
        return _posted_at_once(reader, written)
    _after(reader, topic, post, written)
    return post


def tag(topic: Topic, tags: Sequence[str]) -> None:
    """Give a new topic its tags; those that nobody used before are made."""
    if not tags:
        return
    rows = [{"programme_id": topic.programme_id, "slug": slug, "name": slug.replace("-", " ")} for slug in tags]
    db.session.execute(insert(Tag).values(rows).on_conflict_do_nothing(index_elements=["programme_id", "slug"]))
    ids = db.session.scalars(select(Tag.id).where(Tag.programme_id == topic.programme_id, Tag.slug.in_(tags)))
    links = [{"topic_id": topic.id, "tag_id": each, "programme_id": topic.programme_id} for each in ids]
    db.session.execute(insert(TopicTag).values(links).on_conflict_do_nothing())


def _add(reader: Reader, board: Board, topic: Topic, written: Written) -> Post | None:
    """The row, with the next number; None when another request with the same key was faster."""
    if written.anonymous and not may_post_anonymously(reader, board):
        raise NoAliasError
    number = counters.next_number(topic.id)
    row = {
        "programme_id": topic.programme_id,
        "topic_id": topic.id,
        "number": number,
        "author_id": reader.member_id,
        "alias_id": naming.alias_of(topic, reader.member_id) if written.anonymous else None,
        "reply_to_id": written.reply_to_id,
        "state": written.screened.state,
        "created_at": clock.now(),
        "version": 1,
        "cook_version": COOK_VERSION,
        "client_key": written.client_key,
        "body": written.text.body,
        "html": written.text.html,
        "plain": plain(written.text.html),
    }
    made = insert(Post).values(row).on_conflict_do_nothing(index_elements=["author_id", "client_key"])
    return db.session.scalars(made.returning(Post)).one_or_none()


def _after(reader: Reader, topic: Topic, post: Post, written: Written) -> None:
    words.point(post, written.text)
    drafts.clear(reader.member_id, written.client_key)
    following.follow_own(reader, topic, post.number)
    intake.note(written.screened, post)
    if post.state is PostState.HELD:
        return
    if post.number == 1:
        counters.count_topic_in(topic.id)
    counters.count_in(topic.id, post.number, post.created_at)
    telling.published(post)


def _refuse_if_closed(reader: Reader, topic: Topic) -> None:
    """Asked once the number is taken: from then on nobody changes the topic before this transaction ends."""
    now = db.session.execute(select(Topic.state, Topic.closed).where(Topic.id == topic.id)).one()
    if now.state is not PostState.PUBLISHED or (now.closed and not reader.moderates):
        raise ClosedMeanwhileError


def _give_back(topic_id: int) -> None:
    """Undo the taking of a number in the transaction that took it: nobody has had a later one."""
    db.session.execute(
        update(Topic)
        .where(Topic.id == topic_id)
        .values(last_number=Topic.last_number - 1)
        .execution_options(synchronize_session=False)
    )


def _earlier(reader: Reader, written: Written) -> Post | None:
    """What was posted from the same page before; raises OtherWordsError when it said something else then."""
    same_page = select(Post).where(Post.author_id == reader.member_id, Post.client_key == written.client_key)
    post = db.session.scalar(same_page)
    if post is None:
        return None
    first = select(PostRevision.body).where(PostRevision.post_id == post.id, PostRevision.version == 1)
    said = post.body if post.version == 1 else db.session.scalar(first)
    if said != written.text.body:
        raise OtherWordsError(post.id)
    return post


def _posted_at_once(reader: Reader, written: Written) -> Post:
    post = _earlier(reader, written)
    if post is None:
        raise LookupError("a post with this key was there a moment ago")
    return post
