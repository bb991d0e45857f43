"""Notices and bookings for tests."""

from app.core.clock import in_london
from app.notifications.rules import Booking, Notice

START = in_london(2026, 6, 4, 14)  # a Thursday


def a_notice(**changed):
    """A notice; the kind is one of tests/notifications/conftest.py."""
    return Notice(**{"kind": "offers", "key": "offer:1", "subject": "A place is free", "path": "/catchups/7"} | changed)


def a_booking(programme_id, **changed):
    """A catch-up a week ahead."""
    usual = {
        "subject_type": "slot",
        "subject_id": 7,
        "title": "Coffee catch-up",
        "place": "Main entrance",
        "starts_at": in_london(2026, 6, 11, 14),
        "ends_at": in_london(2026, 6, 11, 15),
        "path": "/catchups/7",
        "programme_id": programme_id,
    }
    return Booking(**usual | changed)
