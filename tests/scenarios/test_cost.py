"""A played step asks the database a fixed number of questions, however long the run is."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.core.db import db
from tests.scenarios.playing import hidden, token

MOST = 8


@pytest.fixture
def asked(app):
    """`with asked() as statements:` collects what the database is asked."""

    @contextmanager
    def collect():
        statements = []

        def note(_connection, _cursor, statement, *_rest):
            statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return collect


def step(player, asked, choice):
    """How many questions a choice asks, and the page it leads to."""
    form = {"csrf_token": token(player.page), "choice": choice, "position": hidden(player.page)["position"]}
    with asked() as posting:
        answer = player.browser.post(f"{player.address}/choose", data=form)
    assert answer.status_code == 303
    with asked() as showing:
        player.look()
    return posting, showing


@pytest.mark.both_databases
def test_a_step_asks_a_fixed_number_of_questions(player, asked):
    counts = []
    for _ in range(12):
        posting, showing = step(player, asked, "seat")
        counts.append((_counted(posting), _counted(showing)))
        player.post("back", to=0)
    assert len(set(counts)) == 1, counts
    assert max(counts[0]) <= MOST, posting + showing


def _counted(statements):
    return len([statement for statement in statements if not statement.startswith(("BEGIN", "PRAGMA"))])
