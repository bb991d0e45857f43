"""What the pages of slots share: their addresses, who may come in, and who is asking."""

from flask import Blueprint, abort

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import STAFF, Role
from app.catchups.slots import policies
from app.catchups.slots.queries import lists
from app.catchups.slots.queries.lists import Shown
from app.catchups.slots.rules import Reader

bp = Blueprint("slots", __name__, url_prefix="/catchups")

SLOT = "/<int(max=2147483647):slot_id>"
in_community = has_role(Role.PARTICIPANT, *sorted(STAFF))


def here() -> Reader:
    """Whoever asks, in the programme they are looking at; the rule of each view has made sure that there is one."""
    return lists.reader(me().id, my_programme_id() or abort(404))


def seen(reader: Reader, slot_id: int) -> Shown:
    """A slot that the reader may see; somebody else's business looks like what does not exist."""
    return lists.seen(reader, slot_id) or abort(404)


def looked_after(reader: Reader, slot_id: int) -> Shown:
    """A slot that the reader looks after, as its host or as a lead."""
    shown = seen(reader, slot_id)
    if not policies.can_look_after(reader, shown.slot, shown.mine):
        abort(403)
    return shown
