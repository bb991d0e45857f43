"""Making and changing boards, each step in the audit log."""

from collections.abc import Iterable
from dataclasses import asdict, fields

from app.core import audit
from app.core.db import db
from app.forums.models import Board
from app.forums.rules import Audience
from app.forums.upkeep import queries
from app.forums.upkeep.rules import (
    BoardSettings,
    NotPossibleError,
    hides_anybody,
    refuse_broken_promises,
    slug_complaint,
)


class NoSuchBoardError(Exception):
    """The programme has no such board."""


def create(programme_id: int, wanted: BoardSettings, *, by_id: int) -> Board:
    """A new board, the last in order; raises NotPossibleError."""
    others = queries.held(programme_id)
    _refuse(programme_id, wanted, others.values(), None)
    board = Board(programme_id=programme_id, position=len(others), **asdict(wanted))
    db.session.add(board)
    db.session.flush()
    _log("create_board", board, by_id, audience=board.audience.value, label=board.label.value)
    return board


def change(programme_id: int, board_id: int, wanted: BoardSettings, *, by_id: int) -> None:
    """Change a board; raises NoSuchBoardError, and NotPossibleError for what would break a promise."""
    board = _board(programme_id, board_id)
    before = settings_of(board)
    _refuse(programme_id, wanted, queries.boards(programme_id), before, board_id)
    if queries.has_topics(board_id):
        refuse_broken_promises(before, wanted)
    changed = [each.name for each in fields(wanted) if getattr(before, each.name) != getattr(wanted, each.name)]
    for name in changed:
        setattr(board, name, getattr(wanted, name))
    if changed:
        db.session.flush()
        kept = {name: _as_code(getattr(wanted, name)) for name in changed if name not in {"name", "description"}}
        _log("change_board", board, by_id, changed=" ".join(changed), **kept)


def close(programme_id: int, board_id: int, *, closed: bool, by_id: int) -> None:
    """Let nobody write there any more, or let them again; what is there can still be read."""
    board = _board(programme_id, board_id)
    if board.closed is not closed:
        board.closed = closed
        _log("close_board" if closed else "open_board", board, by_id)


def move(programme_id: int, board_id: int, steps: int, *, by_id: int) -> None:
    """Put a board so many places further down (up: below 0)."""
    boards = list(queries.held(programme_id).values())
    place = next((number for number, each in enumerate(boards) if each.id == board_id), None)
    if place is None:
        raise NoSuchBoardError
    moved = boards.pop(place)
    boards.insert(max(place + steps, 0), moved)
    for number, each in enumerate(boards):
        each.position = number
    _log("move_board", moved, by_id, position=moved.position)


def settings_of(board: Board) -> BoardSettings:
    """What is said of a board now."""
    return BoardSettings(**{each.name: getattr(board, each.name) for each in fields(BoardSettings)})


def _refuse(
    programme_id: int,
    wanted: BoardSettings,
    others: Iterable[Board],
    before: BoardSettings | None,
    board_id: int | None = None,
) -> None:
    """Raise NotPossibleError for what no board may be."""
    if complaint := slug_complaint(wanted.slug):
        raise NotPossibleError("slug", complaint)
    if any(each.slug == wanted.slug for each in others if each.id != board_id):
        raise NotPossibleError("slug", "Another board has this address. Choose another one")
    in_cohort = wanted.audience is Audience.COHORT
    if in_cohort and wanted.cohort_id not in {cohort_id for cohort_id, _ in queries.cohorts(programme_id)}:
        raise NotPossibleError("cohort_id", "Choose which cohort it is for")
    turns_on = wanted.anonymity and not (before and before.anonymity)
    readers = queries.readers_of(programme_id, wanted.audience, wanted.cohort_id) if turns_on else 0
    if turns_on and not hides_anybody(readers):
        raise NotPossibleError(
            "anonymity",
            f"This board would have {readers} readers. Among fewer than 50, people guess who wrote something",
        )


def _board(programme_id: int, board_id: int) -> Board:
    board = queries.held(programme_id).get(board_id)
    if board is None:
        raise NoSuchBoardError
    return board


def _as_code(value: object) -> str | int | bool | None:
    return value if value is None or isinstance(value, bool | int) else str(value)


def _log(action: str, board: Board, by_id: int, **detail: str | int | bool | None) -> None:
    audit.record(action, "board", board.id, actor_id=by_id, programme_id=board.programme_id, **detail)
