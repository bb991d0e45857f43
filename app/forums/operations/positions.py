"""Moving reading positions: they only rise, so it does not matter in which order two pages of one member say so."""

from app.core import clock
from app.core.db import db, insert
from app.forums.models import BoardPosition, ReadingPosition
from app.forums.rules import Follow, Reader


def move_to(reader: Reader, topic_id: int, number: int) -> None:
    """Note that a member has read a topic up to a post."""
    row = insert(ReadingPosition).values(
        member_id=reader.member_id,
        topic_id=topic_id,
        programme_id=reader.programme_id,
        last_read=number,
        follow=Follow.NORMAL,
        at=clock.now(),
    )
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["member_id", "topic_id"],
            set_={"last_read": row.excluded.last_read, "at": row.excluded.at},
            where=ReadingPosition.last_read < row.excluded.last_read,
        )
    )


def call_board_read(reader: Reader, board_id: int) -> None:
    """Note that nothing that is on a board now is new to a member any more."""
    row = insert(BoardPosition).values(
        member_id=reader.member_id, board_id=board_id, programme_id=reader.programme_id, read_until=clock.now()
    )
    db.session.execute(
        row.on_conflict_do_update(
            index_elements=["member_id", "board_id"], set_={"read_until": row.excluded.read_until}
        )
    )
