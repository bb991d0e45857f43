"""What moderators do to a whole topic: pin, close, move, merge, split. Posts are decided about in the queue."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role
from app.accounts.rules import Role
from app.core.db import db, transaction
from app.core.web import access
from app.forums.forms.moderating import MergeForm, MoveForm, SplitForm
from app.forums.models import Board, Topic
from app.forums.operations import moving
from app.forums.operations.moving import CannotMoveError
from app.forums.queries import subjects, writing
from app.forums.views.blueprint import TOPIC, bp, here
from app.forums.views.sheets import reread

moderators = has_role(Role.MODERATOR)


@dataclass
class Desk:
    """A topic on a moderator's desk, with a form for each thing that can be done."""

    topic: Topic
    board: Board
    move: MoveForm
    merge: MergeForm
    split: SplitForm

    @classmethod
    def of(cls, topic: Topic, board: Board) -> "Desk":
        """The forms with what can be chosen now."""
        return cls(
            topic=topic,
            board=board,
            move=MoveForm.to(subjects.boards_for(board)),
            merge=MergeForm.of(subjects.others_on_board(topic)),
            split=SplitForm.of(subjects.to_split(topic)),
        )


@bp.get(f"{TOPIC}/moderate")
@access(moderators)
def moderate(topic_id: int) -> str:
    """The desk."""
    return _page(Desk.of(*_topic(topic_id)))


@bp.post(f"{TOPIC}/pin")
@access(moderators)
def pin(topic_id: int) -> ResponseReturnValue:
    """Let it stand at the top, or not any more."""
    with transaction():
        topic = _topic(topic_id, again=True)[0]
        moving.pin(topic, pinned=not topic.pinned, by_id=here().member_id)
        said = "It stands at the top of its board." if topic.pinned else "It is not pinned any more."
    return _done(topic_id, said)


@bp.post(f"{TOPIC}/close")
@access(moderators)
def close(topic_id: int) -> ResponseReturnValue:
    """Take no more replies, or take them again."""
    with transaction():
        topic = _topic(topic_id, again=True)[0]
        moving.close(topic, closed=not topic.closed, by_id=here().member_id)
        said = "It takes no more posts." if topic.closed else "It takes posts again."
    return _done(topic_id, said)


@bp.post(f"{TOPIC}/move")
@access(moderators)
def move(topic_id: int) -> ResponseReturnValue:
    """Put it on another board."""
    desk = Desk.of(*_topic(topic_id))
    if not desk.move.validate():
        return _page(desk), 422
    board_id = desk.move.board.data

    def verb(topic: Topic) -> int:
        return moving.move(topic, db.session.get_one(Board, board_id), by_id=here().member_id) and topic_id

    return _do(topic_id, verb, "It is on its new board.")


@bp.post(f"{TOPIC}/merge")
@access(moderators)
def merge(topic_id: int) -> ResponseReturnValue:
    """Put it at the end of another topic."""
    desk = Desk.of(*_topic(topic_id))
    if not desk.merge.validate():
        return _page(desk), 422
    into_id = desk.merge.into.data

    def verb(topic: Topic) -> int:
        moving.merge(topic, db.session.get_one(Topic, into_id), by_id=here().member_id)
        return int(into_id)

    return _do(topic_id, verb, "Both are one topic now. Links to each post still lead to it.")


@bp.post(f"{TOPIC}/split")
@access(moderators)
def split(topic_id: int) -> ResponseReturnValue:
    """Make some of its posts a topic of their own."""
    desk = Desk.of(*_topic(topic_id))
    if not desk.split.validate():
        return _page(desk), 422
    title, numbers = desk.split.title.data.strip(), desk.split.numbers.data

    def verb(topic: Topic) -> int:
        return moving.split(topic, numbers, title, by_id=here().member_id).id

    return _do(topic_id, verb, "They are a topic of their own now. Links to each post still lead to it.")


def _do(topic_id: int, verb: Callable[[Topic], int], said: str) -> ResponseReturnValue:
    """Do it on what is true inside the transaction; gives the way to the topic that matters then."""
    try:
        with transaction():
            lead_to = verb(_topic(topic_id, again=True)[0])
    except CannotMoveError as error:
        flash(str(error), "error")
        return redirect(url_for(".moderate", topic_id=topic_id), 303)
    return _done(lead_to, said)


def _topic(topic_id: int, *, again: bool = False) -> tuple[Topic, Board]:
    reader = reread() if again else here()
    if not reader.moderates:
        abort(403)
    return writing.topic(reader, topic_id) or abort(404)


def _done(topic_id: int, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for(".topic", topic_id=topic_id), 303)


def _page(desk: Desk) -> str:
    return render_template("forums/moderate.html", desk=desk, topic=desk.topic, board=desk.board)
