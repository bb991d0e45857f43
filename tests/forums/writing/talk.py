"""A board and what people write on it, each verb in a transaction of its own; it needs the app, not its context."""

from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from app.core.db import db, transaction
from app.forums.models import Alias, Board, Post, Topic
from app.forums.operations import posting, words
from app.forums.operations.intake import Screened
from app.forums.operations.posting import Opening, Written
from app.forums.queries import readers
from app.forums.rules import Audience, Label, PostState, TopicKind
from app.moderation.screening.operations.intake import Intake
from app.moderation.screening.trust import Trust
from app.moderation.screening.weighing import Ruling, Verdict
from tests.people import People, Person


def a_key():
    """What a page would send."""
    return str(uuid4())


def a_board(programme_id, slug="all", **columns):
    """A board, in the caller's app context; gives its id."""
    kept = {"name": slug.capitalize(), "audience": Audience.EVERYONE, "label": Label.OPEN, **columns}
    with transaction():
        board = Board(programme_id=programme_id, slug=slug, **kept)
        db.session.add(board)
        db.session.flush()
        return board.id


def screened(reader, body, *, held=False):
    """What screening says of words in which it finds nothing, on a board that asks first or not."""
    texts = {"body": body}
    intake = Intake(programme_id=reader.programme_id, author_id=reader.member_id, texts=texts, trust=Trust.REGULAR)
    return Screened(intake, Ruling(verdict=Verdict.PUBLISH, texts=texts), asks_first=held)


@dataclass
class Talk:
    """One board and what is written there."""

    app: Flask
    people: People
    board_id: int

    @classmethod
    def of(cls, app: Flask, people: People, **columns: object) -> "Talk":
        """A fresh board."""
        with app.app_context():
            return cls(app, people, a_board(people.programme_id, **columns))

    def begin(self, who: Person, body="Good morning", *, title="A topic", kind=TopicKind.DISCUSSION, **more) -> int:
        """Begin a topic; gives its id."""
        tags = more.pop("tags", ())
        with self.writing(who) as reader:
            board = db.session.get_one(Board, self.board_id)
            opening = Opening(title=title, kind=kind, tags=tags)
            return posting.begin(reader, board, opening, self.written(reader, body, **more)).topic_id

    def reply(self, who: Person, topic_id: int, body="I agree", **more) -> int:
        """Add a post; gives its id."""
        with self.writing(who) as reader:
            topic, board = db.session.get_one(Topic, topic_id), db.session.get_one(Board, self.board_id)
            return posting.reply(reader, board, topic, self.written(reader, body, **more)).id

    def written(self, reader, body, *, key=None, anonymous=False, held=False, reply_to=None) -> Written:
        """What a page would hand over."""
        board = db.session.get_one(Board, self.board_id)
        return Written(
            text=words.prepare(reader, board, body),
            client_key=key or a_key(),
            anonymous=anonymous,
            screened=screened(reader, body, held=held),
            reply_to_id=reply_to,
        )

    @contextmanager
    def writing(self, who: Person):
        """A transaction of somebody's."""
        with self.app.app_context(), transaction():
            yield readers.reader(who.member, self.people.programme_id)

    @contextmanager
    def reading(self):
        """A session to look at rows with."""
        with self.app.app_context():
            yield db.session

    def post(self, post_id: int) -> Post:
        """A post as it is now."""
        with self.reading() as session:
            return session.get_one(Post, post_id)

    def topic(self, topic_id: int) -> Topic:
        """A topic as it is now."""
        with self.reading() as session:
            return session.get_one(Topic, topic_id)

    def posts(self, topic_id: int) -> list[Post]:
        """The posts of a topic, in order."""
        with self.reading() as session:
            return list(session.scalars(select(Post).where(Post.topic_id == topic_id).order_by(Post.number)))

    def alias(self, post_id: int) -> str | None:
        """Under which alias a post stands."""
        with self.reading() as session:
            return session.scalar(select(Alias.name).join(Post, Post.alias_id == Alias.id).where(Post.id == post_id))

    def sound(self) -> bool:
        """Whether every counter says what is there."""
        shown = Post.state == PostState.PUBLISHED
        with self.reading() as session:
            for topic in session.scalars(select(Topic)):
                counted = session.execute(
                    select(func.count(), func.coalesce(func.max(Post.number), 0)).where(
                        Post.topic_id == topic.id, shown
                    )
                ).one()
                highest = session.scalar(select(func.max(Post.number)).where(Post.topic_id == topic.id)) or 0
                assert (topic.posts, topic.newest_number) == tuple(counted), topic.id
                assert topic.last_number >= highest
            for board in session.scalars(select(Board)):
                public = [Topic.board_id == board.id, Topic.state == PostState.PUBLISHED]
                assert board.topics == session.scalar(select(func.count()).select_from(Topic).where(*public))
                posts = select(func.count(Post.id)).join(Topic, Topic.id == Post.topic_id).where(*public, shown)
                assert board.posts == session.scalar(posts)
        return True
