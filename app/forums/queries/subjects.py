"""Posts and topics as cases see them: what was said, around what, by whom under which name, and where it may go."""

from sqlalchemy import and_, func, or_, select

from app.accounts.models import Member
from app.core.db import db
from app.forums import mentions
from app.forums.models import Alias, Board, Post, Topic
from app.forums.moves import Place, may_move
from app.forums.queries import audience, posts, readers
from app.forums.rules import PostState
from app.moderation.cases.rules import Outcome
from app.moderation.cases.subjects import Neighbour, Snapshot

AROUND = 3  # posts before, and as many after
MOST_TARGETS = 50
MOST_TO_SPLIT = 200
FIRST_WORDS = 80  # characters


def post(post_id: int) -> Snapshot | None:
    """A post with its surroundings."""
    row = db.session.execute(
        select(Post, Topic, Board, Alias.name)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Board, Board.id == Topic.board_id)
        .outerjoin(Alias, Alias.id == Post.alias_id)
        .where(Post.id == post_id)
    ).one_or_none()
    if row is None:
        return None
    said, topic, board, alias = row
    names = audience.names(mentions.mentioned(said.body).shown)
    return Snapshot(
        programme_id=said.programme_id,
        author_id=said.author_id,
        body=mentions.editable(said.body, names),
        html=mentions.show(said.html, names),
        title=topic.title,
        where=f"Post {said.number} in {board.name}",
        path=f"/forums/posts/{said.id}",
        shown_as=alias,
        surroundings=_around(said),
    )


def topic(topic_id: int) -> Snapshot | None:
    """A topic: the post that it began with."""
    first = db.session.scalar(select(Post.id).where(Post.topic_id == topic_id).order_by(Post.number).limit(1))
    return post(first) if first is not None else None


def may_report_post(member: Member, post_id: int) -> bool:
    """Whether a member reads a post, which is not their own."""
    programme_id = db.session.scalar(select(Post.programme_id).where(Post.id == post_id))
    if programme_id is None:
        return False
    found = posts.post(readers.reader(member, programme_id), post_id)
    return found is not None and found[0].author_id != member.id


def may_report_topic(member: Member, topic_id: int) -> bool:
    """As its first post."""
    first = db.session.scalar(select(Post.id).where(Post.topic_id == topic_id).order_by(Post.number).limit(1))
    return first is not None and may_report_post(member, first)


def targets_of_post(outcome: Outcome, post_id: int) -> list[tuple[int, str]]:
    """Where the topic of a post may go: boards that it can move to, or topics that it can be merged with."""
    topic_id = db.session.scalar(select(Post.topic_id).where(Post.id == post_id))
    return targets_of_topic(outcome, topic_id) if topic_id is not None else []


def targets_of_topic(outcome: Outcome, topic_id: int) -> list[tuple[int, str]]:
    """As `targets_of_post`, for a topic."""
    row = db.session.execute(
        select(Topic, Board).join(Board, Board.id == Topic.board_id).where(Topic.id == topic_id)
    ).one_or_none()
    if row is None:
        return []
    if outcome is Outcome.MOVE:
        return boards_for(row[1])
    return others_on_board(row[0]) if outcome is Outcome.MERGE else []


def boards_for(board: Board) -> list[tuple[int, str]]:
    """The boards to which a topic may be moved from another one."""
    source = place_of(board)
    others = select(Board).where(Board.programme_id == board.programme_id, Board.id != board.id)
    found = db.session.scalars(others.order_by(Board.position, Board.name))
    return [(each.id, each.name) for each in found if may_move(source, place_of(each))]


def others_on_board(topic: Topic) -> list[tuple[int, str]]:
    """The topics with which one may be merged, those with something new first."""
    found = db.session.execute(
        select(Topic.id, Topic.title)
        .where(Topic.board_id == topic.board_id, Topic.id != topic.id, Topic.state == PostState.PUBLISHED)
        .order_by(Topic.newest_at.desc(), Topic.id.desc())
        .limit(MOST_TARGETS)
    )
    return [(row.id, row.title) for row in found]


def place_of(board: Board) -> Place:
    """A board, as far as it matters for moving."""
    return Place(board.programme_id, board.audience, board.cohort_id, board.label)


def _around(said: Post) -> list[Neighbour]:
    shown = and_(Post.topic_id == said.topic_id, Post.state == PostState.PUBLISHED)
    before = select(Post.id).where(shown, Post.number < said.number).order_by(Post.number.desc()).limit(AROUND)
    after = select(Post.id).where(shown, Post.number > said.number).order_by(Post.number).limit(AROUND)
    rows = db.session.execute(
        select(Post, Alias.name)
        .outerjoin(Alias, Alias.id == Post.alias_id)
        .where(or_(Post.id.in_(before), Post.id.in_(after)))
        .order_by(Post.number)
    ).all()
    names = audience.names({each for row in rows for each in mentions.mentioned(row[0].body).shown})
    return [
        Neighbour(
            html=mentions.show(near.html, names),
            author_id=None if alias else near.author_id,
            shown_as=alias,
            after=near.number > said.number,
        )
        for near, alias in rows
    ]


def to_split(topic: Topic) -> list[tuple[int, str]]:
    """The posts of a topic that can be made a topic of their own: number and first words."""
    found = db.session.execute(
        select(Post.number, func.substr(Post.plain, 1, FIRST_WORDS))
        .where(Post.topic_id == topic.id, Post.number > 1, Post.state == PostState.PUBLISHED)
        .order_by(Post.number.desc())
        .limit(MOST_TO_SPLIT)
    ).all()
    return [(row[0], f"{row[0]}: {row[1]}") for row in reversed(found)]
