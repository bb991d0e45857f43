"""Who may read what. `queries.readable` says the same in SQL; tests hold both together."""

from app.forums.models import Board, Post, Topic
from app.forums.rules import WAITING, Audience, PostState, Reader


def can_find(reader: Reader, board: Board) -> bool:
    """Whoever a board is meant for knows that it is there; moderators look after every board of their programme."""
    if not reader.takes_part or board.programme_id != reader.programme_id:
        return False
    meant_for_them = {
        Audience.EVERYONE: True,
        Audience.COHORT: board.cohort_id in reader.cohort_ids,
        Audience.FACILITATORS: reader.facilitates,
        Audience.ALUMNI: reader.is_alumnus,
    }[board.audience]
    return meant_for_them or reader.moderates


def can_read(reader: Reader, board: Board, *, acknowledged: bool) -> bool:
    """Whoever finds it and has agreed to its label, where it has one that is agreed to."""
    return can_find(reader, board) and (acknowledged or not board.label.is_acknowledged)


def can_read_topic(reader: Reader, board: Board, topic: Topic, *, acknowledged: bool) -> bool:
    """As the board; what is held or hidden only its author and moderators, what is gone only moderators."""
    return can_read(reader, board, acknowledged=acknowledged) and _is_shown(reader, topic)


def can_read_post(reader: Reader, board: Board, topic: Topic, post: Post, *, acknowledged: bool) -> bool:
    """As the topic; and the same of the post itself."""
    return can_read_topic(reader, board, topic, acknowledged=acknowledged) and _is_shown(reader, post)


def can_reply(reader: Reader, board: Board, topic: Topic, *, acknowledged: bool) -> bool:
    """Whoever reads a published topic, unless it or its board is closed; moderators also then."""
    if not can_read_topic(reader, board, topic, acknowledged=acknowledged):
        return False
    is_open = topic.state is PostState.PUBLISHED and not topic.closed and not board.closed
    return is_open or reader.moderates


def can_begin(reader: Reader, board: Board, *, acknowledged: bool) -> bool:
    """Whoever reads a board begins topics there, unless it is closed; moderators also then."""
    return can_read(reader, board, acknowledged=acknowledged) and (not board.closed or reader.moderates)


def _is_shown(reader: Reader, thing: Topic | Post) -> bool:
    if thing.state is PostState.PUBLISHED or reader.moderates:
        return True
    return thing.state in WAITING and thing.author_id == reader.member_id
