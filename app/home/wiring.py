"""Puts the first pages into the app, with what every feature offers on them; says what stands in the navigation."""

from flask import Flask

from app.home import queries, views
from app.home.queries import talk

# A page is in the navigation of those whom its own rule lets in.
NAVIGATION = (
    ("Home", "home.index"),
    ("Scenarios", "scenarios.index"),
    ("Forums", "forums.index"),
    ("Catch-ups", "slots.index"),
    ("Rooms", "rooms.index"),
    ("Inbox", "inbox.index"),
    ("Moderation", "moderation.index"),
    ("Support", "signposting.directory"),
    ("Lead", "lead.index"),
    ("Your account", "me.show"),
)

# In the order in which they stand on the first page.
OFFERS = (
    queries.leading,
    talk.moderating,
    queries.meeting,
    talk.talking,
    talk.forums,
    queries.practising,
    queries.sponsoring,
    queries.support,
    queries.reading,
)


def init_app(app: Flask) -> None:
    """Add the pages."""
    views.init_app(app, OFFERS)
