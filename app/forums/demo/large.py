"""Large forums of the demonstration, written in bulk: for measuring, and for looking at long lists."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, String, exists, insert, literal, select

from app.core import clock
from app.core.db import UtcDateTime, db
from app.core.html import COOK_VERSION, cook, plain
from app.forums.demo import sizes
from app.forums.demo.sizes import Size
from app.forums.models import Board, Post, Reaction, ReadingPosition, Tag, Topic, TopicTag
from app.forums.rules import Audience, Follow, Label, PostState, ReactionKind, TopicKind

SPAN = timedelta(days=360)
BATCH = 5_000

Tell = Callable[[str], object]


def is_there(programme_id: int, size: Size) -> bool:
    """Whether the board of a size was put in before."""
    there = exists().where(Board.programme_id == programme_id, Board.slug == size.slug)
    return bool(db.session.scalar(select(there)))


def load(programme_id: int, size: Size, authors: Sequence[int], readers: Sequence[int], tell: Tell) -> None:
    """Put a board of a stated size into a programme. `readers` have read some of it and reacted to it."""
    board = Board(
        programme_id=programme_id,
        slug=size.slug,
        name=f"Everyday practice ({size.topics:,} topics)",
        description="Made-up topics in a stated number, to measure pages and to see long lists.",
        audience=Audience.EVERYONE,
        label=Label.OPEN,
        position=100,
        topics=size.topics,
        posts=size.posts,
    )
    db.session.add(board)
    db.session.flush()
    began_at, step = clock.now() - SPAN, SPAN / (size.posts + 1)
    places = sizes.order(size)
    topic_ids = _topics(board, size, authors, places, [began_at + index * step for index in range(size.posts)])
    tell(f"{size.topics:,} topics")
    _tags(programme_id, topic_ids)
    _posts(board, topic_ids, places, authors, began_at, step, tell)
    _readers(board, readers)
    tell("reactions and what some have read")


def _topics(board: Board, size: Size, authors: Sequence[int], places: list[int], moments: list[datetime]) -> list[int]:
    first, last = dict[int, int](), dict[int, int]()
    for index, topic in enumerate(places):
        first.setdefault(topic, index)
        last[topic] = index
    rows = []
    for topic, count in enumerate(sizes.lengths(size)):
        question = topic % 4 == 2  # noqa: PLR2004 - one of four
        rows.append(
            {
                "programme_id": board.programme_id,
                "board_id": board.id,
                "kind": TopicKind.QUESTION if question else TopicKind.DISCUSSION,
                "title": sizes.title(topic),
                "author_id": authors[first[topic] % len(authors)],
                "anonymous": False,
                "state": PostState.PUBLISHED,
                "created_at": moments[first[topic]],
                "newest_at": moments[last[topic]],
                "newest_number": count,
                "last_number": count,
                "posts": count,
                "pinned": topic == 1,
                "closed": False,
                "accepted_number": 2 if question and topic % 8 == 2 and count > 1 else None,  # noqa: PLR2004
            }
        )
    return list(db.session.scalars(insert(Topic).returning(Topic.id, sort_by_parameter_order=True), rows))


def _tags(programme_id: int, topic_ids: list[int]) -> None:
    known = {tag.slug: tag.id for tag in db.session.scalars(select(Tag).where(Tag.programme_id == programme_id))}
    new = [
        {"programme_id": programme_id, "slug": slug, "name": slug.replace("-", " ")}
        for slug in sizes.TAGS
        if slug not in known
    ]
    if new:
        rows_of_tags = db.session.execute(insert(Tag).returning(Tag.slug, Tag.id), new)
        known.update((row.slug, row.id) for row in rows_of_tags)
    rows = [
        {"programme_id": programme_id, "topic_id": topic_id, "tag_id": known[sizes.TAGS[index % len(sizes.TAGS)]]}
        for index, topic_id in enumerate(topic_ids)
    ]
    db.session.execute(insert(TopicTag), rows)


def _posts(
    board: Board,
    topic_ids: list[int],
    places: list[int],
    authors: Sequence[int],
    began_at: datetime,
    step: timedelta,
    tell: Tell,
) -> None:
    texts = [(body, html, plain(html)) for body, html in ((each, cook(each)) for each in _bodies())]
    numbers = [0] * len(topic_ids)

    def rows() -> Iterator[dict[str, Any]]:
        for index, topic in enumerate(places):
            numbers[topic] += 1
            body, html, words = texts[index % len(texts)]
            yield {
                "programme_id": board.programme_id,
                "topic_id": topic_ids[topic],
                "number": numbers[topic],
                "author_id": authors[index % len(authors)],
                "state": PostState.PUBLISHED,
                "created_at": began_at + index * step,
                "version": 1,
                "cook_version": COOK_VERSION,
                "body": body,
                "html": html,
                "plain": words,
            }

    done = 0
    for batch in _batches(rows()):
        db.session.execute(insert(Post), batch)
        before, done = done, done + len(batch)
        if done * 10 // len(places) > before * 10 // len(places):
            tell(f"{done:,} of {len(places):,} posts")


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _bodies() -> Iterator[str]:
    return (sizes.body(index) for index in range(sizes.BODIES))


def _readers(board: Board, readers: Sequence[int]) -> None:
    """Each reader has read a third of the topics half way, and said something to every few posts."""
    at = literal(clock.now(), UtcDateTime())
    for nth, (reader, kind) in enumerate(zip(readers, ReactionKind, strict=False)):
        of_topic = select(
            literal(reader, Integer),
            Topic.id,
            Topic.programme_id,
            Topic.newest_number // 2,
            literal(Follow.NORMAL.value, String(30)),
            at,
        ).where(Topic.board_id == board.id, Topic.id % 3 == nth)
        columns = ["member_id", "topic_id", "programme_id", "last_read", "follow", "at"]
        db.session.execute(insert(ReadingPosition).from_select(columns, of_topic))
        of_post = (
            select(Post.id, literal(reader, Integer), literal(kind.value, String(30)), Post.programme_id, at)
            .join(Topic, Topic.id == Post.topic_id)
            .where(Topic.board_id == board.id, Post.id % (3 + nth) == 0)
        )
        db.session.execute(
            insert(Reaction).from_select(["post_id", "member_id", "kind", "programme_id", "at"], of_post)
        )
