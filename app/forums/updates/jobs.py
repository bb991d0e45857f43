"""What the worker does for community updates; everything is looked at again at the moment of sending."""

from datetime import date

from app.accounts.models import Member
from app.core import clock, outbox
from app.core.db import db, transaction
from app.core.outbox import Message
from app.forums.queries import readers
from app.forums.updates import operations, queries
from app.forums.updates.rules import UPDATES, Period
from app.notifications import letters, mail
from app.notifications import queries as notifications
from app.notifications.rules import sends_at


def plan() -> None:
    """Queue what is due, each programme in a transaction of its own."""
    programme_ids = queries.programmes()
    db.session.rollback()
    for programme_id in programme_ids:
        with transaction() as after:
            if operations.plan(programme_id):
                after.append(outbox.wake)


def send(message: Message) -> None:
    """Mail one member what is new; nothing when nothing is, when they want none by now, or may read nothing."""
    member = db.session.get(Member, message.payload["member_id"])
    if member is None or message.programme_id is None:
        return
    reader = readers.reader(member, message.programme_id)
    if not reader.takes_part or not notifications.deliveries(UPDATES, [member.id])[member.id].in_digest:
        return
    now = clock.now()
    moment = sends_at(now, notifications.quiet_hours(member.id), None)
    if moment > now:
        raise outbox.Later(moment)
    about = Period(date.fromisoformat(message.payload["day"]), message.payload["days"])
    new = queries.update(reader, about.since, about.until)
    if new.is_empty:
        return
    url = mail.settings().public_url
    topics = [(news.title, news.board, news.new, f"{url}/forums/topics/{news.topic_id}") for news in new.named]
    shown = {"topics": topics, "more": new.unnamed, "pieces": new.pieces, "url": url}
    mail.send(letters.of_kind(message, member, "community_update", "What is new in your community", UPDATES, **shown))
