"""Who may read which board, topic and post: one condition for every query (policies says the same of one of them).

What differs between readers is named by parameters, `parameters(reader)`. A query that is asked often is built
once for each `reader.shape` and run with them; any other just uses the condition: its values are in it already.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, or_, true

from app.forums.models import Acknowledgement, Board, Post, Topic
from app.forums.rules import WAITING, Audience, Label, PostState, Reader


def parameters(reader: Reader) -> dict[str, Any]:
    """What differs between readers of one shape."""
    cohorts = {f"reader_cohort_{nth}": cohort_id for nth, cohort_id in enumerate(sorted(reader.cohort_ids))}
    return {"reader_id": reader.member_id, "reader_programme": reader.programme_id, **cohorts}


def found_boards(reader: Reader) -> ColumnElement[bool]:
    """The boards that the reader knows of, acknowledged or not."""
    if not reader.takes_part:
        return false()
    here = Board.programme_id == bindparam("reader_programme", reader.programme_id)
    if reader.moderates:
        return here
    audiences = [Board.audience == Audience.EVERYONE]
    if reader.cohort_ids:
        theirs = enumerate(sorted(reader.cohort_ids))
        its = [Board.cohort_id == bindparam(f"reader_cohort_{nth}", cohort_id) for nth, cohort_id in theirs]
        audiences.append(and_(Board.audience == Audience.COHORT, or_(*its)))
    if reader.facilitates:
        audiences.append(Board.audience == Audience.FACILITATORS)
    if reader.is_alumnus:
        audiences.append(Board.audience == Audience.ALUMNI)
    return and_(here, or_(*audiences))


def acknowledged(reader: Reader) -> ColumnElement[bool]:
    """Whether the reader has agreed to the label of the board, if it is one that is agreed to."""
    agreed = exists().where(
        Acknowledgement.member_id == me(reader),
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


def in_state(what: type[Topic] | type[Post], states: Collection[PostState]) -> ColumnElement[bool]:
    """Whether a topic or a post is in one of the states. Not IN: its list is written anew at each execution."""
    return or_(*(what.state == state for state in sorted(states)))


def me(reader: Reader) -> ColumnElement[int]:
    """Whoever asks, as a parameter."""
    return bindparam("reader_id", reader.member_id)


def _shown(reader: Reader, what: type[Topic] | type[Post]) -> ColumnElement[bool]:
    if reader.moderates:
        return true()
    return or_(
        what.state == PostState.PUBLISHED,
        and_(in_state(what, WAITING), what.author_id == me(reader)),
    )
