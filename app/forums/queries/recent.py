"""What was written last, for a moderator who tries a watched word: whatever they read, held posts too."""

from sqlalchemy import select

from app.accounts.models import Member
from app.core.db import db
from app.forums.models import Board, Post, Topic
from app.forums.queries import readable, readers
from app.forums.rules import GONE
from app.moderation.screening.samples import Sample


def newest(member: Member, programme_id: int, most: int) -> list[Sample]:
    """The last posts that somebody reads, the newest first; the title of a topic counts to its first post."""
    reader = readers.reader(member, programme_id)
    found = db.session.execute(
        select(Post.id, Post.body, Post.number, Topic.title)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(readable.posts(reader), Post.state.not_in(GONE))
        .order_by(Post.id.desc())
        .limit(most)
    )
    return [
        Sample(
            f"{title}\n\n{body}" if number == 1 else body,
            f"{title}, post {number}",
            f"/forums/posts/{post_id}",
        )
        for post_id, body, number, title in found
    ]
