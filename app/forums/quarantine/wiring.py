"""Lets moderation quarantine posts and topics, and reveal who wrote under an alias."""

from flask import Flask

from app.forums.quarantine import operations, queries
from app.moderation.aliases import seams as aliases
from app.moderation.breaches import seams as breaches
from app.moderation.breaches.seams import Quarantinable


def init_app(app: Flask) -> None:
    """Register what forums have."""
    breaches.register(app, "post", Quarantinable("post", queries.place, operations.take))
    breaches.register(app, "topic", Quarantinable("topic", queries.place_of_topic, operations.take_topic))
    aliases.register(app, "post", queries.masked)
