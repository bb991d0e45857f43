"""The small forum of the demonstration: what small.toml says, written as members would have written it."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select

from app.core import clock
from app.core.db import db
from app.core.html import COOK_VERSION, cook, plain
from app.forums.models import Alias, Board, Post, Reaction, Tag, Topic, TopicTag
from app.forums.operations import counters
from app.forums.rules import Audience, Label, PostState, ReactionKind, TopicKind

CONTENT = Path(__file__).parent / "small.toml"
BETWEEN_POSTS = timedelta(hours=1, minutes=25)


@dataclass(slots=True)
class _Making:
    """What is known while the content is put in."""

    programme_id: int
    cohort_id: int
    member_id: Callable[[str], int]
    now: datetime
    boards: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)


def load(programme_id: int, cohort_id: int, member_id: Callable[[str], int]) -> int:
    """Put boards and topics into a programme that has none; gives the number of posts.

    `member_id` knows who is meant by an address or a number of the content.
    """
    if db.session.scalar(select(exists().where(Board.programme_id == programme_id))):
        return 0
    content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    making = _Making(programme_id, cohort_id, member_id, clock.now())
    for position, about in enumerate(content["boards"]):
        making.boards[about["slug"]] = _board(making, position, about)
    return sum(_topic(making, about) for about in content["topics"])


def _board(making: _Making, position: int, about: Mapping[str, Any]) -> int:
    audience = Audience(about["audience"])
    board = Board(
        programme_id=making.programme_id,
        position=position,
        cohort_id=making.cohort_id if audience is Audience.COHORT else None,
        **{**about, "audience": audience, "label": Label(about["label"])},
    )
    db.session.add(board)
    db.session.flush()
    return board.id


def _topic(making: _Making, about: Mapping[str, Any]) -> int:
    began_at = making.now - timedelta(hours=about["ago"])
    topic = Topic(
        programme_id=making.programme_id,
        board_id=making.boards[about["board"]],
        kind=TopicKind(about.get("kind", "discussion")),
        title=about["title"],
        author_id=making.member_id(about["by"]),
        anonymous="anonymous" in about,
        state=PostState.PUBLISHED,
        created_at=began_at,
        newest_at=began_at,
        pinned=about.get("pinned", False),
    )
    db.session.add(topic)
    db.session.flush()
    counters.count_topic_in(topic.id)
    alias_id = _alias(making, topic, about["anonymous"]) if topic.anonymous else None
    _tag(making, topic.id, about.get("tags", []))
    for index, (by, body) in enumerate(about["posts"]):
        hidden_behind = alias_id if by == about["by"] else None
        _post(making, topic, by, body, began_at + index * BETWEEN_POSTS, hidden_behind)
    db.session.expire(topic)
    topic.accepted_number = about.get("accepted")
    db.session.flush()
    return len(about["posts"])


def _alias(making: _Making, topic: Topic, name: str) -> int:
    alias = Alias(programme_id=making.programme_id, topic_id=topic.id, member_id=topic.author_id, name=name)
    db.session.add(alias)
    db.session.flush()
    return alias.id


def _tag(making: _Making, topic_id: int, slugs: list[str]) -> None:
    for slug in slugs:
        if slug not in making.tags:
            tag = Tag(programme_id=making.programme_id, slug=slug, name=slug.replace("-", " "))
            db.session.add(tag)
            db.session.flush()
            making.tags[slug] = tag.id
        db.session.add(TopicTag(programme_id=making.programme_id, topic_id=topic_id, tag_id=making.tags[slug]))


def _post(making: _Making, topic: Topic, by: str, body: str, at: datetime, alias_id: int | None) -> None:
    html = cook(body)
    post = Post(
        programme_id=making.programme_id,
        topic_id=topic.id,
        number=counters.next_number(topic.id),
        author_id=making.member_id(by),
        alias_id=alias_id,
        state=PostState.PUBLISHED,
        created_at=at,
        cook_version=COOK_VERSION,
        body=body,
        html=html,
        plain=plain(html),
    )
    db.session.add(post)
    db.session.flush()
    counters.count_in(topic.id, post.number, at)
    # Everybody who reads says thank you to some: always the same ones.
    for reader in ("moderator", "facilitator", "outsider")[: post.id % 4]:
        kind = list(ReactionKind)[(post.id + len(reader)) % len(ReactionKind)]
        member_id = making.member_id(reader)
        if member_id != post.author_id:
            db.session.add(
                Reaction(post_id=post.id, member_id=member_id, kind=kind, programme_id=making.programme_id, at=at)
            )
