"""What the pages of cases share: their addresses, who may come in, and who is asking."""

from flask import Blueprint, abort

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import Role
from app.moderation.cases.queries import features, one, scope
from app.moderation.cases.queries.one import Shown
from app.moderation.cases.queries.scope import Reviewer

bp = Blueprint("moderation", __name__, url_prefix="/moderation")  # the moderators' pages
members = Blueprint("reports", __name__, url_prefix="/moderation")  # everybody's

ID = "<int(max=2147483647):{}>".format
CASE = f"/cases/{ID('case_id')}"
on_desk = has_role(Role.MODERATOR, Role.LEAD)


def here() -> Reviewer:
    """Whoever asks, in the programme they are looking at."""
    return scope.reviewer(me().id, my_programme_id())


def programme_id() -> int:
    """The programme they are looking at."""
    return my_programme_id() or abort(404)


def seen(who: Reviewer, case_id: int) -> Shown:
    """A case that they may decide; any other looks like what does not exist."""
    return one.shown(who, case_id) or abort(404)


def waiting() -> int:
    """How much waits for whoever asks: the number in the navigation."""
    return features.waiting(here())
