"""Slots to test with."""

import pytest

from tests.catchups.slots.line import Line


@pytest.fixture
def line(app, people):
    """A catch-up of the lead's with two places, in two weeks, and what people do about it."""
    with app.app_context():
        return Line.of(app, people, host=people.facilitator)
