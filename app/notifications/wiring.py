"""Puts the parts of this feature into the app."""

from http import HTTPStatus

from flask import Flask, Response
from huey import crontab

from app.accounts import limits
from app.config import Settings
from app.core import jobs as timetable
from app.core import outbox
from app.notifications import feeds, jobs, kinds, mail
from app.notifications.operations import bookings, notices
from app.notifications.undelivered import views as undelivered
from app.notifications.views import calendar, inbox, preferences, unsubscribing

# Of calendars, from one address. A hospital comes from one, and programs go on asking at addresses that were removed.
WRONG_ADDRESSES = "600 per hour"
WAITING = {"inbox.index": inbox.unread}  # counts for the navigation


def init_app(app: Flask, settings: Settings) -> None:
    """Let members be told, in their inbox, by mail and in their calendar, and let leads see what could not be sent."""
    mail.init_app(app, settings)
    kinds.init_app(app)
    feeds.init_app(app)
    for kind, act in (
        (notices.ALONE, jobs.send_notice),
        (notices.DIGEST, jobs.send_digest),
        (notices.LATER, jobs.tell_later),
        (bookings.CALENDAR, jobs.send_calendar),
        (bookings.REMINDER, jobs.remind),
    ):
        outbox.register(app, kind, act)
    timetable.timetable(app, "forget_old_notices", crontab(hour="3", minute="20"), jobs.forget)
    undelivered.init_app(app)
    for views in (inbox, preferences, calendar, unsubscribing):
        app.register_blueprint(views.bp)
    # Mail programs press this button for the member: they have no session and no token of a form (RFC 8058).
    app.extensions["csrf"].exempt(unsubscribing.unsubscribe)
    limits.limit(app, "calendar.feed", WRONG_ADDRESSES, limits.by_address, method="GET", deduct_when=_not_found)


def _not_found(response: Response) -> bool:
    return response.status_code == HTTPStatus.NOT_FOUND
