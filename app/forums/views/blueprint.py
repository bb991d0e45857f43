"""What the pages of forums share: their addresses, who may come in, and who is asking."""

from typing import cast

from flask import Blueprint, abort, g

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import STAFF, Role
from app.forums.queries import readers
from app.forums.rules import Reader

bp = Blueprint("forums", __name__, url_prefix="/forums")

in_community = has_role(Role.PARTICIPANT, *sorted(STAFF))


def here() -> Reader:
    """Whoever asks, in the programme they are looking at; read once for each request."""
    if "forum_reader" not in g:
        g.forum_reader = readers.reader(me(), my_programme_id() or abort(404))
    return cast("Reader", g.forum_reader)
