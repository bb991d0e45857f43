"""The boards."""

from flask import render_template

from app.core.web import access
from app.forums.queries import boards
from app.forums.views.blueprint import bp, here, in_community


@bp.get("")
@access(in_community)
def index() -> str:
    """The boards that are there for the reader."""
    return render_template("forums/index.html", boards=boards.found(here()))
