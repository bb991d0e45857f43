"""What the pages of rounds share: their addresses, who may come in, and who is asking."""

from flask import Blueprint, abort

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import STAFF, Role
from app.catchups.rounds import policies
from app.catchups.rounds.queries import groups
from app.catchups.rounds.queries.groups import GroupShown
from app.catchups.slots.queries import lists
from app.catchups.slots.rules import Reader

bp = Blueprint("rounds", __name__, url_prefix="/catchups/rounds")
leads = Blueprint("lead_rounds", __name__, url_prefix="/lead")

ONE = "/rounds/<int(max=2147483647):round_id>"
GROUP = "/groups/<int(max=2147483647):group_id>"
in_community = has_role(Role.PARTICIPANT, *sorted(STAFF))
leading = has_role(Role.LEAD)

NOT_TRUSTED = "Coffee rounds are for people in a cohort, and for alumni. You can join when you have a place in one."
TOO_LATE = "Sign-up has closed, so nothing was changed. You can join the next round."


def here() -> Reader:
    """Whoever asks, in the programme they are looking at; the rule of each view has made sure that there is one."""
    return lists.reader(me().id, my_programme_id() or abort(404))


def taking_part() -> Reader:
    """Whoever asks, if they may take part."""
    reader = here()
    if not policies.can_take_part(reader):
        abort(403, NOT_TRUSTED)
    return reader


def my_group(reader: Reader, group_id: int) -> GroupShown:
    """A group that the reader is in; anybody else's looks like one that does not exist."""
    return groups.seen(reader, group_id) or abort(404)
