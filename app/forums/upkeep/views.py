"""Pages on which leads and moderators look after the boards of their programme."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import Role
from app.core.db import transaction
from app.core.web import access
from app.forums.models import Board
from app.forums.upkeep import operations, queries
from app.forums.upkeep.forms import BoardForm
from app.forums.upkeep.operations import NoSuchBoardError
from app.forums.upkeep.rules import NotPossibleError

bp = Blueprint("boards", __name__, url_prefix="/lead/boards")

looks_after_boards = has_role(Role.LEAD, Role.MODERATOR)


@bp.get("")
@access(looks_after_boards)
def index() -> str:
    """The boards, in their order."""
    return render_template("forums/upkeep/index.html", boards=queries.boards(_here()))


@bp.route("/new", methods=["GET", "POST"])
@access(looks_after_boards)
def new() -> ResponseReturnValue:
    """Make a board."""
    form = BoardForm.of(queries.cohorts(_here()))
    if not form.validate_on_submit():
        return _page(form, None)
    here, by_id = _here(), me().id
    try:
        with transaction():
            operations.create(here, form.wanted, by_id=by_id)
    except NotPossibleError as why:
        return _refused(form, None, why)
    flash("The board was made.", "success")
    return redirect(url_for(".index"), 303)


@bp.route("/<int(max=2147483647):board_id>", methods=["GET", "POST"])
@access(looks_after_boards)
def edit(board_id: int) -> ResponseReturnValue:
    """Change a board."""
    board = queries.board(_here(), board_id) or abort(404)
    form = BoardForm.of(queries.cohorts(_here()), board)
    if not form.validate_on_submit():
        return _page(form, board)
    here, by_id = _here(), me().id
    try:
        with transaction():
            operations.change(here, board_id, form.wanted, by_id=by_id)
    except NotPossibleError as why:
        return _refused(form, queries.board(here, board_id), why)
    flash("Saved.", "success")
    return redirect(url_for(".index"), 303)


@bp.post("/<int(max=2147483647):board_id>/<any(close,open):what>")
@access(looks_after_boards)
def close(board_id: int, what: str) -> ResponseReturnValue:
    """Let nobody write there any more, or let them again."""
    here, by_id = _here(), me().id
    try:
        with transaction():
            operations.close(here, board_id, closed=what == "close", by_id=by_id)
    except NoSuchBoardError:
        abort(404)
    flash("Closed. It can still be read." if what == "close" else "Open again.", "success")
    return redirect(url_for(".index"), 303)


@bp.post("/<int(max=2147483647):board_id>/<any(up,down):way>")
@access(looks_after_boards)
def move(board_id: int, way: str) -> ResponseReturnValue:
    """Put a board one place up or down."""
    here, by_id = _here(), me().id
    try:
        with transaction():
            operations.move(here, board_id, -1 if way == "up" else 1, by_id=by_id)
    except NoSuchBoardError:
        abort(404)
    return redirect(url_for(".index", _anchor=f"board-{board_id}"), 303)


def _page(form: BoardForm, board: Board | None) -> ResponseReturnValue:
    shown = render_template("forums/upkeep/edit.html", form=form, board=board)
    return shown, 422 if form.errors else 200


def _refused(form: BoardForm, board: Board | None, why: NotPossibleError) -> ResponseReturnValue:
    form[why.field].errors = [str(why)]
    return _page(form, board)


def _here() -> int:
    return my_programme_id() or abort(404)
