"""A member's inbox. It stays open while they are suspended: decisions about them arrive here."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.current import me
from app.core.db import transaction
from app.core.web import access, even_suspended
from app.notifications import queries
from app.notifications.models import Notification
from app.notifications.operations import notices

LARGEST_ID = 2_147_483_647

bp = Blueprint("inbox", __name__)


@bp.get("/inbox")
@access(even_suspended)
def index() -> str:
    """The notices, the newest first; `show=unread` leaves out what was read."""
    unread, before = request.args.get("show") == "unread", request.args.get("before", type=_id)
    notices_here, older = queries.inbox(me().id, unread=unread, before=before)
    return render_template(
        "notifications/inbox.html",
        notices=notices_here,
        older=older,
        unread=unread,
        is_first=before is None,
        waiting=queries.unread_count(me().id),
        newest=queries.newest_id(me().id),
        undo=_moment(request.args.get("undo", "")),
    )


@bp.get("/inbox/<int(max=2147483647):notification_id>/open")
@access(even_suspended)
def follow(notification_id: int) -> ResponseReturnValue:
    """Go to the page that a notice is about; on the way it counts as read, unless a browser only looks ahead."""
    path = _mine(notification_id).path
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):
        _mark(notification_id, read=True)
    return redirect(path, 303)


@bp.post("/inbox/<int(max=2147483647):notification_id>/mark")
@access(even_suspended)
def mark(notification_id: int) -> ResponseReturnValue:
    """Note that a notice was read, or let it stand out again."""
    _mine(notification_id)
    _mark(notification_id, read=request.form.get("as") != "unread")
    return redirect(url_for(".index", **_place()), 303)  # type: ignore[arg-type]


@bp.post("/inbox/mark-all")
@access(even_suspended)
def mark_all() -> ResponseReturnValue:
    """Mark everything that was there when the page was shown; what came since stays unread."""
    newest, member_id = request.form.get("newest", type=_id) or abort(422), me().id
    with transaction():
        count, marked_at = notices.mark_all_read(member_id, newest)
    return redirect(url_for(".index", undo=marked_at.isoformat() if count else None), 303)


@bp.post("/inbox/undo")
@access(even_suspended)
def undo() -> ResponseReturnValue:
    """Take `mark_all` back."""
    marked_at, member_id = _moment(request.form.get("marked_at", "")) or abort(422), me().id
    with transaction():
        count = notices.unmark_all_read(member_id, marked_at)
    flash("1 message is unread again." if count == 1 else f"{count} messages are unread again.", "success")
    return redirect(url_for(".index"), 303)


def unread() -> int:
    """How many notices whoever asks has not read; for the navigation."""
    return queries.unread_count(me().id) if current_user.is_authenticated else 0


def _mine(notification_id: int) -> Notification:
    return queries.notification(me().id, notification_id) or abort(404)


def _mark(notification_id: int, *, read: bool) -> None:
    member_id = me().id
    with transaction():
        (notices.mark_read if read else notices.mark_unread)(member_id, notification_id)


def _place() -> dict[str, str]:
    """The page of the inbox that a button stood on."""
    return {name: request.form[name] for name in ("show", "before") if request.form.get(name)}


def _id(text: str) -> int:
    """A number that may be an id; raises ValueError for one that no database would take."""
    if not 0 < int(text) <= LARGEST_ID:
        raise ValueError(text)
    return int(text)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
