"""Telling open pages of a topic that there is something new; an effect for after the commit."""

from app.core import live

EVENT = "topic:posts"


def announce(topic_id: int, newest_number: int) -> None:
    """Tell whoever has the topic open the number of its newest published post; no words, no names."""
    live.announce(room_of(topic_id), EVENT, {"topic": topic_id, "newest": newest_number})


def room_of(topic_id: int) -> str:
    """Where those listen who have a topic open."""
    return f"topic:{topic_id}"
