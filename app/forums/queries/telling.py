"""Who is to hear of a post: followers and those whom it mentions, as far as they may read it and want to."""

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, or_, select

from app.accounts.models import Member
from app.accounts.not_with.queries import apart_from
from app.core.db import db
from app.forums import mentions
from app.forums.models import Board, BoardPosition, Mention, Post, ReadingPosition, Topic
from app.forums.queries import audience
from app.forums.rules import Follow, PostState


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A post, and who hears of it: `following` by the last number that each of them has read, `mentioned`."""

    post_id: int
    number: int
    topic_id: int
    programme_id: int
    author_id: int | None
    anonymous: bool
    place: str  # where it is, as words after a verb
    mentioned: list[int] = field(default_factory=list)
    following: dict[int, int] = field(default_factory=dict)


def told(post_id: int) -> Told | None:
    """Who is to hear of a post; None when it cannot be read (any more)."""
    row = db.session.execute(
        select(Post, Topic, Board)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .where(Post.id == post_id, Post.state == PostState.PUBLISHED, Topic.state == PostState.PUBLISHED)
    ).one_or_none()
    if row is None:
        return None
    post, topic, board = row
    mentioned = _mentioned(post, board)
    return Told(
        post_id=post.id,
        number=post.number,
        topic_id=topic.id,
        programme_id=topic.programme_id,
        author_id=post.author_id,
        anonymous=post.alias_id is not None,
        place="" if board.sensitive else f" in “{topic.title}”",
        mentioned=mentioned,
        following=_following(post, topic, board, set(mentioned)),
    )


def _mentioned(post: Post, board: Board) -> list[int]:
    """Whom it addresses, but nobody who wished not to be put together with its author (or they with them)."""
    kept = set(db.session.scalars(select(Mention.member_id).where(Mention.post_id == post.id)))
    addressed = [each for each in mentions.mentioned(post.body).addressed if each in kept and each != post.author_id]
    if not addressed:
        return []
    apart = apart_from(post.author_id) if post.author_id else frozenset()
    listening = {each.member_id for each in _listening(post, board, Member.id.in_(addressed)) if each.hears}
    return [each for each in addressed if each in listening and each not in apart]


def _following(post: Post, topic: Topic, board: Board, told_already: set[int]) -> dict[int, int]:
    """Who follows the topic (for a new one: the board), and whom it answers, by what they have read."""
    followers = select(ReadingPosition.member_id).where(
        ReadingPosition.topic_id == topic.id, ReadingPosition.follow == Follow.FOLLOWING
    )
    of_board = select(BoardPosition.member_id).where(
        BoardPosition.board_id == board.id, BoardPosition.follow == Follow.FOLLOWING
    )
    wanted = [Member.id.in_(followers)]
    if post.number == 1:
        wanted.append(Member.id.in_(of_board))
    if post.reply_to_id:
        wanted.append(Member.id.in_(select(Post.author_id).where(Post.id == post.reply_to_id)))
    listening = _listening(post, board, or_(*wanted))
    return {
        each.member_id: each.last_read
        for each in listening
        if each.hears
        and each.member_id not in told_already
        and each.member_id != post.author_id
        and each.last_read < post.number
    }


@dataclass(frozen=True, slots=True)
class _Listener:
    """Somebody who can read the board: what they said of topic and board, and how far they have read."""

    member_id: int
    follow: Follow | None
    of_board: Follow | None
    last_read: int

    @property
    def hears(self) -> bool:
        """Whether they want to hear of it: a muted board is silent but for topics in it that they follow."""
        if self.follow is Follow.MUTED:
            return False
        return self.of_board is not Follow.MUTED or self.follow is Follow.FOLLOWING


def _listening(post: Post, board: Board, who: ColumnElement[bool]) -> list[_Listener]:
    mine = and_(ReadingPosition.member_id == Member.id, ReadingPosition.topic_id == post.topic_id)
    of_board = and_(BoardPosition.member_id == Member.id, BoardPosition.board_id == board.id)
    rows = db.session.execute(
        select(Member.id, ReadingPosition.follow, BoardPosition.follow, ReadingPosition.last_read)
        .outerjoin(ReadingPosition, mine)
        .outerjoin(BoardPosition, of_board)
        .where(who, audience.of(board))
    )
    return [_Listener(row[0], row[1], row[2], row[3] or 0) for row in rows]
