"""What a member is booked for, and the secret address at which their own calendar follows it."""

from hashlib import sha256

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.current import me
from app.core import clock
from app.core.db import transaction
from app.core.web import access, even_suspended, public
from app.notifications import feeds, queries
from app.notifications.calendars import Method, published
from app.notifications.operations import feeds as addresses

bp = Blueprint("calendar", __name__)

NAME = "My dates"
KEPT = 300  # seconds


@bp.get("/me/calendar")
@access(even_suspended)
def index() -> str:
    """What they are booked for, and the address."""
    member_id, now = me().id, clock.now()
    dates = [entry for entry in feeds.dates_of(member_id) if entry.ends_at > now and not entry.cancelled]
    return render_template("notifications/calendar.html", dates=dates, address=_address(member_id))


@bp.get("/me/calendar/address/new")
@access(even_suspended)
def confirm_renew() -> ResponseReturnValue:
    """Ask before an address that calendars follow stops working."""
    if _address(me().id) is None:
        return redirect(url_for(".index"))
    return render_template("notifications/new_address.html")


@bp.post("/me/calendar/address")
@access(even_suspended)
def renew() -> ResponseReturnValue:
    """A new address; the older one stops working."""
    member_id = me().id
    with transaction():
        addresses.renew(member_id)
    flash("This is the new address of your calendar. An older one no longer works.", "success")
    return redirect(url_for(".index", _anchor="address"), 303)


@bp.get("/me/calendar/address/remove")
@access(even_suspended)
def confirm_revoke() -> ResponseReturnValue:
    """Ask before the address is removed."""
    if _address(me().id) is None:
        return redirect(url_for(".index"))
    return render_template("notifications/remove_address.html")


@bp.post("/me/calendar/address/remove")
@access(even_suspended)
def revoke() -> ResponseReturnValue:
    """No address at all."""
    member_id = me().id
    with transaction():
        addresses.revoke(member_id)
    flash("The address of your calendar was removed. Calendars that follow it get nothing new.", "success")
    return redirect(url_for(".index"), 303)


@bp.get("/calendar/<secret>.ics")
@access(public)
def feed(secret: str) -> Response:
    """The file that calendars ask for, again and again; nobody signs in for it."""
    member_id = queries.reader_of_feed(addresses.digest_of(secret)) or abort(404)
    dates = feeds.dates_of(member_id)
    response = Response(published(NAME, dates, clock.now()), content_type=Method.PUBLISH.mime)
    response.set_etag(sha256(repr(dates).encode()).hexdigest())  # of the dates: the file says when it was made
    response.headers["Cache-Control"] = f"private, max-age={KEPT}"
    response.headers["X-Robots-Tag"] = "noindex"
    response.make_conditional(request)
    return response


def _address(member_id: int) -> str | None:
    """The absolute address, from the settings: the Host header of a request is anybody's to choose."""
    kept = queries.feed(member_id)
    public_url: str = current_app.extensions["settings"].public_url
    return public_url + url_for(".feed", secret=kept.secret) if kept else None
