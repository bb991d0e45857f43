"""What a page asks while somebody writes: how it will look, and whom they may mean. Both work only for who may read."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.core.web import access
from app.forums.mentions import at_name_of
from app.forums.operations import words
from app.forums.queries import audience, writing
from app.forums.rules import LONGEST_BODY
from app.forums.views.blueprint import LARGEST_ID, bp, here, in_community

FEWEST_LETTERS = 2


@bp.post("/preview")
@access(in_community)
def preview() -> ResponseReturnValue:
    """The safe HTML of a text, made by the code that makes it when it is posted."""
    body = request.form.get("body", "").replace("\r\n", "\n")
    number = request.form.get("board", 0, type=int)
    board = writing.board_by_id(here(), number if 0 < number <= LARGEST_ID else 0) or abort(404)
    if len(body) > LONGEST_BODY:
        abort(422)
    return {"html": words.preview(here(), board, body)}


@bp.get("/mentions/<int(max=2147483647):board_id>")
@access(in_community)
def people(board_id: int) -> ResponseReturnValue:
    """Those who can find a board and whose name begins as somebody typed, at most a few."""
    board = writing.board_by_id(here(), board_id) or abort(404)
    begun = " ".join(request.args.get("q", "").replace("-", " ").split())[:60]
    if len(begun) < FEWEST_LETTERS:
        return {"people": []}
    found = audience.offered(board, begun, besides=here().member_id)
    return {"people": [{"name": name, "at_name": at_name_of(name, member_id)} for member_id, name in found]}
