"""Messages that were given up, for programme leads."""

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import has_role, me, my_programme_id
from app.accounts.rules import Role
from app.accounts.seams import programme
from app.core import outbox
from app.core.db import transaction
from app.core.web import access
from app.notifications.undelivered import operations, queries

bp = Blueprint("messages", __name__)


def init_app(app: Flask) -> None:
    """Let the pages be found."""
    app.register_blueprint(bp)


@bp.get("/lead/messages")
@access(has_role(Role.LEAD))
def index() -> str:
    """What could not be sent, and why."""
    page = queries.dead(_here(), request.args.get("page", 1, type=int))
    return render_template("notifications/messages.html", page=page, programme=programme(_here()))


@bp.post("/lead/messages/<int(max=2147483647):message_id>/send-again")
@access(has_role(Role.LEAD))
def send_again(message_id: int) -> ResponseReturnValue:
    """Try once more, as often as with a new message."""
    here, by_id = _here(), me().id
    with transaction() as after:
        message = queries.dead_message(here, message_id) or abort(404)
        operations.send_again(message, by_id=by_id, programme_id=here)
        after.append(outbox.wake)
    flash("The message is being sent again.", "success")
    return redirect(url_for(".index"))


def _here() -> int:
    """The programme the lead is looking at; the rule of each view has made sure that there is one."""
    return my_programme_id() or abort(404)
