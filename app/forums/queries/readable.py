"""Who may read which board, topic and post: one condition for every query (policies says the same of one of them)."""

from sqlalchemy import ColumnElement, and_, exists, false, or_

from app.forums.models import Acknowledgement, Board, Post, Topic
from app.forums.rules import WAITING, Audience, Label, PostState, Reader


def found_boards(reader: Reader) -> ColumnElement[bool]:
    """The boards that the reader knows of, acknowledged or not."""
    if not reader.takes_part:
        return false()
    if reader.moderates:
        return Board.programme_id == reader.programme_id
    audiences = [Board.audience == Audience.EVERYONE]
    if reader.cohort_ids:
        audiences.append(and_(Board.audience == Audience.COHORT, Board.cohort_id.in_(sorted(reader.cohort_ids))))
    if reader.facilitates:
        audiences.append(Board.audience == Audience.FACILITATORS)
    if reader.is_alumnus:
        audiences.append(Board.audience == Audience.ALUMNI)
    return and_(Board.programme_id == reader.programme_id, or_(*audiences))


def acknowledged(reader: Reader) -> ColumnElement[bool]:
    """Whether the reader has agreed to the label of the board, if it is one that is agreed to."""
    agreed = exists().where(
        Acknowledgement.member_id == reader.member_id,
        Acknowledgement.label == Board.label,
        or_(Acknowledgement.board_id == Board.id, Acknowledgement.cohort_id == Board.cohort_id),
    )
    return or_(Board.label == Label.OPEN, agreed)


def boards(reader: Reader) -> ColumnElement[bool]:
    """The boards that the reader reads; for a select that has Board in it."""
    return and_(found_boards(reader), acknowledged(reader))


def topics(reader: Reader) -> ColumnElement[bool]:
    """The topics that the reader reads; for a select that joins Topic and Board."""
    return and_(boards(reader), shown_topics(reader))


def posts(reader: Reader) -> ColumnElement[bool]:
    """The posts that the reader reads; for a select that joins Post, Topic and Board."""
    return and_(topics(reader), shown_posts(reader))


def shown_topics(reader: Reader) -> ColumnElement[bool]:
    """Of the topics of a board that the reader reads, those that are shown to them."""
    return _shown(reader, Topic)


def shown_posts(reader: Reader) -> ColumnElement[bool]:
    """Of the posts of a topic that the reader reads, those whose words are shown to them."""
    return _shown(reader, Post)


def _shown(reader: Reader, what: type[Topic] | type[Post]) -> ColumnElement[bool]:
    if reader.moderates:
        # Only to say something: false never, but it keeps the form of the condition the same for everybody.
        return what.state.in_(sorted(PostState))
    return or_(
        what.state == PostState.PUBLISHED,
        and_(what.state.in_(sorted(WAITING)), what.author_id == reader.member_id),
    )
