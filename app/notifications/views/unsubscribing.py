"""Turning mail off from the mail itself, without signing in (RFC 8058)."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.core.db import transaction
from app.core.web import access, public
from app.notifications import kinds, links, queries
from app.notifications.operations import preferences
from app.notifications.rules import Kind

bp = Blueprint("unsubscribing", __name__)


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"])
@access(public)
def unsubscribe(token: str) -> ResponseReturnValue:
    """Ask, and turn off on the button or on one click in a mail program; opening the link changes nothing."""
    member_id, code = links.read_unsubscribe(token) or abort(404)
    kind = _kind(code)
    if not queries.is_member(member_id):
        abort(404)
    if request.method == "POST":
        with transaction():
            _turn_off(member_id, kind)
    page = render_template("notifications/unsubscribe.html", kind=kind, done=request.method == "POST", token=token)
    return page, {"Cache-Control": "no-store"}


def _kind(code: str) -> Kind | None:
    """The kind that the link is about; None: all mail that collects notices. 404 where it cannot be turned off."""
    if code == links.EVERY_DIGEST:
        return None
    kind = next((known for known in kinds.every() if known.code == code), None)
    return kind if kind and kind.can_be_off else abort(404)


def _turn_off(member_id: int, kind: Kind | None) -> None:
    if kind is None:
        preferences.turn_off_digests(member_id)
    else:
        preferences.turn_off(member_id, kind.code)
