"""What members are told about topics. Subjects are neutral and name nobody; who writes under an alias is "somebody".

A post is told by the worker, a little after it was published: what its author takes back at once is told to nobody, and
a reply in a topic that hundreds follow takes no longer than any other.
"""

from collections import defaultdict
from datetime import timedelta

from app.core import clock, outbox
from app.forums.models import Board, Post, Topic
from app.forums.queries import telling
from app.forums.queries.telling import Told
from app.notifications.operations.notices import notify
from app.notifications.rules import Delivery, Kind, Notice

REPLIES = Kind("forum_replies", "Forums: replies in topics that you follow", Delivery.DAILY)
MENTIONS = Kind("forum_mentions", "Forums: when somebody mentions you")
ANSWERS = Kind("forum_answers", "Forums: when an answer of yours is accepted")
KINDS = (REPLIES, MENTIONS, ANSWERS)

TELL = "forum_post"  # the kind of outbox message
GRACE = timedelta(minutes=1)


def published(post: Post) -> None:
    """Let those who want to hear of a post be told; once for each of its versions."""
    key = f"forum-post:{post.id}:{post.version}"
    outbox.put(TELL, key, {"post_id": post.id}, due_at=clock.now() + GRACE, programme_id=post.programme_id)


def tell(post_id: int) -> None:
    """Tell followers and those who are mentioned, in the caller's transaction; nobody when it is gone by now."""
    told = telling.told(post_id)
    if told is None:
        return
    _tell_mentioned(told)
    by_position = defaultdict(list)
    for member_id, last_read in told.following.items():
        by_position[last_read].append(member_id)
    for last_read, member_ids in by_position.items():
        _tell_following(told, last_read, member_ids)


def accepted(topic: Topic, board: Board, post: Post) -> None:
    """Tell whoever wrote it that their answer helped."""
    if post.author_id is None or post.author_id == topic.author_id:
        return
    notice = Notice(
        kind=ANSWERS.code,
        key=f"forum-answer:{topic.id}:{post.id}",
        subject="An answer of yours was accepted",
        body="" if board.sensitive else f"It helped with “{topic.title}”.",
        path=path_of(post.id),
        programme_id=topic.programme_id,
    )
    notify(notice, post.author_id)


def path_of(post_id: int) -> str:
    """Where a post is found, whatever topic it is moved to."""
    return f"/forums/posts/{post_id}"


def _tell_mentioned(told: Told) -> None:
    who = "Somebody" if told.anonymous else "{name}"
    notice = Notice(
        kind=MENTIONS.code,
        key=f"forum-mention:{told.post_id}",
        subject="You were mentioned in the forums",
        body=f"{who} mentioned you{told.place}.",
        about_id=None if told.anonymous else told.author_id,
        path=path_of(told.post_id),
        programme_id=told.programme_id,
    )
    notify(notice, *told.mentioned)


def _tell_following(told: Told, last_read: int, member_ids: list[int]) -> None:
    """One notice for all that is new since somebody read the topic; in it is the way to where they left off."""
    what = "There is a new topic" if told.number == 1 else "There are new replies"
    notice = Notice(
        kind=REPLIES.code,
        key=f"forum-topic:{told.topic_id}:{last_read}",
        subject="Something new in what you follow in the forums",
        body=f"{what}{told.place}.",
        path=path_of(told.post_id),
        programme_id=told.programme_id,
    )
    notify(notice, *member_ids)
