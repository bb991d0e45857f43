"""Rounds to test with."""

import pytest

from app.core import clock
from tests.catchups.rounds.table import MONDAY, Table


@pytest.fixture
def table(app, people):
    """The rounds of the first programme, on a Monday morning."""
    with clock.frozen(MONDAY):
        yield Table(app, people.programme_id, people.cohort_id, people.lead.id)
