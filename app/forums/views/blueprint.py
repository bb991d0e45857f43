"""What the pages of forums share: their addresses, who may come in, and who is asking."""

from collections.abc import Mapping
from typing import cast

from flask import Blueprint, abort, g

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import STAFF, Role
from app.forums.queries import readers
from app.forums.rules import Reader

bp = Blueprint("forums", __name__, url_prefix="/forums")

LARGEST_ID = 2_147_483_647
TOPIC = "/topics/<int(max=2147483647):topic_id>"
POST = "/posts/<int(max=2147483647):post_id>"
in_community = has_role(Role.PARTICIPANT, *sorted(STAFF))


def here() -> Reader:
    """Whoever asks, in the programme they are looking at; read once for each request."""
    if "forum_reader" not in g:
        g.forum_reader = readers.reader(me(), my_programme_id() or abort(404))
    return cast("Reader", g.forum_reader)


def topic_id_in(answers: Mapping[str, str]) -> int | None:
    """The topic that an address or a form names; None where it names none."""
    return _number(answers.get("topic", ""), LARGEST_ID)


def post_number_in(answers: Mapping[str, str], name: str) -> int | None:
    """A number of a post, or of a page; None where there is none that makes sense."""
    return _number(answers.get(name, ""), LARGEST_ID)


def _number(text: str, largest: int) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= len(str(largest)) else None
