"""The alias under which somebody writes in a topic: drawn once, kept, and of use in no other topic."""

from sqlalchemy import select

from app.core.db import db, insert
from app.forums import aliases
from app.forums.models import Alias, Post, Topic


def alias_of(topic: Topic, member_id: int) -> int:
    """The alias of a member in a topic: the one that they have there, or a new one."""
    mine = select(Alias.id).where(Alias.topic_id == topic.id, Alias.member_id == member_id)
    while True:
        known = db.session.scalar(mine)
        if known is not None:
            return known
        row = {"programme_id": topic.programme_id, "topic_id": topic.id, "member_id": member_id}
        # Somebody else may draw the same bird at the same moment: then the next one is tried.
        db.session.execute(insert(Alias).values(row | {"name": _free(topic)}).on_conflict_do_nothing())


def rename(post: Post, topic: Topic) -> None:
    """Let a post that goes to another topic stand there under an alias of that topic, if it stood under one."""
    if post.alias_id is None or post.topic_id == topic.id:
        return
    if post.author_id is not None:
        post.alias_id = alias_of(topic, post.author_id)
        return
    # Whoever wrote it has left; the name stays where nobody else has it.
    kept = db.session.get_one(Alias, post.alias_id).name
    taken = db.session.scalar(select(Alias.id).where(Alias.topic_id == topic.id, Alias.name == kept))
    name = _free(topic) if taken else kept
    fresh = Alias(programme_id=topic.programme_id, topic_id=topic.id, member_id=None, name=name)
    db.session.add(fresh)
    db.session.flush()
    post.alias_id = fresh.id


def _free(topic: Topic) -> str:
    return aliases.draw(set(db.session.scalars(select(Alias.name).where(Alias.topic_id == topic.id))))
